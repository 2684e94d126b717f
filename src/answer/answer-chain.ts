import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';

import type { AnswerEvent } from '../domain/answer-event.ts';
import type { Language } from '../domain/language.ts';
import { detectLanguage } from '../domain/text/detect-language.ts';
import type { Glossary } from '../retrieve/glossary.ts';
import type { Retriever } from '../retrieve/retriever.ts';
import { withTimeFilters } from '../retrieve/time/time-search.ts';
import { understandTime } from '../retrieve/time/understand-time.ts';
import type { AnswerJob, RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { AnswerWriting } from './answer-writing.ts';
import { contextByRule } from './follow-up.ts';
import { gatherEvidence } from './gather-evidence.ts';
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
  /** Compares replies with quotations in the other language. */
  readonly glossary: Glossary;
}

/**
 * The chain that answers: understand → retrieve → write, resolve and verify.
 *
 * Streamed, it yields the answer's events in order (see {@link AnswerEvent}).
 */
export function createAnswerChain(options: AnswerChainOptions): Runnable<AnswerJob, AnswerEvent> {
  const { retriever, correct, extractive, chat, rewrite, glossary } = options;

  async function understand(job: AnswerJob, { signal }: RunnableConfig): Promise<UnderstoodJob> {
    const { question, history = [] } = job.request;
    const questionLanguage = detectLanguage(question);
    const language = job.request.language ?? job.defaultLanguage ?? questionLanguage;
    const languages = { language, questionLanguage };
    const rewritten = await rewriteIfPossible(job, questionLanguage, signal);
    const narrowedBy = (text: string) => {
      const time = understandTime({ question: text, language: questionLanguage, now: job.now });
      return { time, filters: withTimeFilters(job.request.filters, time) };
    };
    if (rewritten !== undefined) {
      const asked = { meantQuestion: rewritten, standaloneQuestion: rewritten };
      return { ...job, ...languages, ...asked, ...narrowedBy(rewritten) };
    }
    const context = contextByRule(question, history, questionLanguage);
    const standaloneQuestion = context === undefined ? question : `${context} ${question}`;
    return {
      ...job,
      ...languages,
      meantQuestion: question,
      ...narrowedBy(standaloneQuestion),
      standaloneQuestion,
      ...(context !== undefined && { context }),
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

  return RunnableLambda.from(understand)
    .withConfig({ runName: 'understand' })
    .pipe(RunnableLambda.from(retrieve).withConfig({ runName: 'retrieve' }))
    .pipe(new AnswerWriting({ extractive, chat, glossary }));
}
