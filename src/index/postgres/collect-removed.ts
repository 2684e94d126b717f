import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { whole, wholes } from '../../postgres/rows.ts';
import {
  among,
  articlesPerStatement,
  chunksOf,
  pairs,
  removeArticleRows,
  removeOldRows,
} from './article-tables.ts';
import { removeBatch } from './remove-batch.ts';

/** Settings of {@link collectRemoved}. */
export interface CollectOptions {
  /** For how long removed rows stay, in milliseconds: longer than any answer takes that is being given from them. */
  readonly graceMs: number;
  /** Only what is left of these articles, and all of it; without, what is left of anything, some of it with each call. */
  readonly articles?: readonly string[];
}

/** For how long an interrupted batch may be carried on, and a committed one is remembered. */
const batchDays = 1;

/** Steps of some hundred articles that one call takes. */
const stepsPerCall = 10;

const batchRows = z.array(z.object({ batch: whole })).transform((rows) => rows.map(({ batch }) => batch));
const idRows = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));
const oldRow = z.object({ batches: wholes });

/**
 * Deletes for good what committed batches have removed, batches that nobody carries on, and what is known of
 * batches that no writer can be in conflict with any more. To be called now and then, by any number of processes.
 */
export async function collectRemoved(database: Database, options: CollectOptions): Promise<void> {
  const { articles, graceMs } = options;
  if (articles) {
    for (const ids of chunksOf([...new Set(articles)], articlesPerStatement)) {
      await collectArticles(database, ids, graceMs);
    }
    return;
  }
  await collectOld(database, graceMs);
  await collectAbandoned(database);
  await forgetCommitted(database, graceMs);
}

/** Also out of batches that wait to be carried on: whoever does drops what others have changed meanwhile. */
async function collectArticles(database: Database, ids: readonly string[], graceMs: number): Promise<void> {
  const removers = await committedBefore(database, graceMs, ids);
  await database.transaction((sql) => removeOldRows(sql, ids, removers));
  const waiting = batchRows.parse(
    await database.query(
      `SELECT batch FROM batches WHERE shard = 0
         AND (state IN ('suspended', 'discarded') OR (state = 'building' AND lease_until < clock_timestamp()))`,
    ),
  );
  for (const batch of waiting) {
    await database.transaction(async (sql) => {
      const held = await sql.query(
        `SELECT batch FROM batches WHERE shard = 0 AND batch = $1
           AND (state IN ('suspended', 'discarded') OR (state = 'building' AND lease_until < clock_timestamp()))
         FOR UPDATE SKIP LOCKED`,
        [batch],
      );
      if (held.length > 0) await removeArticleRows(sql, ids, batch);
    });
  }
}

/** Batches that have removed some version of the articles, committed at least so long ago. */
async function committedBefore(
  database: Database,
  graceMs: number,
  ids: readonly string[],
): Promise<number[]> {
  const removers = z
    .array(z.object({ removed: whole }))
    .parse(
      await database.query(
        `SELECT DISTINCT removed FROM articles WHERE ${among('id', 1)} AND removed IS NOT NULL`,
        pairs(ids),
      ),
    );
  return batchRows.parse(
    await database.query(
      `SELECT batch FROM batches WHERE shard = 0 AND batch = ANY ($1::bigint[]) AND ${isOver('$2')}`,
      [removers.map(({ removed }) => removed), graceMs],
    ),
  );
}

async function collectOld(database: Database, graceMs: number): Promise<void> {
  const [row] = await database.query(
    `SELECT coalesce(array_agg(batch), '{}') AS batches FROM batches WHERE shard = 0 AND ${isOver('$1')}`,
    [graceMs],
  );
  const { batches } = oldRow.parse(row);
  if (batches.length === 0) return;
  for (let step = 0; step < stepsPerCall; step += 1) {
    const ids = idRows.parse(
      await database.query('SELECT DISTINCT id FROM articles WHERE removed = ANY ($1::bigint[]) LIMIT $2', [
        batches,
        articlesPerStatement,
      ]),
    );
    if (ids.length === 0) break;
    await database.transaction((sql) => removeOldRows(sql, ids, batches));
  }
  for (let step = 0; step < stepsPerCall; step += 1) {
    const paths = idRows.parse(
      await database.query(
        'SELECT DISTINCT path AS id FROM sources WHERE removed = ANY ($1::bigint[]) LIMIT $2',
        [batches, articlesPerStatement],
      ),
    );
    if (paths.length === 0) break;
    await database.query(`DELETE FROM sources WHERE ${among('path', 1)} AND removed = ANY ($3::bigint[])`, [
      ...pairs(paths),
      batches,
    ]);
  }
}

async function collectAbandoned(database: Database): Promise<void> {
  // Two processes that do this at once may meet in a deadlock, which a transaction gets over.
  const rows = await database.transaction((sql) =>
    sql.query(
      `UPDATE batches SET state = 'discarded' WHERE shard = 0 AND (
         state = 'discarded' OR (
           state IN ('suspended', 'building') AND lease_until < statement_timestamp() - $1::integer * interval '1 day'
         )
       ) RETURNING batch`,
      [batchDays],
    ),
  );
  const batches = batchRows.parse(rows);
  for (const batch of batches) await removeBatch(database, batch, stepsPerCall);
}

/** Those whose changes are in the base of every batch that is still open, and whose removed rows are gone. */
async function forgetCommitted(database: Database, graceMs: number): Promise<void> {
  const batches = batchRows.parse(
    await database.query(
      `SELECT batch FROM batches AS over WHERE shard = 0 AND ${isOver('$1')}
         AND committed_at < clock_timestamp() - $2::integer * interval '1 day'
         AND NOT EXISTS (
           SELECT batch FROM batches AS open WHERE open.shard = 0 AND open.state <> 'committed'
             AND (over.batch >= open.base_next OR over.batch = ANY (open.base_pending))
         ) ORDER BY batch LIMIT $3`,
      [graceMs, batchDays, articlesPerStatement],
    ),
  );
  for (const batch of batches) {
    const left = await database.query(
      `(SELECT id FROM articles WHERE removed = $1 LIMIT 1)
       UNION ALL (SELECT path AS id FROM sources WHERE removed = $1 LIMIT 1)`,
      [batch],
    );
    if (left.length > 0) continue;
    await database.transaction(async (sql) => {
      await sql.query('DELETE FROM batch_removals WHERE shard = 0 AND batch = $1', [batch]);
      await sql.query("DELETE FROM batches WHERE shard = 0 AND batch = $1 AND state = 'committed'", [batch]);
    });
  }
}

/** The condition that a batch was committed at least so many milliseconds ago. */
function isOver(graceMs: string): string {
  return `state = 'committed'
    AND committed_at <= clock_timestamp() - ${graceMs}::double precision * interval '1 millisecond'`;
}
