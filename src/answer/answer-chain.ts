import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';

import type { AnswerEvent } from '../domain/answer-event.ts';
import { inStage } from '../domain/answer-stage.ts';
import type { Language } from '../domain/language.ts';
import { detectLanguage } from '../domain/text/detect-language.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { Retriever } from '../retrieve/retriever.ts';
import { timeSearch, withTimeFilters } from '../retrieve/time/time-search.ts';
import type { AnswerJob, RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { AnswerWriting } from './answer-writing.ts';
import { contextByRule } from './follow-up.ts';
import { gatherEvidence } from './gather-evidence.ts';
import type { QuoteTranslator } from './translate-citations.ts';
import { translateQuestion, type TranslateQuestion } from './translate-question.ts';
import type { Writer } from './writer.ts';

/** Makes a follow-up question understandable by itself, with a chat model. */
export type RewriteQuestion = (input: {
  readonly question: string;
  readonly history: NonNullable<AnswerJob['request']['history']>;
  readonly language: UnderstoodJob['language'];
  readonly signal?: AbortSignal;
}) => Promise<string>;

/** The parts of the chain. */
export interface AnswerChainOptions {
  readonly retriever: Retriever;
  /** Mends typing errors before anything is searched for. */
  readonly correct: Parameters<typeof gatherEvidence>[0]['correct'];
  readonly extractive: Writer;
  /** Writes in place of the extractive writer, which steps in when it fails. */
  readonly chat?: Writer;
  readonly rewrite?: RewriteQuestion;
  /** Asks the articles of another language in their own. */
  readonly translate?: TranslateQuestion;
  /** Puts translations beside quotations that are not in the language of the reply. */
  readonly quoteTranslator?: QuoteTranslator;
  /** Compares replies with quotations in the other language. */
  readonly glossary: Glossary;
}

/**
 * The chain that answers: understand → retrieve → write, resolve and verify.
 *
 * Streamed, it yields the answer's events in order (see {@link AnswerEvent}).
 */
export function createAnswerChain(options: AnswerChainOptions): Runnable<AnswerJob, AnswerEvent> {
  const { retriever, correct, extractive, chat, rewrite, translate, quoteTranslator, glossary } = options;

  async function understand(job: AnswerJob, { signal }: RunnableConfig): Promise<UnderstoodJob> {
    const { question, history = [] } = job.request;
    const questionLanguage = detectLanguage(question);
    const language = job.request.language ?? job.defaultLanguage ?? questionLanguage;
    const rewritten = await rewriteIfPossible(job, questionLanguage, signal);
    const narrowedBy = async (text: string) => {
      const { intent } = await timeSearch({
        index: job.index,
        question: text,
        language: questionLanguage,
        now: job.now,
        glossary,
        ...(signal && { signal }),
      });
      return { time: intent, filters: withTimeFilters(job.request.filters, intent) };
    };
    const context = rewritten === undefined ? contextByRule(question, history, questionLanguage) : undefined;
    const meantQuestion = rewritten ?? question;
    const standaloneQuestion = context === undefined ? meantQuestion : `${context} ${question}`;
    // A model that has just failed to rewrite is not waited for again.
    const standsAlone = rewritten !== undefined || history.length === 0;
    const [narrowed, translations] = await Promise.all([
      narrowedBy(standaloneQuestion),
      translate && standsAlone
        ? translateQuestion({ job, question: meantQuestion, questionLanguage, translate, signal })
        : undefined,
    ]);
    return {
      ...job,
      language,
      questionLanguage,
      meantQuestion,
      ...narrowed,
      standaloneQuestion,
      ...(context !== undefined && { context }),
      ...(translations && { translations }),
    };
  }

  async function rewriteIfPossible(job: AnswerJob, language: Language, signal: AbortSignal | undefined) {
    const { question, history = [] } = job.request;
    if (!rewrite || history.length === 0) return undefined;
    try {
      return await rewrite({ question, history, language, ...(signal && { signal }) });
    } catch (error) {
      // A caller that left needs no answer; a model that failed does not keep the rules from working.
      if (signal?.aborted) throw error;
      return undefined;
    }
  }

  function retrieve(job: UnderstoodJob, { signal }: RunnableConfig): Promise<RetrievedJob> {
    return gatherEvidence({ job, retriever, correct, ...(signal && { signal }) });
  }

  const understanding = (job: AnswerJob, config: RunnableConfig) =>
    inStage(job.onStage, 'understand', () => understand(job, config));
  const retrieving = (job: UnderstoodJob, config: RunnableConfig) =>
    inStage(job.onStage, 'retrieve', () => retrieve(job, config));

  return RunnableLambda.from(understanding)
    .withConfig({ runName: 'understand' })
    .pipe(RunnableLambda.from(retrieving).withConfig({ runName: 'retrieve' }))
    .pipe(new AnswerWriting({ extractive, chat, glossary, quoteTranslator }));
}
