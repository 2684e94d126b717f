import { randomUUID } from 'node:crypto';

import { createAnswerChain } from './answer/answer-chain.ts';
import { createChatParts } from './answer/chat/create-chat-parts.ts';
import { createExtractiveWriter } from './answer/extractive-writer.ts';
import { previousQuestion } from './answer/follow-up.ts';
import type { Config } from './config.ts';
import type { AnswerEvent } from './domain/answer-event.ts';
import type { Answer, AnswerRequest } from './domain/answer.ts';
import type { Article, ArticleSummary } from './domain/article.ts';
import type { Turn } from './domain/conversation.ts';
import { FootnoteError } from './domain/errors.ts';
import type { Evidence } from './domain/evidence.ts';
import type { Filters } from './domain/filters.ts';
import type { Language } from './domain/language.ts';
import type { GenerationInfo, PassageIndex, StoredPassage } from './domain/ports.ts';
import { detectLanguage } from './domain/text/detect-language.ts';
import { createIndexHandle } from './index/index-handle.ts';
import { createIndexWriter } from './index/index-writer.ts';
import { type IngestOptions, type IngestReport, runIngest } from './ingest/run-ingest.ts';
import { findBundledModelFiles } from './models/bundled-model-files.ts';
import { createEmbeddingModel } from './models/create-embedding-model.ts';
import { correctTypos } from './retrieve/correct-typos.ts';
import { loadGlossary } from './retrieve/glossary.ts';
import { createRetriever } from './retrieve/retriever.ts';
import { timeSearch, withTimeFilters } from './retrieve/time/time-search.ts';
import { readKnownWords } from './retrieve/typos/known-words.ts';

/** What a caller searches for. */
export interface SearchRequest {
  readonly query: string;
  readonly history?: readonly Turn[];
  readonly filters?: Filters;
  /** Number of passages, 1–50. */
  readonly topK?: number;
  /** ISO 8601 instant that relative dates are relative to; the server's clock when absent. */
  readonly now?: string;
}

/** Per-call options. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Footnote, assembled: everything that HTTP, the command line and other programs use. */
export interface Assistant {
  /**
   * Answers as a stream of events.
   *
   * @throws FootnoteError `index-unusable`, `model-failed`, `timeout`; the signal's reason when aborted.
   */
  answer(request: AnswerRequest, options?: CallOptions): AsyncIterable<AnswerEvent>;
  /** Answers at once: the `answer` of the stream's `answer-end`. */
  ask(request: AnswerRequest, options?: CallOptions): Promise<Answer>;
  /** Retrieves without answering, best first. */
  search(request: SearchRequest, options?: CallOptions): Promise<readonly Evidence[]>;
  articles(filters?: Filters): Promise<readonly ArticleSummary[]>;
  /** @throws FootnoteError `not-found` */
  article(id: string): Promise<Article>;
  /** @throws FootnoteError `not-found` */
  passage(id: string): Promise<StoredPassage>;
  /** The generation that answers now. @throws FootnoteError `index-unusable` with the command that mends it. */
  generation(): Promise<GenerationInfo>;
  close(): Promise<void>;
}

/** An assistant whose index is built on this machine. */
export interface LocalAssistant extends Assistant {
  /** Brings the index up to date with the corpus folder. @throws FootnoteError `configuration`, `unavailable` */
  ingest(options?: Pick<IngestOptions, 'onProgress' | 'signal'>): Promise<IngestReport>;
}

/**
 * Wires Footnote from its settings. The index is opened with the first call that needs it.
 *
 * @throws FootnoteError `configuration`, `model-files`, `model-failed` when a configured model cannot be had.
 */
export async function createAssistant(config: Config): Promise<LocalAssistant> {
  const [embeddings, glossary] = await Promise.all([
    createEmbeddingModel(config.embeddings),
    loadGlossary(config.glossaryFile),
  ]);
  // Read with the first question: an ingest needs no spelling list.
  let spelling: ReturnType<typeof knownWords> | undefined;
  const correct = async (index: PassageIndex, question: string, language: Language) => {
    const isKnownWord = await (spelling ??= knownWords());
    const corrected = await correctTypos({ index, question, language, ...(isKnownWord && { isKnownWord }) });
    return corrected.question;
  };
  const place = { dir: config.indexDir, embeddings, hnsw: config.hnsw };
  const handle = createIndexHandle(place);
  const retriever = createRetriever({ embeddings, glossary });
  const chain = createAnswerChain({
    retriever,
    correct,
    glossary,
    extractive: createExtractiveWriter(),
    ...(config.chat && (await createChatParts(config.chat, config.promptsDir))),
  });
  const defaultLanguage = config.answerLanguage === 'auto' ? undefined : config.answerLanguage;

  async function withIndex<T>(use: (index: PassageIndex) => Promise<T>): Promise<T> {
    const lease = await handle.acquire();
    try {
      return await use(lease.index);
    } finally {
      lease.release();
    }
  }

  async function* answer(request: AnswerRequest, { signal }: CallOptions = {}): AsyncGenerator<AnswerEvent> {
    const lease = await handle.acquire();
    try {
      const createdAt = new Date();
      const job = {
        id: randomUUID(),
        createdAt,
        now: request.now === undefined ? createdAt : new Date(request.now),
        request,
        index: lease.index,
        topK: request.topK ?? config.topK,
        ...(defaultLanguage && { defaultLanguage }),
      };
      yield* await chain.stream(job, signal ? { signal } : {});
    } finally {
      lease.release();
    }
  }

  return {
    answer,
    ask: async (request, options) => {
      for await (const event of answer(request, options)) {
        if (event.type === 'answer-end') return event.answer;
      }
      throw new FootnoteError('unavailable', 'The answer ended before it was complete.');
    },
    search: ({ query, history = [], filters, topK = config.topK, now }, { signal } = {}) =>
      withIndex(async (index) => {
        const previous = previousQuestion(history);
        const language = detectLanguage(query);
        const time = timeSearch(query, language, now === undefined ? new Date() : new Date(now));
        return retriever.retrieve(index, {
          question: await correct(index, query, language),
          language,
          time,
          ...(previous !== undefined && { inConversation: `${previous} ${query}` }),
          filters: withTimeFilters(filters, time.intent),
          topK,
          ...(signal && { signal }),
        });
      }),
    articles: (filters) => withIndex((index) => index.articles(filters)),
    article: (id) => withIndex(async (index) => found(await index.article(id), 'article', id)),
    passage: (id) => withIndex(async (index) => found((await index.passages([id]))[0], 'passage', id)),
    generation: () => withIndex((index) => Promise.resolve(index.generation)),
    ingest: async (options = {}) => {
      const writer = await createIndexWriter(place);
      return runIngest({ dir: config.corpusDir, writer, embeddings, ...options });
    },
    close: async () => {
      await Promise.all([handle.close(), embeddings.close()]);
    },
  };
}

/** The bundled model's vocabulary as a spelling list; without it, fewer typing errors are mended. */
async function knownWords(): Promise<((word: string) => boolean) | undefined> {
  try {
    return await readKnownWords((await findBundledModelFiles()).tokenizer);
  } catch {
    return undefined;
  }
}

function found<T>(item: T | undefined, kind: string, id: string): T {
  if (item === undefined) throw new FootnoteError('not-found', `There is no ${kind} with the id "${id}".`);
  return item;
}
