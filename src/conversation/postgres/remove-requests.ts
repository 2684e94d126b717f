import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { maximumRequests } from '../idempotency-store.ts';
import { countRows, instant } from './sql-values.ts';

/** Requests that are removed at a time. */
const pageSize = 1_000;

const requestRows = z.array(z.object({ shard: z.int(), key: z.string() }));

/** Removes some requests that have expired; whether there may be more. */
export async function removeExpiredRequests(database: Database, at: number | null): Promise<boolean> {
  const rows = await database.query(
    `SELECT shard, key FROM requests WHERE expires_at <= ${instant(1)} ORDER BY expires_at LIMIT $2`,
    [at, pageSize],
  );
  const expired = requestRows.parse(rows);
  if (expired.length === 0) return false;
  // Once more looked at: one may have been begun anew meanwhile.
  await database.transaction((sql) =>
    sql.query(
      `DELETE FROM requests
       WHERE shard = ANY($1::integer[]) AND key = ANY($2::text[]) AND expires_at <= ${instant(3)}`,
      [expired.map(({ shard }) => shard), expired.map(({ key }) => key), at],
    ),
  );
  return expired.length === pageSize;
}

/** Forgets the oldest finished requests where there are more than are to be remembered. */
export async function removeSurplusRequests(database: Database): Promise<void> {
  const [{ count }] = countRows.parse(await database.query('SELECT count(*) AS count FROM requests'));
  const surplus = count - maximumRequests;
  if (surplus <= 0) return;
  const rows = await database.query(
    'SELECT shard, key FROM requests WHERE response IS NOT NULL ORDER BY expires_at LIMIT $1',
    [surplus],
  );
  const oldest = requestRows.parse(rows);
  await database.transaction((sql) =>
    sql.query(
      `DELETE FROM requests
       WHERE shard = ANY($1::integer[]) AND key = ANY($2::text[]) AND response IS NOT NULL`,
      [oldest.map(({ shard }) => shard), oldest.map(({ key }) => key)],
    ),
  );
}
