import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { type ApiKey, type Scope, scopes } from '../domain/api-key.ts';
import { FootnoteError } from '../domain/errors.ts';
import { keyFailure, openKeyDatabase } from './key-database.ts';

/** Bytes of a secret: too many to be guessed, so that one round of SHA-256 is enough to keep them by. */
const secretBytes = 32;

const tokenPattern = /^fn_([0-9a-f]{12})_([0-9a-f]{64})$/u;

/** Compared with where there is no such key, so that the time it takes does not tell which ids exist. */
const hashOfNothing = createHash('sha256').update(randomBytes(secretBytes)).digest();

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
  close(): Promise<void>;
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
  let opened: Database.Database | undefined;

  // A rejected promise rather than an exception, so that callers handle one kind of failure.
  async function use<T>(work: (database: Database.Database) => T): Promise<T> {
    try {
      return work((opened ??= openKeyDatabase(file)));
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
        const id = randomBytes(6).toString('hex');
        const secret = randomBytes(secretBytes).toString('hex');
        const expiresAt = expiresInDays === undefined ? null : now() + expiresInDays * 86_400_000;
        database
          .prepare(
            'INSERT INTO keys (id, hash, name, scopes, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
          )
          .run(id, hashOf(secret), name, allowed.join(','), now(), expiresAt);
        const { key } = rowOf(database, id) ?? missing(id);
        return { key, token: `fn_${id}_${secret}` };
      }),
    async list() {
      const select = 'SELECT * FROM keys ORDER BY created_at, rowid';
      return (
        (await read((database) =>
          database
            .prepare(select)
            .all()
            .map((row) => parseRow(row).key),
        )) ?? []
      );
    },
    revoke: async (id) => {
      const row = await read((database) => {
        database.prepare('UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?').run(now(), id);
        return rowOf(database, id);
      });
      return (row ?? missing(id)).key;
    },
    async find(token) {
      const [, id = '', secret = ''] = tokenPattern.exec(token) ?? [];
      const row = id === '' ? undefined : await read((database) => rowOf(database, id));
      const isRight = timingSafeEqual(hashOf(secret), row?.hash ?? hashOfNothing);
      return isRight && row && isInUse(row.key, now()) ? row.key : undefined;
    },
    async close() {
      opened?.close();
      opened = undefined;
    },
  };
}

/** Whether a key opens anything at the instant `at`, in epoch milliseconds. */
export function isInUse({ revokedAt, expiresAt }: ApiKey, at: number): boolean {
  return revokedAt === undefined && (expiresAt === undefined || at < Date.parse(expiresAt));
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

const instant = z.int().transform((at) => new Date(at).toISOString());

const rowSchema = z.object({
  id: z.string(),
  hash: z.instanceof(Buffer).refine((hash) => hash.length === 32),
  name: z.string(),
  scopes: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(scopes))),
  created_at: instant,
  expires_at: instant.nullable(),
  revoked_at: instant.nullable(),
});

function rowOf(database: Database.Database, id: string): { key: ApiKey; hash: Buffer } | undefined {
  const row = database.prepare('SELECT * FROM keys WHERE id = ?').get(id);
  return row === undefined ? undefined : parseRow(row);
}

function parseRow(value: unknown): { key: ApiKey; hash: Buffer } {
  const {
    hash,
    created_at: createdAt,
    expires_at: expiresAt,
    revoked_at: revokedAt,
    ...row
  } = rowSchema.parse(value);
  const key = {
    ...row,
    createdAt,
    ...(expiresAt !== null && { expiresAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
  return { key, hash };
}

function missing(id: string): never {
  throw new FootnoteError('not-found', `There is no key with the id "${id}".`, {
    remedy: 'List the keys with: npm run -s keys -- list',
  });
}
