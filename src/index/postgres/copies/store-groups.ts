import { z } from 'zod';

import type { Sql } from '../../../postgres/database.ts';
import { shardOf } from '../../../postgres/shard.ts';
import { type Copy, groupCopies } from '../../copies/group-copies.ts';
import { among, articlesPerStatement, chunksOf, pairs } from '../article-tables.ts';
import { isVisible, type Snapshot } from '../snapshot.ts';

/** Articles whose pairs, or groups, one statement is about. */
const perStatement = 1_000;

const pairRows = z.array(z.object({ article: z.string(), other: z.string() }));
const groupRows = z.array(z.object({ article: z.string(), leader: z.string() }));
const copyRows = z.array(
  z
    .object({
      id: z.string(),
      title: z.string(),
      published_at: z.string().nullable(),
      length: z.int(),
    })
    .transform(({ published_at: publishedAt, ...rest }): Copy => ({ ...rest, publishedAt })),
);

/**
 * Groups `articles`, with all that are connected with them by pairs, anew: dates and titles, which decide who leads, change
 * without the texts. All others keep their groups.
 */
export async function storeGroups(sql: Sql, articles: readonly string[], snapshot: Snapshot): Promise<void> {
  const { members, found } = await connected(sql, articles);
  const copies = await readCopies(sql, [...new Set(found.flat())], snapshot);
  const leaders = groupCopies(
    found.flatMap(([a, b]): [Copy, Copy][] => {
      const [one, other] = [copies.get(a), copies.get(b)];
      return one && other ? [[one, other]] : [];
    }),
  );
  const known = await readGroups(sql, members);
  const gone = [...known].filter(([article, leader]) => leaders.get(article) !== leader).map(([id]) => id);
  const fresh = [...leaders].filter(([article, leader]) => known.get(article) !== leader);
  for (const ids of chunksOf(gone, perStatement)) {
    await sql.query(`DELETE FROM copy_groups WHERE ${among('article', 1)}`, pairs(ids));
  }
  for (const chunk of chunksOf(fresh, perStatement)) {
    await sql.query(
      `INSERT INTO copy_groups (shard, article, leader)
       SELECT shard, article, leader FROM unnest($1::integer[], $2::text[], $3::text[]) AS new (shard, article, leader)`,
      [
        chunk.map(([article]) => shardOf(article)),
        chunk.map(([article]) => article),
        chunk.map(([, leader]) => leader),
      ],
    );
  }
}

/** The articles with all that pairs lead to, and those pairs. */
async function connected(
  sql: Sql,
  articles: readonly string[],
): Promise<{ members: string[]; found: [string, string][] }> {
  const members = new Set(articles);
  const found = new Map<string, [string, string]>();
  let frontier = [...members];
  while (frontier.length > 0) {
    const next: string[] = [];
    for (const chunk of chunksOf(frontier, perStatement)) {
      const rows = await sql.query(
        `SELECT article, other FROM copy_pairs WHERE shard = 0 AND article = ANY ($1::text[])
         UNION SELECT article, other FROM copy_pairs WHERE shard = 0 AND other = ANY ($1::text[])`,
        [chunk],
      );
      for (const { article, other } of pairRows.parse(rows)) {
        found.set(`${article}\n${other}`, [article, other]);
        for (const id of [article, other]) {
          if (members.has(id)) continue;
          members.add(id);
          next.push(id);
        }
      }
    }
    frontier = next;
  }
  return { members: [...members], found: [...found.values()] };
}

async function readCopies(
  sql: Sql,
  ids: readonly string[],
  { next, pending }: Snapshot,
): Promise<Map<string, Copy>> {
  const found = new Map<string, Copy>();
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    const rows = await sql.query(
      `SELECT id, title, published_at, length FROM articles
       WHERE ${among('id', 1)} AND ${isVisible('articles', '$3', '$4::bigint[]')}`,
      [...pairs(chunk), next, pending],
    );
    for (const copy of copyRows.parse(rows)) found.set(copy.id, copy);
  }
  return found;
}

async function readGroups(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const chunk of chunksOf(ids, perStatement)) {
    const rows = await sql.query(
      `SELECT article, leader FROM copy_groups WHERE ${among('article', 1)}`,
      pairs(chunk),
    );
    for (const { article, leader } of groupRows.parse(rows)) found.set(article, leader);
  }
  return found;
}
