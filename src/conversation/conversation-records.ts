import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { ConversationRecord } from './conversation-store.ts';

/** How many are read at a time. */
const pageSize = 100;

const conversationRows = z.array(
  z.object({ place: z.int(), id: z.string(), createdAt: z.int(), expiresAt: z.int() }),
);
const exchangeRows = z.array(
  z.object({ answerId: z.string(), at: z.int(), question: z.string(), reply: z.string() }),
);

/** The next conversations after the place `after`, of those that have not ended at the instant `at`. */
export function conversationRecords(
  database: Database.Database,
  after: number,
  at: number,
): (ConversationRecord & { readonly place: number })[] {
  const rows = database
    .prepare(
      `SELECT rowid AS place, id, created_at AS createdAt, expires_at AS expiresAt FROM conversations
       WHERE rowid > ? AND expires_at > ? ORDER BY rowid LIMIT ?`,
    )
    .all(after, at, pageSize);
  const exchanges = database.prepare(
    'SELECT answer AS answerId, at, question, reply FROM exchanges WHERE conversation = ? ORDER BY key',
  );
  return conversationRows
    .parse(rows)
    .map((row) => ({ ...row, exchanges: exchangeRows.parse(exchanges.all(row.id)) }));
}

/** Adds a conversation with what was said in it, unless it is there. */
export function restoreConversation(database: Database.Database, record: ConversationRecord): void {
  const { id, createdAt, expiresAt, exchanges } = record;
  const restore = database.transaction(() => {
    const { changes } = database
      .prepare(
        'INSERT INTO conversations (id, created_at, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      )
      .run(id, createdAt, expiresAt);
    if (changes === 0) return;
    const add = database.prepare(
      'INSERT INTO exchanges (conversation, answer, at, question, reply) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { answerId, at, question, reply } of exchanges) add.run(id, answerId, at, question, reply);
  });
  restore.immediate();
}
