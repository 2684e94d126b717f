import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Answer } from '../../domain/answer.ts';
import type { Conversation } from '../../domain/conversation.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import {
  type ConversationRecord,
  type ConversationStore,
  maximumCharacters,
  maximumTurns,
  unusedMs,
} from '../conversation-store.ts';
import { toInfo, toTurns } from '../stored-turns.ts';
import { exchangeRows, insertExchange, selectExchanges } from './exchange-rows.ts';
import { instant, isStorable, ownerRows } from './sql-values.ts';
import { createStoredThings } from './stored-things.ts';
import { vacuum } from './vacuum.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Conversations that are removed, and read, at a time. */
const pageSize = 200;

const conversationRows = z.array(
  z.object({ id: z.string(), created_at: whole, expires_at: whole, shard: z.int() }),
);

/** Settings of {@link createPostgresConversationStore}. */
export interface PostgresConversationStoreOptions {
  readonly database: Database;
  /** Days without an answer after which a conversation is removed; one day at most where it never had any. */
  readonly retentionDays: number;
  /** Epoch milliseconds; the clock of the database when absent, which all replicas share. */
  readonly now?: () => number;
  /** Told when removing old conversations fails; it is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Conversations in a database that replicas share. What is added to one at the same time is added one after the other, under
 * the lock of its row.
 *
 * All methods throw FootnoteError `unavailable` when the database cannot be used. Of what is purged, see {@link vacuum}.
 */
export function createPostgresConversationStore(
  options: PostgresConversationStoreOptions,
): ConversationStore {
  const { database, retentionDays, now, onError = () => undefined } = options;
  const retentionMs = retentionDays * dayMs;
  const at = () => now?.() ?? null;
  const { use, close } = createStoredThings({
    database,
    things: 'conversations',
    sweep: (sql) => removeExpired(sql, at()),
    sweepMs: hourMs,
    onError,
  });

  return {
    create: () =>
      use(async (sql) => {
        const id = randomUUID();
        const rows = await sql.query(
          `INSERT INTO conversations (shard, id, created_at, expires_at)
           VALUES ($1, $2, ${instant(3)}, ${instant(3)} + $4::bigint) RETURNING shard, id, created_at, expires_at`,
          [shardOf(id), id, at(), Math.min(retentionMs, unusedMs)],
        );
        const [row] = conversationRows.parse(rows);
        if (!row) throw new Error('the new conversation was not stored');
        return toInfo(row);
      }),
    get: (id) => use((sql) => conversationOf(sql, id, at())),
    append: (id, answer) => use((sql) => append(sql, { id, answer, at: at(), retentionMs })),
    delete: (id) =>
      use(async (sql) => {
        if (!isStorable(id)) return false;
        const rows = await sql.query(
          `DELETE FROM conversations WHERE shard = $1 AND id = $2 AND expires_at > ${instant(3)} RETURNING id`,
          [shardOf(id), id, at()],
        );
        return rows.length > 0;
      }),
    purgeAnswers: (answerIds) =>
      use(async (sql) => {
        let count = 0;
        const ids = answerIds.filter(isStorable);
        for (let start = 0; start < ids.length; start += pageSize) {
          const remove = 'DELETE FROM exchanges WHERE answer = ANY($1::text[]) RETURNING key';
          const page = ids.slice(start, start + pageSize);
          count += await sql.transaction(async (within) => (await within.query(remove, [page])).length);
        }
        if (count > 0) await vacuum(sql, 'conversations', onError);
        return count;
      }),
    async *records() {
      let after = { shard: -(2 ** 31), id: '' };
      for (;;) {
        const page = await use((sql) => recordsAfter(sql, after, at()));
        for (const { shard, ...record } of page) {
          yield record;
          after = { shard, id: record.id };
        }
        if (page.length === 0) return;
      }
    },
    restore: (record) => use((sql) => restore(sql, record)),
    close,
  };
}

async function conversationOf(
  database: Database,
  id: string,
  at: number | null,
): Promise<Conversation | undefined> {
  if (!isStorable(id)) return undefined;
  // One statement: a conversation and its turns as they were at one moment.
  const rows = await database.query(
    `SELECT conversations.shard, conversations.id, created_at, expires_at, answer, at, question, reply
     FROM conversations
     LEFT JOIN exchanges ON exchanges.shard = conversations.shard AND exchanges.conversation = conversations.id
     WHERE conversations.shard = $1 AND conversations.id = $2 AND expires_at > ${instant(3)}
     ORDER BY exchanges.key LIMIT $4`,
    [shardOf(id), id, at, maximumTurns],
  );
  const [row] = conversationRows.parse(rows);
  if (!row) return undefined;
  // The one row of a conversation in which nothing was said has no exchange.
  const said = rows.filter((value) => value instanceof Object && 'answer' in value && value.answer !== null);
  return { ...toInfo(row), turns: exchangeRows.parse(said).flatMap(toTurns) };
}

interface Addition {
  readonly id: string;
  readonly answer: Pick<Answer, 'id' | 'question' | 'text'>;
  readonly at: number | null;
  readonly retentionMs: number;
}

async function append(database: Database, { id, answer, at, retentionMs }: Addition): Promise<boolean> {
  if (!isStorable(id)) return false;
  const shard = shardOf(id);
  return database.transaction(async (sql) => {
    const renewed = await sql.query(
      `UPDATE conversations SET expires_at = greatest(expires_at, ${instant(3)} + $4::bigint)
       WHERE shard = $1 AND id = $2 AND expires_at > ${instant(3)} RETURNING id`,
      [shard, id, at, retentionMs],
    );
    if (renewed.length === 0) return false;
    const { id: answerId, question, text: reply } = answer;
    await insertExchange(sql, id, { answer: answerId, at, question, reply });
    // From the newest backwards: what lies beyond the limits, but never the newest itself.
    await sql.query(
      `DELETE FROM exchanges WHERE shard = $1 AND conversation = $2 AND key IN (
         SELECT key FROM (
           SELECT key, row_number() OVER newest_first AS position, sum(characters) OVER newest_first AS total
           FROM exchanges WHERE shard = $1 AND conversation = $2 WINDOW newest_first AS (ORDER BY key DESC)
         ) AS ranked WHERE position > 1 AND (position > $3 OR total > $4)
       )`,
      [shard, id, maximumTurns / 2, maximumCharacters],
    );
    return true;
  });
}

async function recordsAfter(
  database: Database,
  after: { readonly shard: number; readonly id: string },
  at: number | null,
): Promise<(ConversationRecord & { shard: number })[]> {
  const rows = await database.query(
    `SELECT shard, id, created_at, expires_at FROM conversations
     WHERE (shard, id) > ($1::integer, $2::text) AND expires_at > ${instant(3)} ORDER BY shard, id LIMIT $4`,
    [after.shard, after.id, at, pageSize],
  );
  const records = [];
  for (const { shard, id, created_at: createdAt, expires_at: expiresAt } of conversationRows.parse(rows)) {
    records.push({ shard, id, createdAt, expiresAt, exchanges: await selectExchanges(database, shard, id) });
  }
  return records;
}

async function restore(database: Database, record: ConversationRecord): Promise<void> {
  const { id, createdAt, expiresAt, exchanges } = record;
  await database.transaction(async (sql: Sql) => {
    const added = await sql.query(
      `INSERT INTO conversations (shard, id, created_at, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (shard, id) DO NOTHING RETURNING id`,
      [shardOf(id), id, createdAt, expiresAt],
    );
    if (added.length === 0) return;
    for (const { answerId, ...exchange } of exchanges) {
      await insertExchange(sql, id, { answer: answerId, ...exchange });
    }
  });
}

async function removeExpired(database: Database, at: number | null): Promise<boolean> {
  const rows = await database.query(
    `SELECT shard, id FROM conversations WHERE expires_at <= ${instant(1)} ORDER BY expires_at LIMIT $2`,
    [at, pageSize],
  );
  const expired = ownerRows.parse(rows);
  if (expired.length === 0) return false;
  // Once more looked at: an answer may have prolonged it meanwhile.
  await database.transaction((sql) =>
    sql.query(
      `DELETE FROM conversations
       WHERE shard = ANY($1::integer[]) AND id = ANY($2::text[]) AND expires_at <= ${instant(3)}`,
      [expired.map(({ shard }) => shard), expired.map(({ id }) => id), at],
    ),
  );
  return expired.length === pageSize;
}
