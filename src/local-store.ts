import type { Config } from './config.ts';
import { answersFile, createAnswerStore } from './conversation/answer-store.ts';
import { conversationsFile, createConversationStore } from './conversation/conversation-store.ts';
import { createIdempotencyStore, requestsFile } from './conversation/idempotency-store.ts';
import { createKeyStore, keysFile } from './conversation/key-store.ts';
import { createIndexHandle } from './index/index-handle.ts';
import { createIndexStatistics } from './index/index-statistics.ts';
import { createThreadedWriter } from './index/threaded-writer.ts';
import { createVerifiedFiles } from './index/verified-files.ts';
import { createDiskEnd } from './ingest/added/added-end.ts';
import { createLocalCorpus } from './ingest/local-corpus.ts';
import type { Store, StoreOptions } from './store.ts';

/** Everything in the index folder and the folder of added articles. Nothing is opened before it is used. */
export function openLocalStore(config: Config, { embeddings, onError }: StoreOptions): Store {
  const { indexDir, answerRetentionDays, conversationRetentionDays } = config;
  const place = { dir: indexDir, embeddings, hnsw: config.hnsw, verified: createVerifiedFiles() };
  const index = createIndexHandle(place);
  const answers =
    answerRetentionDays > 0
      ? createAnswerStore({ file: answersFile(indexDir), retentionDays: answerRetentionDays, onError })
      : undefined;
  const conversations =
    conversationRetentionDays > 0
      ? createConversationStore({
          file: conversationsFile(indexDir),
          retentionDays: conversationRetentionDays,
          onError,
        })
      : undefined;
  const requests = createIdempotencyStore({ file: requestsFile(indexDir), onError });
  const keys = createKeyStore({ file: keysFile(indexDir) });
  const openWriter = () => createThreadedWriter(place);
  return {
    index,
    latestIndex: index,
    openWriter,
    statistics: createIndexStatistics(indexDir),
    answers,
    conversations,
    requests,
    keys,
    requestCounts: undefined,
    added: createDiskEnd(config),
    openCorpus: (parts) =>
      createLocalCorpus({
        ...parts,
        roots: { corpusDir: config.corpusDir, addedDir: config.addedDir },
        indexDir,
        index: { ...parts.index, openWriter },
        parse: config.parse,
        fetch: config.fetch,
        refreshMs: config.follow.refreshMinutes * 60_000,
        onError,
      }),
    close: async () => {
      await index.close();
      await Promise.all([answers?.close(), conversations?.close(), requests.close(), keys.close()]);
    },
  };
}
