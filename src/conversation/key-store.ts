import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { ApiKey, Scope } from '../domain/api-key.ts';
import { keyFailure, openKeyDatabase } from './key-database.ts';
import { createSecret, idOfToken, isInUse, isSecretOf, missingKey, parseKeyRow } from './key-rows.ts';
import { createWhenNotBusy } from './when-busy.ts';

const placeSchema = z.object({ place: z.int() });

/** What a new key is to be. */
export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** Days until it expires; never when absent. */
  readonly expiresInDays?: number;
}

/** The keys of the API. Only hashes of their secrets are stored. */
export interface KeyStore {
  /** The new key and the token `fn_<id>_<secret>`, which cannot be had again. */
  create(key: NewKey): Promise<{ key: ApiKey; token: string }>;
  /** All keys, oldest first, also those that are of no use any more. */
  list(): Promise<readonly ApiKey[]>;
  /** From now on the key opens nothing. @throws FootnoteError `not-found` */
  revoke(id: string): Promise<ApiKey>;
  /** The key of a token, when the secret is right and it is neither revoked nor expired. */
  find(token: string): Promise<ApiKey | undefined>;
  /** All keys with the hashes of their secrets, for another store; they are read a few at a time. */
  records(): AsyncIterable<KeyRecord>;
  /** Takes over a key of another store; one that is here already stays as it is. */
  restore(record: KeyRecord): Promise<void>;
  close(): Promise<void>;
}

/** A key as it goes from one store to another. */
export interface KeyRecord {
  readonly key: ApiKey;
  /** SHA-256 of its secret. */
  readonly hash: Uint8Array;
}

/** Where the keys of an index folder are stored. */
export function keysFile(indexDir: string): string {
  return join(indexDir, 'keys.sqlite');
}

/** Whether `token` looks like one of our keys, whoever made it up. */
export function isKeyToken(token: string): boolean {
  return token.startsWith('fn_');
}

/**
 * Keys in one SQLite file, which the first key makes. It is read for each request, so that what another process
 * creates or revokes counts at once.
 *
 * All methods throw FootnoteError `unavailable` when the file cannot be used.
 */
export function createKeyStore(options: { file: string; now?: () => number }): KeyStore {
  const { file, now = Date.now } = options;
  const whenNotBusy = createWhenNotBusy();
  let opened: Database.Database | undefined;

  async function use<T>(work: (database: Database.Database) => T): Promise<T> {
    try {
      return await whenNotBusy(() => work((opened ??= openKeyDatabase(file))));
    } catch (error) {
      throw keyFailure(file, error);
    }
  }

  async function read<T>(work: (database: Database.Database) => T): Promise<T | undefined> {
    return opened || existsSync(file) ? use(work) : undefined;
  }

  return {
    create: ({ name, scopes: allowed, expiresInDays }) =>
      use((database) => {
        const { id, hash, token } = createSecret();
        const expiresAt = expiresInDays === undefined ? null : now() + expiresInDays * 86_400_000;
        database
          .prepare(
            'INSERT INTO keys (id, hash, name, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(id, hash, name, allowed.join(','), now(), expiresAt);
        const record = recordOf(database, id);
        if (!record) throw missingKey(id);
        return { key: record.key, token };
      }),
    async list() {
      const select = 'SELECT * FROM keys ORDER BY created_at, rowid';
      return (
        (await read((database) =>
          database
            .prepare(select)
            .all()
            .map((row) => parseKeyRow(row).key),
        )) ?? []
      );
    },
    revoke: async (id) => {
      const row = await read((database) => {
        database.prepare('UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?').run(now(), id);
        return recordOf(database, id);
      });
      if (!row) throw missingKey(id);
      return row.key;
    },
    async find(token) {
      const id = idOfToken(token);
      const record = id === undefined ? undefined : await read((database) => recordOf(database, id));
      const isRight = isSecretOf(token, record?.hash);
      return isRight && record && isInUse(record.key, now()) ? record.key : undefined;
    },
    async *records() {
      let after = 0;
      for (;;) {
        const page = (await read((database) => recordsAfter(database, after))) ?? [];
        for (const { place, ...record } of page) {
          yield record;
          after = place;
        }
        if (page.length === 0) return;
      }
    },
    restore: (record) => use((database) => restore(database, record)),
    async close() {
      opened?.close();
      opened = undefined;
    },
  };
}

function recordOf(database: Database.Database, id: string): (KeyRecord & { hash: Buffer }) | undefined {
  const row = database.prepare('SELECT * FROM keys WHERE id = ?').get(id);
  return row === undefined ? undefined : parseKeyRow(row);
}

function recordsAfter(
  database: Database.Database,
  after: number,
): (KeyRecord & { readonly place: number })[] {
  const rows = database
    .prepare('SELECT rowid AS place, * FROM keys WHERE rowid > ? ORDER BY rowid LIMIT 100')
    .all(after);
  return rows.map((row) => ({ place: placeSchema.parse(row).place, ...parseKeyRow(row) }));
}

function restore(database: Database.Database, { key, hash }: KeyRecord): void {
  const instantOf = (instant: string | undefined) => (instant === undefined ? null : Date.parse(instant));
  database
    .prepare(
      `INSERT INTO keys (id, hash, name, scopes, created_at, expires_at, revoked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      key.id,
      Buffer.from(hash),
      key.name,
      key.scopes.join(','),
      instantOf(key.createdAt),
      instantOf(key.expiresAt),
      instantOf(key.revokedAt),
    );
}
