import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { type ApiKey, scopes } from '../domain/api-key.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { KeyRecord } from './key-store.ts';

/** Bytes of a secret: too many to be guessed, so that one round of SHA-256 is enough to keep them by. */
const secretBytes = 32;

const tokenPattern = /^fn_([0-9a-f]{12})_([0-9a-f]{64})$/u;

/** Compared with where there is no such key, so that the time it takes does not tell which ids exist. */
const hashOfNothing = createHash('sha256').update(randomBytes(secretBytes)).digest();

/** A new key: the token holds the secret, and the hash is all that is stored of that. */
export function createSecret(): { id: string; token: string; hash: Buffer } {
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(secretBytes).toString('hex');
  return { id, token: `fn_${id}_${secret}`, hash: hashOf(secret) };
}

/** The id in a token; `undefined` where it is none of ours. */
export function idOfToken(token: string): string | undefined {
  return tokenPattern.exec(token)?.[1];
}

/** Whether the token has the secret of this hash; false, after the same time, where there is no hash. */
export function isSecretOf(token: string, hash: Buffer | undefined): boolean {
  const secret = tokenPattern.exec(token)?.[2] ?? '';
  return timingSafeEqual(hashOf(secret), hash ?? hashOfNothing) && hash !== undefined;
}

/** Whether a key opens anything at the instant `at`, in epoch milliseconds. */
export function isInUse({ revokedAt, expiresAt }: ApiKey, at: number): boolean {
  return revokedAt === undefined && (expiresAt === undefined || at < Date.parse(expiresAt));
}

/** What revoking a key says that does not exist. */
export function missingKey(id: string): FootnoteError {
  return new FootnoteError('not-found', `There is no key with the id "${id}".`, {
    remedy: 'List the keys with: npm run -s keys -- list',
  });
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

/** A stored row. */
export function parseKeyRow(value: unknown): KeyRecord & { readonly hash: Buffer } {
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

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
