import { randomUUID } from 'node:crypto';

import { createAnswerChain } from './answer/answer-chain.ts';
import { createChatParts } from './answer/chat/create-chat-parts.ts';
import { createExtractiveWriter } from './answer/extractive-writer.ts';
import { previousQuestion } from './answer/follow-up.ts';
import { recheckAnswer } from './answer/recheck-answer.ts';
import { createSuggestions } from './answer/suggest/suggestion-cache.ts';
import type { Config } from './config.ts';
import { createConversations } from './conversation/conversations.ts';
import { createArticlePurge } from './conversation/purge-article.ts';
import { quotedArticles } from './conversation/quoted-articles.ts';
import type { AnswerCheck } from './domain/answer-check.ts';
import type { AnswerEvent } from './domain/answer-event.ts';
import type { Answer, AnswerRequest } from './domain/answer.ts';
import type { Article } from './domain/article.ts';
import type { Assistant, CallOptions } from './domain/assistant.ts';
import { FootnoteError, unlessUnusable } from './domain/errors.ts';
import type { Language } from './domain/language.ts';
import type { PassageIndex } from './domain/ports.ts';
import { detectLanguage } from './domain/text/detect-language.ts';
import { findBundledModelFiles } from './models/bundled-model-files.ts';
import { createEmbeddingModel } from './models/create-embedding-model.ts';
import { openStore } from './open-store.ts';
import { correctTypos } from './retrieve/correct-typos.ts';
import { loadGlossary } from './retrieve/glossary.ts';
import { createRetriever } from './retrieve/retriever.ts';
import { timeSearch, withTimeFilters } from './retrieve/time/time-search.ts';
import { readKnownWords } from './retrieve/typos/known-words.ts';
import type { Corpus, Store } from './store.ts';

/** An assistant with the articles that it answers from. */
export interface LocalAssistant
  extends Assistant, Pick<Corpus, 'ingest' | 'admin' | 'follow' | 'resumeJobs' | 'work'> {
  /** What a server needs of the store beside. */
  readonly store: Pick<Store, 'keys' | 'requests' | 'requestCounts'>;
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
  const store = openStore(config, { embeddings, onError: onStoreError });
  const { answers, index: handle, latestIndex } = store;
  const retriever = createRetriever({ embeddings, glossary });
  const rules = { retriever, correct, glossary, extractive: createExtractiveWriter() };
  const chatParts = config.chat && (await createChatParts(config.chat, config.promptsDir));
  const chain = createAnswerChain({ ...rules, ...chatParts });
  const guard = chatParts?.guard;
  const { historyTurns } = config.limits;
  const conversations = createConversations({ store: store.conversations, historyTurns });
  const defaultLanguage = config.answerLanguage === 'auto' ? undefined : config.answerLanguage;

  async function withIndex<T>(use: (index: PassageIndex) => Promise<T>, from = handle): Promise<T> {
    const lease = await from.acquire();
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
      await answers?.save(given, await quotedArticles(given, (id) => index.article(id)));
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
    return found(await answers?.get(id), 'stored answer', id);
  }

  const present = (id: string) => withIndex((index) => index.article(id));

  async function articleVersion(id: string, version: string): Promise<Article | undefined> {
    const stored = await answers?.article(id, version);
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

  const purge = createArticlePurge({
    answers,
    conversations: store.conversations,
    requests: store.requests,
    answerTimeoutMs: config.limits.answerTimeoutMs,
    onError: onStoreError,
  });
  const corpus = store.openCorpus({
    embeddings,
    purge,
    index: {
      sources: async () => (await unlessUnusable(withIndex((index) => index.sources(), latestIndex))) ?? [],
      articles: async () =>
        (await unlessUnusable(withIndex((index) => index.sourceArticles(), latestIndex))) ?? [],
      article: (id) => unlessUnusable(withIndex((index) => index.article(id), latestIndex)),
    },
  });

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
    copyGroup: (id) => withIndex(async (index) => (await index.copyGroups([id])).get(id)),
    passage: (id) => withIndex(async (index) => found((await index.passages([id]))[0], 'passage', id)),
    storedAnswer,
    verifyAnswer: async (given) => check(typeof given === 'string' ? await storedAnswer(given) : given),
    addFeedback: async (answerId, feedback) => {
      await found(answers, 'stored answer', answerId).addFeedback(answerId, feedback);
    },
    createConversation: conversations.create,
    conversation: conversations.get,
    deleteConversation: conversations.delete,
    async *feedback() {
      if (answers) yield* answers.feedback();
    },
    suggestions: (language) => withIndex((index) => suggested(index, language)),
    stats: () => withIndex(store.statistics),
    generation: () => withIndex((index) => Promise.resolve(index.generation)),
    ...(guard && { chatModel: () => ({ circuit: guard.state(), refusedCalls: guard.refused() }) }),
    ingest: corpus.ingest,
    admin: corpus.admin,
    follow: corpus.follow,
    resumeJobs: corpus.resumeJobs,
    ...(corpus.work && { work: corpus.work }),
    store,
    close: async () => {
      await corpus.close();
      await embeddings.close();
      await purge.close();
      await store.close();
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
