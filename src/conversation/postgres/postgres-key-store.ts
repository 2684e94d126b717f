import { z } from 'zod';

import { errorMessage, FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { bytes, whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { createSecret, idOfToken, isInUse, isSecretOf, missingKey, parseKeyRow } from '../key-rows.ts';
import type { KeyRecord, KeyStore } from '../key-store.ts';
import { instant, isStorable, storable } from './sql-values.ts';

/** Keys that are read at a time. */
const pageSize = 200;

const dayMs = 86_400_000;

const columns = 'id, hash, name, scopes, created_at, expires_at, revoked_at';
const keyRow = z.object({
  id: z.string(),
  hash: bytes,
  name: z.string(),
  scopes: z.string(),
  created_at: whole,
  expires_at: whole.nullable(),
  revoked_at: whole.nullable(),
});
const foundRows = z.array(keyRow.extend({ at: whole }));

/** Settings of {@link createPostgresKeyStore}. */
export interface PostgresKeyStoreOptions {
  readonly database: Database;
  /** Epoch milliseconds; the clock of the database when absent, which all replicas share. */
  readonly now?: () => number;
}

/**
 * Keys in a database that replicas share. It is read for each request, so that what is created or revoked anywhere counts
 * at once.
 *
 * All methods throw FootnoteError `unavailable` when the database cannot be used.
 */
export function createPostgresKeyStore({ database, now }: PostgresKeyStoreOptions): KeyStore {
  const at = () => now?.() ?? null;

  async function use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    try {
      return await work(database);
    } catch (error) {
      throw keyFailure(error);
    }
  }

  return {
    create: ({ name, scopes, expiresInDays }) =>
      use(async (sql) => {
        const { id, hash, token } = createSecret();
        const rows = await sql.query(
          `INSERT INTO keys (shard, id, hash, name, scopes, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, ${instant(6)}, ${instant(6)} + $7::bigint) RETURNING ${columns}`,
          [
            shardOf(id),
            id,
            hash,
            storable(name),
            scopes.join(','),
            at(),
            expiresInDays === undefined ? null : Math.round(expiresInDays * dayMs),
          ],
        );
        return { key: recordOf(rows, id).key, token };
      }),
    list: () =>
      use(async (sql) => {
        const records = [];
        for await (const record of recordsOf(sql)) records.push(record);
        const instants = new Map(records.map(({ key }) => [key.id, Date.parse(key.createdAt)]));
        const ageOf = (id: string) => instants.get(id) ?? 0;
        return records.map(({ key }) => key).toSorted((one, other) => ageOf(one.id) - ageOf(other.id));
      }),
    revoke: (id) =>
      use(async (sql) => {
        if (!isStorable(id)) throw missingKey(id);
        const rows = await sql.query(
          `UPDATE keys SET revoked_at = least(revoked_at, ${instant(3)})
           WHERE shard = $1 AND id = $2 RETURNING ${columns}`,
          [shardOf(id), id, at()],
        );
        return recordOf(rows, id).key;
      }),
    find: (token) =>
      use(async (sql) => {
        const id = idOfToken(token);
        const found =
          id === undefined
            ? []
            : foundRows.parse(
                await sql.query(
                  `SELECT ${columns}, ${instant(3)} AS at FROM keys WHERE shard = $1 AND id = $2`,
                  [shardOf(id), id, at()],
                ),
              );
        const [row] = found;
        const isRight = isSecretOf(token, row?.hash);
        if (!isRight || !row) return undefined;
        const { key } = parseKeyRow(row);
        return isInUse(key, row.at) ? key : undefined;
      }),
    records: () => guarded(recordsOf(database)),
    restore: ({ key, hash }) =>
      use(async (sql) => {
        await sql.query(
          `INSERT INTO keys (shard, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (shard, id) DO NOTHING`,
          [
            shardOf(key.id),
            key.id,
            Buffer.from(hash),
            storable(key.name),
            key.scopes.join(','),
            Date.parse(key.createdAt),
            key.expiresAt === undefined ? null : Date.parse(key.expiresAt),
            key.revokedAt === undefined ? null : Date.parse(key.revokedAt),
          ],
        );
      }),
    // The database itself is left open.
    close: async () => undefined,
  };
}

async function* recordsOf(sql: Sql): AsyncGenerator<KeyRecord> {
  let after = { shard: -(2 ** 31), id: '' };
  for (;;) {
    const rows = await sql.query(
      `SELECT ${columns} FROM keys WHERE (shard, id) > ($1::integer, $2::text) ORDER BY shard, id LIMIT $3`,
      [after.shard, after.id, pageSize],
    );
    for (const row of z.array(keyRow).parse(rows)) {
      yield parseKeyRow(row);
      after = { shard: shardOf(row.id), id: row.id };
    }
    if (rows.length < pageSize) return;
  }
}

async function* guarded<T>(values: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* values;
  } catch (error) {
    throw keyFailure(error);
  }
}

function recordOf(rows: readonly unknown[], id: string): KeyRecord {
  const [row] = z.array(keyRow).parse(rows);
  if (!row) throw missingKey(id);
  return parseKeyRow(row);
}

/** Callers of the API see the message, so that only the remedy says what is wrong with the database. */
function keyFailure(error: unknown): FootnoteError {
  if (error instanceof FootnoteError && error.code !== 'unavailable') return error;
  const { retryAfter } = error instanceof FootnoteError ? error : {};
  return new FootnoteError('unavailable', 'The API keys cannot be used at the moment.', {
    remedy: error instanceof FootnoteError ? messageWithRemedy(error) : errorMessage(error),
    cause: error,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
