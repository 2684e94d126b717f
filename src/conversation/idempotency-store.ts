import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { deleteForGood } from './purge-file.ts';
import { createStoreFile, latestInstant, parseStored } from './store-file.ts';

const hourMs = 3_600_000;

/** How long a response can be had again, in milliseconds. */
export const requestRetentionMs = 24 * hourMs;

/** Most requests that are remembered; beyond it the oldest finished ones are forgotten. */
export const maximumRequests = 20_000;

/** A response that can be given again. `body` is JSON, or empty. */
export interface KeptResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What has become of a request under its key. */
export type Begun =
  /** It is new. Whoever began it must finish or release it, by this token. */
  | { readonly state: 'new'; readonly token: string }
  /** The same request is being answered. */
  | { readonly state: 'running' }
  /** Another request has used the key. */
  | { readonly state: 'other' }
  | { readonly state: 'done'; readonly response: KeptResponse };

/** What is asked under a key. */
export interface IdempotentRequest {
  /** Unique to the caller, the resource and the key that the caller chose. */
  readonly key: string;
  /** Equal exactly for equal requests. */
  readonly fingerprint: string;
  /** For how long it may run: afterwards, nobody answers it any more. In milliseconds. */
  readonly leaseMs: number;
}

/** The requests that callers may repeat, with what they were answered. */
export interface IdempotencyStore {
  begin(request: IdempotentRequest): Promise<Begun>;
  /** Keeps the response; resolves when it is on the disk. */
  finish(key: string, token: string, response: KeptResponse): Promise<void>;
  /** Forgets a request that was not answered, so that it can be tried again. */
  release(key: string, token: string): Promise<void>;
  /**
   * Forgets responses that hold one of the answers, or anything that was given from the article; resolves when their bytes are
   * gone from the file. Returns how many there were.
   */
  purgeAnswers(of: { readonly answerIds: readonly string[]; readonly articleId: string }): Promise<number>;
  close(): Promise<void>;
}

/** Settings of {@link createIdempotencyStore}. */
export interface IdempotencyStoreOptions {
  /** `:memory:` keeps them in memory. */
  readonly file: string;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Told when removing old requests fails; it is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/** Where the repeatable requests of an index folder are stored. */
export function requestsFile(indexDir: string): string {
  return join(indexDir, 'requests.sqlite');
}

const tables = `
  CREATE TABLE requests (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    token TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    response TEXT
  ) STRICT;
  CREATE INDEX requests_by_expiry ON requests (expires_at);
`;

const requestRow = z.object({ fingerprint: z.string(), response: z.string().nullable() }).optional();
/** A stored response. */
export const keptResponseSchema: z.ZodType<KeptResponse> = z.object({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/**
 * Requests with their responses in one SQLite file, for a day each. Several processes may use it at once: a request is
 * begun once among them all. What a process began that was killed can be begun again when its lease is over.
 *
 * All methods throw FootnoteError `unavailable` when the file cannot be used.
 */
export function createIdempotencyStore(options: IdempotencyStoreOptions): IdempotencyStore {
  const { file, now = Date.now, onError = () => undefined } = options;
  const { use, read, close } = createStoreFile({
    file,
    things: 'requests',
    format: 1,
    tables,
    expire: removeExpired,
    newest: (database) => latestInstant(database, 'SELECT max(expires_at) FROM requests'),
    expireMs: hourMs,
    now,
    onError,
  });
  return {
    begin: (request) => use((database) => begin(database, request, now())),
    finish: (key, token, response) =>
      use((database) => {
        database
          .prepare('UPDATE requests SET response = ?, expires_at = ? WHERE key = ? AND token = ?')
          .run(JSON.stringify(response), now() + requestRetentionMs, key, token);
      }),
    release: (key, token) =>
      use((database) => {
        database
          .prepare('DELETE FROM requests WHERE key = ? AND token = ? AND response IS NULL')
          .run(key, token);
      }),
    purgeAnswers: async (of) => (await read((database) => purgeAnswers(database, of))) ?? 0,
    close,
  };
}

function begin(database: Database.Database, request: IdempotentRequest, at: number): Begun {
  const { key, fingerprint, leaseMs } = request;
  const transaction = database.transaction((): Begun => {
    database.prepare('DELETE FROM requests WHERE key = ? AND expires_at <= ?').run(key, at);
    const row = requestRow.parse(
      database.prepare('SELECT fingerprint, response FROM requests WHERE key = ?').get(key),
    );
    if (row) {
      if (row.fingerprint !== fingerprint) return { state: 'other' };
      if (row.response === null) return { state: 'running' };
      return { state: 'done', response: parseStored(row.response, keptResponseSchema, 'response') };
    }
    makeRoom(database);
    const token = randomUUID();
    database
      .prepare('INSERT INTO requests (key, fingerprint, token, expires_at) VALUES (?, ?, ?, ?)')
      .run(key, fingerprint, token, at + leaseMs);
    return { state: 'new', token };
  });
  return transaction.immediate();
}

function purgeAnswers(
  database: Database.Database,
  { answerIds, articleId }: { readonly answerIds: readonly string[]; readonly articleId: string },
): number {
  // The body of a kept response is JSON within JSON.
  const within = (json: string) => JSON.stringify(json).slice(1, -1);
  const marks = [`"articleId":${JSON.stringify(articleId)}`, ...answerIds.map((id) => JSON.stringify(id))];
  return deleteForGood(database, () => {
    const remove = database.prepare(
      'DELETE FROM requests WHERE EXISTS (SELECT 1 FROM json_each(?) WHERE instr(response, value) > 0)',
    );
    return remove.run(JSON.stringify(marks.map(within))).changes;
  });
}

function makeRoom(database: Database.Database): void {
  const count = z.int().parse(database.prepare('SELECT count(*) FROM requests').pluck().get());
  if (count < maximumRequests) return;
  database
    .prepare(
      `DELETE FROM requests WHERE key IN (
         SELECT key FROM requests WHERE response IS NOT NULL ORDER BY expires_at LIMIT ?
       )`,
    )
    .run(Math.ceil(maximumRequests / 100));
}

function removeExpired(database: Database.Database, at: number): void {
  database.prepare('DELETE FROM requests WHERE expires_at <= ?').run(at);
}
