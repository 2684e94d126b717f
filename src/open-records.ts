import type { Config } from './config.ts';
import { answersFile, type AnswerStore, createAnswerStore } from './conversation/answer-store.ts';
import { createKeyStore, type KeyStore, keysFile } from './conversation/key-store.ts';
import { createPostgresAnswerStore } from './conversation/postgres/postgres-answer-store.ts';
import { createPostgresKeyStore } from './conversation/postgres/postgres-key-store.ts';
import { connect } from './postgres/connect.ts';

// For commands that need neither the articles nor a model. In a database, the tables must be there: an ingest makes them.

/** The keys alone. */
export function openKeyStore(config: Config): KeyStore {
  if (config.store.kind === 'folder') return createKeyStore({ file: keysFile(config.indexDir) });
  const database = connect(config.store);
  return closingBoth(createPostgresKeyStore({ database }), database);
}

/** The stored answers alone, however old: none is removed. */
export function openAnswerStore(config: Config): AnswerStore {
  const retentionDays = Number.POSITIVE_INFINITY;
  if (config.store.kind === 'folder') {
    return createAnswerStore({ file: answersFile(config.indexDir), retentionDays });
  }
  const database = connect(config.store);
  return closingBoth(createPostgresAnswerStore({ database, retentionDays }), database);
}

interface Closable {
  close(): Promise<void>;
}

function closingBoth<T extends Closable>(store: T, database: Closable): T {
  return {
    ...store,
    close: async () => {
      await store.close();
      await database.close();
    },
  };
}
