import type { Config, PostgresSettings } from './config.ts';
import { createPostgresAnswerStore } from './conversation/postgres/postgres-answer-store.ts';
import { createPostgresConversationStore } from './conversation/postgres/postgres-conversation-store.ts';
import { createPostgresIdempotencyStore } from './conversation/postgres/postgres-idempotency-store.ts';
import { createPostgresKeyStore } from './conversation/postgres/postgres-key-store.ts';
import { createPostgresRequestCounts } from './conversation/postgres/postgres-request-counts.ts';
import type { IndexHandle } from './index/index-handle.ts';
import { collectRemoved } from './index/postgres/collect-removed.ts';
import { createPostgresIndexHandle } from './index/postgres/postgres-index-handle.ts';
import { createPostgresIndexWriter } from './index/postgres/postgres-index-writer.ts';
import { createPostgresStatistics } from './index/postgres/postgres-statistics.ts';
import { createDatabaseEnd } from './ingest/postgres/database-end.ts';
import { createSharedCorpus } from './ingest/postgres/shared-corpus.ts';
import { connect } from './postgres/connect.ts';
import type { Database } from './postgres/database.ts';
import { migrated } from './postgres/migrated.ts';
import { preferStandby } from './postgres/prefer-standby.ts';
import type { Store, StoreOptions } from './store.ts';

/** For how long removed rows stay at least, and longer than any answer takes that is being given from them, in milliseconds. */
const shortestGraceMs = 300_000;
const graceMarginMs = 60_000;

/** A writer of which nothing is heard for so long is gone; shorter than a job's lease, so that who takes the job over carries it on. */
const writerLeaseMs = 20_000;

/** Everything in one schema of a PostgreSQL database. */
export function openPostgresStore(
  config: Config,
  settings: PostgresSettings,
  { embeddings, onError }: StoreOptions,
): Store {
  const { schema } = settings;
  const graceMs = Math.max(shortestGraceMs, config.limits.answerTimeoutMs + graceMarginMs);
  const main = connect({ ...settings, onError });
  const database = migrated(main, { schema, dimensions: embeddings.dimensions });
  const reading =
    settings.readUrl === undefined ? undefined : connect({ ...settings, url: settings.readUrl, onError });
  const index = indexOf(database, reading, { embeddings, onError });
  // A standby may be behind.
  const latestIndex = reading ? createPostgresIndexHandle({ database, embeddings }) : index;
  const openWriter = (purpose: string) =>
    createPostgresIndexWriter({ database, embeddings, purpose, leaseMs: writerLeaseMs });
  const answers =
    config.answerRetentionDays > 0
      ? createPostgresAnswerStore({ database, retentionDays: config.answerRetentionDays, onError })
      : undefined;
  const conversations =
    config.conversationRetentionDays > 0
      ? createPostgresConversationStore({
          database,
          retentionDays: config.conversationRetentionDays,
          onError,
        })
      : undefined;
  const requests = createPostgresIdempotencyStore({ database, onError });
  const keys = createPostgresKeyStore({ database });
  const requestCounts = createPostgresRequestCounts({ database });
  return {
    index,
    latestIndex,
    openWriter,
    statistics: createPostgresStatistics(database),
    answers,
    conversations,
    requests,
    keys,
    requestCounts,
    added: createDatabaseEnd({ database }),
    openCorpus: (parts) =>
      createSharedCorpus({
        ...parts,
        database,
        corpusDir: config.corpusDir,
        addedDir: config.addedDir,
        openWriter,
        collect: (articles) => collectRemoved(database, articles ? { graceMs: 0, articles } : { graceMs }),
        parse: config.parse,
        fetch: config.fetch,
        refreshMs: config.follow.refreshMinutes * 60_000,
        onError,
      }),
    close: async () => {
      await index.close();
      await latestIndex.close();
      await Promise.all([answers?.close(), conversations?.close(), requests.close(), keys.close()]);
      await Promise.all([main.close(), reading?.close()]);
    },
  };
}

/** The index as it is in the standby, where there is one that answers. */
function indexOf(
  database: Database,
  standby: Database | undefined,
  { embeddings, onError }: StoreOptions,
): IndexHandle {
  const main = createPostgresIndexHandle({ database, embeddings });
  if (!standby) return main;
  const copy = createPostgresIndexHandle({ database: standby, embeddings });
  return {
    acquire: preferStandby({ standby: () => copy.acquire(), main: () => main.acquire(), onError }),
    close: async () => {
      await Promise.all([copy.close(), main.close()]);
    },
  };
}
