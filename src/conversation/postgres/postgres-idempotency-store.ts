import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import {
  type Begun,
  type IdempotencyStore,
  type IdempotentRequest,
  keptResponseSchema,
  requestRetentionMs,
} from '../idempotency-store.ts';
import { parseStored } from '../store-file.ts';
import { forgetResponses } from './forget-responses.ts';
import { removeExpiredRequests, removeSurplusRequests } from './remove-requests.ts';
import { instant, storable } from './sql-values.ts';
import { createStoredThings } from './stored-things.ts';
import { vacuum } from './vacuum.ts';

const hourMs = 3_600_000;

/** New requests between two looks at how many there are: each replica may have as many more. */
const newBetweenLooks = 100;

const requestRows = z.array(z.object({ fingerprint: z.string(), response: z.string().nullable() }));

/** Settings of {@link createPostgresIdempotencyStore}. */
export interface PostgresIdempotencyStoreOptions {
  readonly database: Database;
  /** Epoch milliseconds; the clock of the database when absent, which all replicas share. */
  readonly now?: () => number;
  /** Told when removing old requests fails; it is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Requests with their responses in a database that replicas share, for a day each: a request is begun once among them all.
 * What a replica began that was killed can be begun again when its lease is over.
 *
 * All methods throw FootnoteError `unavailable` when the database cannot be used. Of what is purged, see {@link vacuum}.
 */
export function createPostgresIdempotencyStore(options: PostgresIdempotencyStoreOptions): IdempotencyStore {
  const { database, now, onError = () => undefined } = options;
  const at = () => now?.() ?? null;
  let newSinceLook = 0;
  const { use, close } = createStoredThings({
    database,
    things: 'requests',
    sweep: (sql) => removeExpiredRequests(sql, at()),
    sweepMs: hourMs,
    onError,
  });

  return {
    begin: (request) =>
      use(async (sql) => {
        const begun = await begin(sql, request, at());
        if (begun.state === 'new' && (newSinceLook += 1) % newBetweenLooks === 0) {
          await removeSurplusRequests(sql).catch(onError);
        }
        return begun;
      }),
    finish: (key, token, response) =>
      use(async (sql) => {
        await sql.query(
          `UPDATE requests SET response = $4, expires_at = ${instant(5)} + $6::bigint
           WHERE shard = $1 AND key = $2 AND token = $3`,
          [...nameOf(key), token, JSON.stringify(response), at(), requestRetentionMs],
        );
      }),
    release: (key, token) =>
      use(async (sql) => {
        await sql.query(
          'DELETE FROM requests WHERE shard = $1 AND key = $2 AND token = $3 AND response IS NULL',
          [...nameOf(key), token],
        );
      }),
    purgeAnswers: (of) =>
      use(async (sql) => {
        const count = await forgetResponses(sql, of);
        if (count > 0) await vacuum(sql, 'requests', onError);
        return count;
      }),
    close,
  };
}

/** Shard and key. */
function nameOf(key: string): [number, string] {
  const name = storable(key);
  return [shardOf(name), name];
}

async function begin(database: Database, request: IdempotentRequest, at: number | null): Promise<Begun> {
  const { key, fingerprint, leaseMs } = request;
  const token = randomUUID();
  for (;;) {
    // One statement: of several at the same time, one inserts the row, or takes over what has expired. What the clock says
    // comes with the new row, because the condition may hold nothing that changes.
    const begun = await database.query(
      `INSERT INTO requests (shard, key, fingerprint, token, expires_at)
       VALUES ($1, $2, $3, $4, ${instant(5)} + $6::bigint)
       ON CONFLICT (shard, key) DO UPDATE SET fingerprint = excluded.fingerprint, token = excluded.token,
         expires_at = excluded.expires_at, response = NULL
       WHERE requests.expires_at <= excluded.expires_at - $6::bigint
       RETURNING token`,
      [...nameOf(key), fingerprint, token, at, leaseMs],
    );
    if (begun.length > 0) return { state: 'new', token };
    const rows = await database.query(
      'SELECT fingerprint, response FROM requests WHERE shard = $1 AND key = $2',
      nameOf(key),
    );
    const [row] = requestRows.parse(rows);
    // It was released in between: then it can be begun.
    if (!row) continue;
    if (row.fingerprint !== fingerprint) return { state: 'other' };
    if (row.response === null) return { state: 'running' };
    return { state: 'done', response: parseStored(row.response, keptResponseSchema, 'response') };
  }
}
