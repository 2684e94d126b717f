import { randomUUID } from 'node:crypto';

import { createAnswerChain } from './answer/answer-chain.ts';
import { createChatParts } from './answer/chat/create-chat-parts.ts';
import { createExtractiveWriter } from './answer/extractive-writer.ts';
import { previousQuestion } from './answer/follow-up.ts';
import { recheckAnswer } from './answer/recheck-answer.ts';
import { createSuggestions } from './answer/suggest/suggestion-cache.ts';
import type { Config } from './config.ts';
import { answersFile, createAnswerStore } from './conversation/answer-store.ts';
import { conversationsFile, createConversationStore } from './conversation/conversation-store.ts';
import { createConversations } from './conversation/conversations.ts';
import { quotedArticles } from './conversation/quoted-articles.ts';
import type { AnswerCheck } from './domain/answer-check.ts';
import type { AnswerEvent } from './domain/answer-event.ts';
import type { OnStage } from './domain/answer-stage.ts';
import type { Answer, AnswerRequest } from './domain/answer.ts';
import type { Article, ArticlePage, ArticleSummary, IndexStatistics } from './domain/article.ts';
import type { Conversation, ConversationInfo, Turn } from './domain/conversation.ts';
import { FootnoteError } from './domain/errors.ts';
import type { Evidence } from './domain/evidence.ts';
import type { Feedback, StoredFeedback } from './domain/feedback.ts';
import type { Filters } from './domain/filters.ts';
import type { Language } from './domain/language.ts';
import type { GenerationInfo, PassageIndex, StoredPassage } from './domain/ports.ts';
import { detectLanguage } from './domain/text/detect-language.ts';
import { createIndexHandle } from './index/index-handle.ts';
import { createIndexStatistics } from './index/index-statistics.ts';
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
  /** Told of an answer's stages as they begin. */
  readonly onStage?: OnStage;
}

/** Footnote, assembled: everything that HTTP, the command line and other programs use. */
export interface Assistant {
  /**
   * Answers as a stream of events. In a stored conversation, whose turns are the history of a request without one, the
   * question and its reply are stored before `answer-end`.
   *
   * @throws FootnoteError `not-found` for a conversation; `index-unusable`, `model-failed`, `timeout`; the signal's reason when aborted.
   */
  answer(request: AnswerRequest, options?: CallOptions): AsyncIterable<AnswerEvent>;
  /** Answers at once: the `answer` of the stream's `answer-end`. */
  ask(request: AnswerRequest, options?: CallOptions): Promise<Answer>;
  /** Retrieves without answering, best first. */
  search(request: SearchRequest, options?: CallOptions): Promise<readonly Evidence[]>;
  articles(filters?: Filters, page?: ArticlePage): Promise<readonly ArticleSummary[]>;
  /**
   * An article as indexed now, or in another version that a stored answer quotes.
   *
   * @throws FootnoteError `not-found`
   */
  article(id: string, options?: { readonly version?: string }): Promise<Article>;
  /** @throws FootnoteError `not-found` */
  passage(id: string): Promise<StoredPassage>;
  /** An answer given before. @throws FootnoteError `not-found` */
  storedAnswer(id: string): Promise<Answer>;
  /**
   * Checks an answer again, given itself or by the id of a stored one, see {@link recheckAnswer}.
   *
   * @throws FootnoteError `not-found`
   */
  verifyAnswer(answer: string | Answer): Promise<AnswerCheck>;
  /** Stores what a reader thinks of a stored answer. @throws FootnoteError `not-found`, `invalid-request` */
  addFeedback(answerId: string, feedback: Feedback): Promise<void>;
  /** Begins a conversation. @throws FootnoteError `not-found` where none are stored. */
  createConversation(): Promise<ConversationInfo>;
  /** @throws FootnoteError `not-found` */
  conversation(id: string): Promise<Conversation>;
  /** @throws FootnoteError `not-found` */
  deleteConversation(id: string): Promise<void>;
  /** All stored feedback, oldest first. */
  feedback(): AsyncIterable<StoredFeedback>;
  /** Up to six questions that the articles answer; found once for each generation. */
  suggestions(language: Language): Promise<readonly string[]>;
  /** What the index holds; counted once for each generation. */
  stats(): Promise<IndexStatistics>;
  /** The generation that answers now. @throws FootnoteError `index-unusable` with the command that mends it. */
  generation(): Promise<GenerationInfo>;
  close(): Promise<void>;
}

/** An assistant whose index is built on this machine. */
export interface LocalAssistant extends Assistant {
  /** Brings the index up to date with the corpus folder. @throws FootnoteError `configuration`, `unavailable` */
  ingest(options?: Pick<IngestOptions, 'onProgress' | 'signal'>): Promise<IngestReport>;
}

/** What a program may add to the settings. */
export interface AssistantOptions {
  /** Told when an answer cannot be stored, or old ones not be removed; the answer is given nevertheless. */
  readonly onStoreError?: (error: unknown) => void;
}

