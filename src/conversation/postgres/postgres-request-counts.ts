import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { RequestCounts } from '../request-counts.ts';
import { instant, storable } from './sql-values.ts';

/** Between two looks for what is over, in milliseconds. */
const sweepMs = 60_000;

/** Counts that are removed at a time. */
const pageSize = 1_000;

const counted = z.tuple([z.object({ count: z.int(), remaining: whole })]);
const endedRows = z.array(z.object({ shard: z.int(), key: z.string() }));

/** Settings of {@link createPostgresRequestCounts}. */
export interface PostgresRequestCountsOptions {
  readonly database: Database;
  /** Epoch milliseconds; the clock of the database when absent, which all replicas share. */
  readonly now?: () => number;
  /** Told when removing counts that are over fails; it is tried again with a later request. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Requests counted in a database that replicas share, in one statement each. A crash of the database may lose the counts.
 *
 * Methods throw FootnoteError `unavailable` when the database cannot be used.
 */
export function createPostgresRequestCounts(options: PostgresRequestCountsOptions): RequestCounts {
  const { database, now, onError = () => undefined } = options;
  const at = () => now?.() ?? null;
  const clock = now ?? Date.now;
  let sweepAt = 0;

  // With requests rather than by a timer: where nothing is counted, nothing has to be removed.
  function sweepNowAndThen(): void {
    if (performance.now() < sweepAt) return;
    sweepAt = performance.now() + sweepMs;
    removeEnded(database, at()).catch(onError);
  }

  return {
    async count(key, windowMs) {
      const name = storable(key);
      const rows = await database.query(
        `INSERT INTO request_counts (shard, key, count, counted_at, resets_at)
         VALUES ($1, $2, 1, ${instant(3)}, ${instant(3)} + $4::bigint)
         ON CONFLICT (shard, key) DO UPDATE SET
           count = CASE WHEN request_counts.resets_at <= excluded.counted_at THEN 1
             ELSE least(request_counts.count, 1000000000) + 1 END,
           resets_at = CASE WHEN request_counts.resets_at <= excluded.counted_at THEN excluded.resets_at
             ELSE request_counts.resets_at END,
           counted_at = excluded.counted_at
         RETURNING count, resets_at - counted_at AS remaining`,
        [shardOf(name), name, at(), windowMs],
      );
      const [{ count: total, remaining }] = counted.parse(rows);
      sweepNowAndThen();
      return { total, resetsAt: clock() + remaining };
    },
    async reset(key) {
      const name = storable(key);
      await database.query('DELETE FROM request_counts WHERE shard = $1 AND key = $2', [shardOf(name), name]);
    },
  };
}

async function removeEnded(database: Database, at: number | null): Promise<void> {
  for (;;) {
    const rows = await database.query(
      `SELECT shard, key FROM request_counts WHERE resets_at <= ${instant(1)} ORDER BY resets_at LIMIT $2`,
      [at, pageSize],
    );
    const ended = endedRows.parse(rows);
    if (ended.length === 0) return;
    await database.transaction((sql) =>
      sql.query(
        `DELETE FROM request_counts
         WHERE shard = ANY($1::integer[]) AND key = ANY($2::text[]) AND resets_at <= ${instant(3)}`,
        [ended.map(({ shard }) => shard), ended.map(({ key }) => key), at],
      ),
    );
    if (ended.length < pageSize) return;
  }
}
