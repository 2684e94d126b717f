import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { articlesPerStatement, removeArticleRows } from './article-tables.ts';

const idRows = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));

/**
 * Deletes the rows of a discarded batch, some hundred articles with each step, and then what is known of it. Nobody has ever
 * seen them. A batch that is not discarded stays.
 *
 * @param steps - at most so many; the rest remains for the next call.
 */
export async function removeBatch(database: Database, batch: number, steps = Infinity): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const isMore = await database.transaction((sql) => removeSome(sql, batch));
    if (isMore) continue;
    await database.transaction((sql) => forgetBatch(sql, batch));
    return;
  }
}

/** Nothing is added to a discarded batch any more. */
async function isDiscarded(sql: Sql, batch: number): Promise<boolean> {
  const held = await sql.query(
    "SELECT batch FROM batches WHERE shard = 0 AND batch = $1 AND state = 'discarded' FOR UPDATE",
    [batch],
  );
  return held.length > 0;
}

async function removeSome(sql: Sql, batch: number): Promise<boolean> {
  if (!(await isDiscarded(sql, batch))) return false;
  const ids = idRows.parse(
    await sql.query('SELECT id FROM articles WHERE added = $1 LIMIT $2', [batch, articlesPerStatement]),
  );
  await removeArticleRows(sql, ids, batch);
  return ids.length === articlesPerStatement;
}

/** Under the lock of the index, as whatever changes which batches are pending. */
async function forgetBatch(sql: Sql, batch: number): Promise<void> {
  await sql.query('SELECT shard FROM index_state WHERE shard = 0 FOR UPDATE');
  if (!(await isDiscarded(sql, batch))) return;
  await sql.query('DELETE FROM sources WHERE added = $1', [batch]);
  await sql.query('DELETE FROM batch_removals WHERE shard = 0 AND batch = $1', [batch]);
  await sql.query('DELETE FROM batches WHERE shard = 0 AND batch = $1', [batch]);
  await sql.query('UPDATE index_state SET pending = array_remove(pending, $1::bigint) WHERE shard = 0', [
    batch,
  ]);
}