/**
 * Wires Footnote from its settings. The index is opened with the first call that needs it, as is the store of answers.
 *
 * @throws FootnoteError `configuration`, `model-files`, `model-failed` when a configured model cannot be had.
 */
export async function createAssistant(
  config: Config,
  { onStoreError = () => undefined }: AssistantOptions = {},
): Promise<LocalAssistant> {
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
  const rules = { retriever, correct, glossary, extractive: createExtractiveWriter() };
  const chain = createAnswerChain({
    ...rules,
    ...(config.chat && (await createChatParts(config.chat, config.promptsDir))),
  });
  const store =
    config.answerRetentionDays > 0
      ? createAnswerStore({
          file: answersFile(config.indexDir),
          retentionDays: config.answerRetentionDays,
          onError: onStoreError,
        })
      : undefined;
  const conversationStore =
    config.conversationRetentionDays > 0
      ? createConversationStore({
          file: conversationsFile(config.indexDir),
          retentionDays: config.conversationRetentionDays,
          onError: onStoreError,
        })
      : undefined;
  const { historyTurns } = config.limits;
  const conversations = createConversations({ store: conversationStore, historyTurns });
  const defaultLanguage = config.answerLanguage === 'auto' ? undefined : config.answerLanguage;

  async function withIndex<T>(use: (index: PassageIndex) => Promise<T>): Promise<T> {
    const lease = await handle.acquire();
    try {
      return await use(lease.index);
    } finally {
      lease.release();
    }
  }

  async function* answer(
    asked: AnswerRequest,
    { signal, onStage }: CallOptions = {},
  ): AsyncGenerator<AnswerEvent> {
    const request = await conversations.withHistory(asked);
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
        ...(onStage && { onStage }),
      };
      for await (const event of await chain.stream(job, signal ? { signal } : {})) {
        // What is sent can be found again: an answer is on the disk before anybody has it.
        if (event.type === 'answer-end') await remember(event.answer, lease.index);
        yield event;
      }
    } finally {
      lease.release();
    }
  }

  async function remember(given: Answer, index: PassageIndex): Promise<void> {
    try {
      await store?.save(given, await quotedArticles(given, (id) => index.article(id)));
    } catch (error) {
      onStoreError(error);
    }
    try {
      await conversations.remember(given);
    } catch (error) {
      onStoreError(error);
    }
  }

  async function storedAnswer(id: string): Promise<Answer> {
    return found(await store?.get(id), 'stored answer', id);
  }

  const present = (id: string) => withIndex((index) => index.article(id));

  async function articleVersion(id: string, version: string): Promise<Article | undefined> {
    const stored = await store?.article(id, version);
    if (stored) return stored;
    const indexed = await unlessUnusable(present(id));
    return indexed?.version === version ? indexed : undefined;
  }

  async function check(given: Answer): Promise<AnswerCheck> {
    // Without an index, an answer is checked against what is stored with it.
    const isServable = (await unlessUnusable(withIndex(() => Promise.resolve(true)))) ?? false;
    return recheckAnswer({
      answer: given,
      articleVersion,
      glossary,
      ...(isServable && { presentArticle: present }),
    });
  }

  const stats = createIndexStatistics(config.indexDir);
  const suggested = createSuggestions(rules, config.topK);

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
        const time = await timeSearch({
          index,
          question: query,
          language,
          now: now === undefined ? new Date() : new Date(now),
          glossary,
          ...(signal && { signal }),
        });
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
    articles: (filters, page) => withIndex((index) => index.articles(filters, page)),
    article: async (id, { version } = {}) => {
      if (version === undefined) return found(await present(id), 'article', id);
      return found(await articleVersion(id, version), `version ${version} of an article`, id);
    },
    passage: (id) => withIndex(async (index) => found((await index.passages([id]))[0], 'passage', id)),
    storedAnswer,
    verifyAnswer: async (given) => check(typeof given === 'string' ? await storedAnswer(given) : given),
    addFeedback: async (answerId, feedback) => {
      await found(store, 'stored answer', answerId).addFeedback(answerId, feedback);
    },
    createConversation: conversations.create,
    conversation: conversations.get,
    deleteConversation: conversations.delete,
    async *feedback() {
      if (store) yield* store.feedback();
    },
    suggestions: (language) => withIndex((index) => suggested(index, language)),
    stats: () => withIndex(stats),
    generation: () => withIndex((index) => Promise.resolve(index.generation)),
    ingest: async (options = {}) => {
      const writer = await createIndexWriter(place);
      return runIngest({ dir: config.corpusDir, writer, embeddings, ...options });
    },
    close: async () => {
      await Promise.all([handle.close(), embeddings.close(), store?.close(), conversationStore?.close()]);
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

/** `undefined` in place of a result for which there is no index. */
async function unlessUnusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'index-unusable') return undefined;
    throw error;
  }
}

function found<T>(item: T | undefined, kind: string, id: string): T {
  if (item === undefined) throw new FootnoteError('not-found', `There is no ${kind} with the id "${id}".`);
  return item;
}
