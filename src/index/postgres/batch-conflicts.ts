import { z } from 'zod';

import type { Sql } from '../../postgres/database.ts';
import { wholes } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { removeArticleRows } from './article-tables.ts';
import type { Snapshot } from './snapshot.ts';

/** What a batch changes, by kind. */
export interface ChangedIds {
  readonly articles: readonly string[];
  readonly sources: readonly string[];
}

const kinds = {
  article: { table: 'articles', key: 'id' },
  source: { table: 'sources', key: 'path' },
} as const;
type Kind = keyof typeof kinds;

const idRows = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));
const batchesRow = z.object({ batches: wholes });

/** Of what a batch changes, what others have changed that were committed after its base. */
export async function findConflicts(sql: Sql, batch: number, base: Snapshot): Promise<ChangedIds> {
  const [row] = await sql.query(
    `SELECT coalesce(array_agg(batch), '{}') AS batches FROM batches
     WHERE shard = 0 AND state = 'committed' AND (batch >= $1 OR batch = ANY ($2::bigint[]))`,
    [base.next, base.pending],
  );
  const { batches: since } = batchesRow.parse(row);
  if (since.length === 0) return { articles: [], sources: [] };
  return {
    articles: await conflictsOf(sql, 'article', batch, since),
    sources: await conflictsOf(sql, 'source', batch, since),
  };
}

/** Drops what {@link findConflicts} finds from the batch. */
export async function dropConflicts(sql: Sql, batch: number, base: Snapshot): Promise<void> {
  const { articles, sources } = await findConflicts(sql, batch, base);
  await removeArticleRows(sql, articles, batch);
  await sql.query(
    `DELETE FROM sources WHERE added = $1
       AND (shard, path) IN (SELECT shard, path FROM unnest($2::integer[], $3::text[]) AS asked (shard, path))`,
    [batch, sources.map(shardOf), sources],
  );
  for (const [kind, ids] of [
    ['article', articles],
    ['source', sources],
  ] as const) {
    await sql.query(
      'DELETE FROM batch_removals WHERE shard = 0 AND batch = $1 AND kind = $2 AND id = ANY ($3::text[])',
      [batch, kind, ids],
    );
  }
}

async function conflictsOf(sql: Sql, kind: Kind, batch: number, since: readonly number[]): Promise<string[]> {
  const { table, key } = kinds[kind];
  const ids = async (text: string, values: readonly unknown[]) => idRows.parse(await sql.query(text, values));
  const removals = `SELECT DISTINCT id FROM batch_removals WHERE shard = 0 AND batch = ANY ($1::bigint[]) AND kind = $2`;
  const ownRemovals = await ids(removals, [[batch], kind]);
  const otherRemovals = await ids(removals, [since, kind]);
  const among = `SELECT DISTINCT ${key} AS id FROM ${table} WHERE added = ANY ($1::bigint[])
    AND (shard, ${key}) IN (SELECT shard, id FROM unnest($2::integer[], $3::text[]) AS asked (shard, id))`;
  const both = `SELECT DISTINCT mine.${key} AS id FROM ${table} AS mine
    JOIN ${table} AS other ON other.shard = mine.shard AND other.${key} = mine.${key}
    WHERE mine.added = $1 AND other.added = ANY ($2::bigint[])`;
  const removed = new Set(otherRemovals);
  return [
    ...new Set([
      ...(await ids(both, [batch, since])),
      ...(await ids(among, [[batch], otherRemovals.map(shardOf), otherRemovals])),
      ...(await ids(among, [since, ownRemovals.map(shardOf), ownRemovals])),
      ...ownRemovals.filter((id) => removed.has(id)),
    ]),
  ];
}
