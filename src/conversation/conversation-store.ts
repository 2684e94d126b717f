import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Answer } from '../domain/answer.ts';
import type { Conversation, ConversationInfo } from '../domain/conversation.ts';
import { conversationRecords, restoreConversation } from './conversation-records.ts';
import { deleteForGood } from './purge-file.ts';
import { createStoreFile, latestInstant } from './store-file.ts';
import { toInfo, toTurns } from './stored-turns.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Most turns that are kept of a conversation; older ones are dropped, a question together with its reply. */
export const maximumTurns = 200;

/** Most characters that are kept of a conversation, or else its latest question and reply alone. */
export const maximumCharacters = 400_000;

/** For how long a conversation is kept in which nothing is asked: making many does not fill the disk. */
export const unusedMs = dayMs;

/** The conversations in which questions are asked. */
export interface ConversationStore {
  /** Begins one; resolves when it is on the disk. */
  create(): Promise<ConversationInfo>;
  get(id: string): Promise<Conversation | undefined>;
  /**
   * Adds an answer's question and its reply, both or none; resolves when they are on the disk. Whoever adds at the same
   * time, in whichever process, all of it is kept. False where the conversation is no longer there.
   */
  append(id: string, answer: Pick<Answer, 'id' | 'question' | 'text'>): Promise<boolean>;
  /** False where there is none. */
  delete(id: string): Promise<boolean>;
  /**
   * Removes these answers with their questions, whichever conversations they are in; resolves when their bytes are gone from
   * the file. Returns how many there were.
   */
  purgeAnswers(answerIds: readonly string[]): Promise<number>;
  /** All that have not ended, for another store; they are read a few at a time. */
  records(): AsyncIterable<ConversationRecord>;
  /** Takes over a conversation of another store; one that is here already stays as it is. */
  restore(record: ConversationRecord): Promise<void>;
  close(): Promise<void>;
}

/** A conversation as it goes from one store to another. Instants are epoch milliseconds. */
export interface ConversationRecord {
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Oldest first. */
  readonly exchanges: readonly {
    readonly answerId: string;
    readonly at: number;
    readonly question: string;
    readonly reply: string;
  }[];
}

