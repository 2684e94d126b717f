import { afterAll, onTestFinished } from 'vitest';

import { createPostgresAnswerStore } from '../../src/conversation/postgres/postgres-answer-store.ts';
import { createPostgresConversationStore } from '../../src/conversation/postgres/postgres-conversation-store.ts';
import { createPostgresIdempotencyStore } from '../../src/conversation/postgres/postgres-idempotency-store.ts';
import { createPostgresKeyStore } from '../../src/conversation/postgres/postgres-key-store.ts';
import type { Database } from '../../src/postgres/database.ts';
import { answerStoreContract } from './answer-store-contract.ts';
import { conversationStoreContract } from './conversation-store-contract.ts';
import { idempotencyStoreContract } from './idempotency-store-contract.ts';
import { keyStoreContract } from './key-store-contract.ts';

/** Emptied in this order by one statement each; what hangs on them goes with them. */
const emptyings = ['answers', 'quoted_articles', 'conversations', 'requests', 'keys'].map(
  (table) => `DELETE FROM ${table}`,
);

/** The contracts of all records. Making tables takes long, so what a test leaves is emptied for the next one. */
export function postgresRecordsContract(name: string, makeDatabase: () => Promise<Database>): void {
  const free: Database[] = [];
  const newDatabase = async () => {
    const database = free.pop() ?? (await makeDatabase());
    onTestFinished(async () => {
      for (const emptying of emptyings) await database.query(emptying);
      free.push(database);
    });
    return database;
  };
  afterAll(async () => {
    for (const database of free) await database.close();
  });
  const onError = (error: unknown) => {
    throw error;
  };
  answerStoreContract(name, async () => {
    const database = await newDatabase();
    return (options) => createPostgresAnswerStore({ database, retentionDays: 30, onError, ...options });
  });
  conversationStoreContract(name, async () => {
    const database = await newDatabase();
    return (options) => createPostgresConversationStore({ database, retentionDays: 30, onError, ...options });
  });
  idempotencyStoreContract(name, async () => {
    const database = await newDatabase();
    return (options) => createPostgresIdempotencyStore({ database, onError, ...options });
  });
  keyStoreContract(name, async () => {
    const database = await newDatabase();
    return (options) => createPostgresKeyStore({ database, ...options });
  });
}
