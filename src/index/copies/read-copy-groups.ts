import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { ArticleSummary, CopyGroup } from '../../domain/article.ts';
import { summaryColumns, toSummary } from '../article-rows.ts';
import { compareCopies } from './group-copies.ts';

const leaderRow = z.object({ leader: z.string() });

/** The groups of near copies that the articles belong to, by article id; articles without copies are left out. */
export function readCopyGroups(
  database: Database.Database,
  articleIds: readonly string[],
): Map<string, CopyGroup> {
  const columns = summaryColumns.map((column) => `articles.${column}`).join(', ');
  const rows = database
    .prepare(
      `SELECT ${columns}, copy_groups.leader FROM copy_groups JOIN articles ON articles.id = copy_groups.article
       WHERE copy_groups.leader IN (
         SELECT leader FROM copy_groups WHERE article IN (SELECT value FROM json_each(?))
       )`,
    )
    .all(JSON.stringify(articleIds));
  return copyGroupsOf(rows, articleIds);
}

/** @param rows - articles with the `leader` of their group, of all groups that the asked articles belong to. */
export function copyGroupsOf(
  rows: readonly unknown[],
  articleIds: readonly string[],
): Map<string, CopyGroup> {
  const members = new Map<string, ArticleSummary[]>();
  for (const row of rows) {
    const { leader } = leaderRow.parse(row);
    const list = members.get(leader);
    if (list) list.push(toSummary(row));
    else members.set(leader, [toSummary(row)]);
  }
  const asked = new Set(articleIds);
  const groups = new Map<string, CopyGroup>();
  for (const [leaderId, list] of members) {
    const leader = list.find(({ id }) => id === leaderId);
    if (!leader) continue;
    const others = list.filter((one) => one !== leader).toSorted(newestFirst);
    for (const { id } of list) if (asked.has(id)) groups.set(id, { leader, others });
  }
  return groups;
}

function newestFirst(a: ArticleSummary, b: ArticleSummary): number {
  return compareCopies(
    { ...a, publishedAt: a.publishedAt ?? null },
    { ...b, publishedAt: b.publishedAt ?? null },
  );
}