/** Settings of {@link createConversationStore}. */
export interface ConversationStoreOptions {
  /** `:memory:` keeps them in memory. */
  readonly file: string;
  /** Days without an answer after which a conversation is removed; one day at most where it never had any. */
  readonly retentionDays: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Told when removing old conversations fails; it is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/** Where the conversations of an index folder are stored. */
export function conversationsFile(indexDir: string): string {
  return join(indexDir, 'conversations.sqlite');
}

const tables = `
  CREATE TABLE conversations (
    id TEXT PRIMARY KEY,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX conversations_by_expiry ON conversations (expires_at);
  CREATE TABLE exchanges (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    question TEXT NOT NULL,
    reply TEXT NOT NULL
  ) STRICT;
  CREATE INDEX exchanges_by_conversation ON exchanges (conversation, key);
`;

/** The latest rows rather than the greatest instants, which no index knows. */
const latestUse = `
  SELECT max(created_at, coalesce((SELECT at FROM exchanges ORDER BY key DESC LIMIT 1), 0))
  FROM (SELECT created_at FROM conversations ORDER BY rowid DESC LIMIT 1)
  UNION ALL SELECT NULL LIMIT 1
`;

const conversationRow = z.object({ id: z.string(), created_at: z.int(), expires_at: z.int() }).optional();
const exchangeRows = z.array(
  z.object({ answer: z.string(), at: z.int(), question: z.string(), reply: z.string() }),
);

/**
 * Conversations in one SQLite file, which the first conversation makes. Several processes may use it at once.
 *
 * All methods throw FootnoteError `unavailable` when the file cannot be used.
 */
export function createConversationStore(options: ConversationStoreOptions): ConversationStore {
  const { file, retentionDays, now = Date.now, onError = () => undefined } = options;
  const retentionMs = retentionDays * dayMs;
  const { use, read, close } = createStoreFile({
    file,
    things: 'conversations',
    format: 1,
    tables,
    expire: (database, at) =>
      void database.prepare('DELETE FROM conversations WHERE expires_at <= ?').run(at),
    newest: (database) => latestInstant(database, latestUse),
    expireMs: hourMs,
    now,
    onError,
  });

  return {
    create: () =>
      use((database) => {
        const at = now();
        const row = { id: randomUUID(), created_at: at, expires_at: at + Math.min(retentionMs, unusedMs) };
        database
          .prepare('INSERT INTO conversations (id, created_at, expires_at) VALUES (?, ?, ?)')
          .run(row.id, row.created_at, row.expires_at);
        return toInfo(row);
      }),
    get: (id) => read((database) => conversationOf(database, id, now())),
    append: async (id, answer) =>
      (await read((database) => append(database, { id, answer, at: now(), retentionMs }))) ?? false,
    delete: async (id) =>
      (await read((database) => {
        const remove = database.prepare('DELETE FROM conversations WHERE id = ? AND expires_at > ?');
        return remove.run(id, now()).changes > 0;
      })) ?? false,
    purgeAnswers: async (answerIds) =>
      (await read((database) =>
        deleteForGood(database, () => {
          const remove = database.prepare(
            'DELETE FROM exchanges WHERE answer IN (SELECT value FROM json_each(?))',
          );
          return remove.run(JSON.stringify(answerIds)).changes;
        }),
      )) ?? 0,
    async *records() {
      let after = 0;
      for (;;) {
        const page = (await read((database) => conversationRecords(database, after, now()))) ?? [];
        for (const { place, ...record } of page) {
          yield record;
          after = place;
        }
        if (page.length === 0) return;
      }
    },
    restore: (record) => use((database) => restoreConversation(database, record)),
    close,
  };
}

function conversationOf(database: Database.Database, id: string, at: number): Conversation | undefined {
  // One transaction: a conversation and its turns as they were at one moment.
  const select = database.transaction(() => ({
    row: conversationRow.parse(
      database.prepare('SELECT * FROM conversations WHERE id = ? AND expires_at > ?').get(id, at),
    ),
    exchanges: exchangeRows.parse(
      database
        .prepare('SELECT answer, at, question, reply FROM exchanges WHERE conversation = ? ORDER BY key')
        .all(id),
    ),
  }));
  const { row, exchanges } = select();
  return row && { ...toInfo(row), turns: exchanges.flatMap(toTurns) };
}

interface Addition {
  readonly id: string;
  readonly answer: Pick<Answer, 'id' | 'question' | 'text'>;
  readonly at: number;
  readonly retentionMs: number;
}

function append(database: Database.Database, { id, answer, at, retentionMs }: Addition): boolean {
  const add = database.transaction((): boolean => {
    const renew = database.prepare(
      'UPDATE conversations SET expires_at = max(expires_at, ?) WHERE id = ? AND expires_at > ?',
    );
    if (renew.run(at + retentionMs, id, at).changes === 0) return false;
    database
      .prepare('INSERT INTO exchanges (conversation, answer, at, question, reply) VALUES (?, ?, ?, ?, ?)')
      .run(id, answer.id, at, answer.question, answer.text);
    // From the newest backwards: what lies beyond the limits, but never the newest itself.
    database
      .prepare(
        `DELETE FROM exchanges WHERE key IN (
           SELECT key FROM (
             SELECT key, row_number() OVER newest_first AS position,
                    sum(length(question) + length(reply)) OVER newest_first AS characters
             FROM exchanges WHERE conversation = ? WINDOW newest_first AS (ORDER BY key DESC)
           ) WHERE position > 1 AND (position > ? OR characters > ?)
         )`,
      )
      .run(id, maximumTurns / 2, maximumCharacters);
    return true;
  });
  return add.immediate();
}
