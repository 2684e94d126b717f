import { setImmediate } from 'node:timers/promises';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { createTextComparison } from './compare-texts.ts';
import { type Copy, groupCopies } from './group-copies.ts';
import { createTextChanges } from './text-changes.ts';

/** Articles that are seen to in one transaction, while the thread does nothing else. */
const articlesPerTurn = 500;

const copyRow = z.tuple([z.string(), z.string(), z.string().nullable(), z.int()]);
const pairRows = z.array(z.tuple([...copyRow.def.items, ...copyRow.def.items]));

/**
 * Brings the groups of near copies to the state of the articles. Only articles whose texts have changed since the last
 * time are compared; the groups are the same whatever came first. Interrupted, the next call carries on.
 */
export async function updateCopyGroups(database: Database.Database): Promise<void> {
  for (const createStep of [createTextChanges, createTextComparison]) {
    const step = createStep(database);
    while (step(articlesPerTurn)) await setImmediate();
  }
  database.transaction(storeGroups)(database);
}

/** All of them: dates and titles, which decide who leads, change without the texts. */
function storeGroups(database: Database.Database): void {
  const columns = (table: string) =>
    ['id', 'title', 'published_at', 'length'].map((column) => `${table}.${column}`).join(', ');
  const rows = pairRows.parse(
    database
      .prepare(
        `SELECT ${columns('a')}, ${columns('b')} FROM copy_pairs
         JOIN copy_texts AS one ON one.key = copy_pairs.key JOIN articles AS a ON a.id = one.article
         JOIN copy_texts AS two ON two.key = copy_pairs.other JOIN articles AS b ON b.id = two.article`,
      )
      .raw()
      .all(),
  );
  const copy = (id: string, title: string, publishedAt: string | null, length: number): Copy => ({
    id,
    title,
    publishedAt,
    length,
  });
  const groups = groupCopies(
    rows.map(([idOfA, titleOfA, dateOfA, lengthOfA, ...b]) => [
      copy(idOfA, titleOfA, dateOfA, lengthOfA),
      copy(...b),
    ]),
  );
  database.exec('DELETE FROM copy_groups');
  const add = database.prepare('INSERT INTO copy_groups (article, leader) VALUES (?, ?)');
  for (const [article, leader] of groups) add.run(article, leader);
}
