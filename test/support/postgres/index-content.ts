import Sqlite from 'better-sqlite3';
import { z } from 'zod';

import { createArticleTables } from '../../../src/index/article-schema.ts';
import { createArticleWriter } from '../../../src/index/article-writer.ts';
import { readState } from '../../../src/index/postgres/index-state.ts';
import { isVisible } from '../../../src/index/postgres/snapshot.ts';
import { readStored } from '../../../src/index/postgres/writer-content.ts';
import type { Database } from '../../../src/postgres/database.ts';

/** What is counted of an index, by language. */
export interface IndexCounts {
  readonly articles: number;
  readonly passages: Readonly<Record<string, number>>;
  readonly tokens: Readonly<Record<string, number>>;
  /** `<language> <term> <passages that have it>`, in order. */
  readonly terms: readonly string[];
}

const idRow = z.object({ id: z.string() });
const termRow = z.object({ language: z.string(), term: z.string(), documents: z.int() });

/** Ids of the articles that a reader sees now, in order. */
export async function visibleArticles(database: Database): Promise<string[]> {
  const state = await readState(database);
  if (!state) return [];
  const rows = await database.query(
    `SELECT id FROM articles WHERE ${isVisible('articles', '$1', '$2::bigint[]')} ORDER BY id`,
    [state.snapshot.next, state.snapshot.pending],
  );
  return rows.map((row) => idRow.parse(row).id);
}

/** The counts as they are kept in the database. */
export async function storedCounts(database: Database): Promise<IndexCounts> {
  const state = await readState(database);
  const counts = Object.entries(state?.content.languages ?? {});
  const rows = await database.query('SELECT language, term, documents FROM terms');
  return {
    articles: state?.content.articles ?? 0,
    passages: Object.fromEntries(counts.map(([language, { passages }]) => [language, passages])),
    tokens: Object.fromEntries(counts.map(([language, { tokens }]) => [language, tokens])),
    terms: rows
      .map((row) => termRow.parse(row))
      .map(({ language, term, documents }) => `${language} ${term} ${documents}`)
      .toSorted(),
  };
}

/** What SQLite counts of the same articles, those that a reader sees. */
export async function localCounts(database: Database): Promise<IndexCounts> {
  const state = await readState(database);
  const local = new Sqlite(':memory:');
  createArticleTables(local);
  const writer = createArticleWriter(local, 8);
  const ids = await visibleArticles(database);
  for (const id of ids) {
    const base = state?.snapshot ?? { next: 1, pending: [] };
    const stored = await readStored(database, id, { base, batch: 0 }, 8);
    if (stored) writer.put(stored, '');
  }
  writer.flush();
  const totals = z
    .array(z.object({ language: z.string(), passages: z.int(), tokens: z.int() }))
    .parse(local.prepare('SELECT language, passages, tokens FROM text_totals WHERE passages > 0').all());
  const terms = z
    .array(termRow)
    .parse(local.prepare('SELECT language, term, documents FROM terms').all())
    .map(({ language, term, documents }) => `${language} ${term} ${documents}`);
  local.close();
  return {
    articles: ids.length,
    passages: Object.fromEntries(totals.map(({ language, passages }) => [language, passages])),
    tokens: Object.fromEntries(totals.map(({ language, tokens }) => [language, tokens])),
    terms: terms.toSorted(),
  };
}
