import type { SourceRecord } from '../../domain/ports.ts';
import type { Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';

/** Adds what is known of a file to a batch, or replaces what the batch had of it. */
export async function putSource(
  sql: Sql,
  { path, digest, articles, failures }: SourceRecord,
  batch: number,
): Promise<void> {
  await sql.query(
    "DELETE FROM batch_removals WHERE shard = 0 AND batch = $1 AND kind = 'source' AND id = $2",
    [batch, path],
  );
  await sql.query(
    `INSERT INTO sources (shard, path, added, digest, articles, failures) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (shard, path, added) DO UPDATE
     SET digest = excluded.digest, articles = excluded.articles, failures = excluded.failures`,
    [shardOf(path), path, batch, digest, JSON.stringify(articles), JSON.stringify(failures)],
  );
}

/** Deletes what a batch has added of a file. */
export async function removeOwnSource(sql: Sql, path: string, batch: number): Promise<void> {
  await sql.query('DELETE FROM sources WHERE shard = $1 AND path = $2 AND added = $3', [
    shardOf(path),
    path,
    batch,
  ]);
}
