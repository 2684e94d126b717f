import type { Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { isVisible, type Snapshot } from './snapshot.ts';

/** Tables of rows that belong to an article, with the column that names it. The article's own row goes last: by it the rest is found. */
const tables = [
  { table: 'passage_terms', key: 'article' },
  { table: 'passage_vectors', key: 'article' },
  { table: 'passages', key: 'article' },
  { table: 'articles', key: 'id' },
] as const;

/** Articles that one statement is about. */
export const articlesPerStatement = 200;

/** Deletes what a batch has added of the articles. */
export async function removeArticleRows(sql: Sql, ids: readonly string[], batch: number): Promise<void> {
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    for (const { table, key } of tables) {
      await sql.query(`DELETE FROM ${table} WHERE ${among(key, 1)} AND added = $3`, [...pairs(chunk), batch]);
    }
  }
}

/** The same for one article, which the batch mostly has nothing of. */
export async function removeOwnArticle(sql: Sql, id: string, batch: number): Promise<void> {
  const rows = await sql.query('SELECT id FROM articles WHERE shard = $1 AND id = $2 AND added = $3', [
    shardOf(id),
    id,
    batch,
  ]);
  if (rows.length > 0) await removeArticleRows(sql, [id], batch);
}

/** Deletes what committed batches have removed of the articles. `removedBy` are those batches. */
export async function removeOldRows(
  sql: Sql,
  ids: readonly string[],
  removedBy: readonly number[],
): Promise<void> {
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    for (const { table, key } of tables) {
      await sql.query(`DELETE FROM ${table} WHERE ${among(key, 1)} AND removed = ANY ($3::bigint[])`, [
        ...pairs(chunk),
        removedBy,
      ]);
    }
  }
}

/** Marks what is visible of the articles as removed by a batch. */
export async function markRemoved(
  sql: Sql,
  ids: readonly string[],
  batch: number,
  { next, pending }: Snapshot,
): Promise<void> {
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    for (const { table, key } of tables) {
      await sql.query(
        `UPDATE ${table} SET removed = $3
         WHERE ${among(key, 1)} AND ${isVisible(table, '$4', '$5::bigint[]')}`,
        [...pairs(chunk), batch, next, pending],
      );
    }
  }
}

/** The condition that a row is of one of the articles in parameters `first` and `first + 1`, see {@link pairs}. */
export function among(key: string, first: number): string {
  return `(shard, ${key}) IN (SELECT shard, id FROM unnest($${first}::integer[], $${first + 1}::text[]) AS asked (shard, id))`;
}

/** Parameters of {@link among}. */
export function pairs(ids: readonly string[]): [number[], readonly string[]] {
  return [ids.map(shardOf), ids];
}

/** `list` cut into pieces of at most `size`. */
export function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
