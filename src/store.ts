import type { AnswerStore } from './conversation/answer-store.ts';
import type { ConversationStore } from './conversation/conversation-store.ts';
import type { IdempotencyStore } from './conversation/idempotency-store.ts';
import type { KeyStore } from './conversation/key-store.ts';
import type { RequestCounts } from './conversation/request-counts.ts';
import type { IndexStatistics } from './domain/article.ts';
import type { EmbeddingModel, IndexWriter, PassageIndex } from './domain/ports.ts';
import type { IndexHandle } from './index/index-handle.ts';
import type { AddedEnd } from './ingest/added/added-end.ts';
import type { Purge } from './ingest/jobs/job-parts.ts';
import type { CorpusIndex, LocalCorpus } from './ingest/local-corpus.ts';
import type { WorkRun } from './ingest/postgres/worker.ts';

/** Where everything is kept: the folder of an index, or a database that several servers share. */
export interface Store {
  /** The index as it is now. */
  readonly index: IndexHandle;
  /** The same, never behind: for whoever decides on changes. */
  readonly latestIndex: IndexHandle;
  /** @param purpose - whose work it is, where several write at once: what was interrupted is carried on for the same one. */
  readonly openWriter: (purpose: string) => Promise<IndexWriter>;
  /** Counted once for each generation. */
  readonly statistics: (index: PassageIndex) => Promise<IndexStatistics>;
  /** Absent where none are to be stored, like `conversations`. */
  readonly answers: AnswerStore | undefined;
  readonly conversations: ConversationStore | undefined;
  readonly requests: IdempotencyStore;
  readonly keys: KeyStore;
  /** Absent where only one process counts. */
  readonly requestCounts: RequestCounts | undefined;
  /** What was added through Footnote, to be copied into another store. */
  readonly added: AddedEnd;
  /** The articles of which the index is made, with the jobs that change them. */
  readonly openCorpus: (parts: CorpusParts) => Corpus;
  /** After everything that uses it. */
  close(): Promise<void>;
}

/** The articles, see {@link LocalCorpus}. */
export interface Corpus extends LocalCorpus {
  /**
   * Carries out jobs of the store until `signal` is aborted; the one at work then is handed back. Absent where jobs are
   * carried out by whoever accepts them.
   */
  readonly work?: (run: WorkRun) => Promise<void>;
}

/** What a corpus is made with. */
export interface CorpusParts {
  readonly embeddings: EmbeddingModel;
  readonly index: Pick<CorpusIndex, 'sources' | 'articles' | 'article'>;
  readonly purge: Purge;
}

/** What a store is opened with. */
export interface StoreOptions {
  /** The model whose vectors the index holds. */
  readonly embeddings: Pick<EmbeddingModel, 'id' | 'dimensions'>;
  /** Told of failures that nobody waits for. */
  readonly onError: (error: unknown) => void;
}
