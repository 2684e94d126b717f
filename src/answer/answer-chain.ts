import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';

import type { AnswerEvent } from '../domain/answer-event.ts';
import { detectLanguage } from '../domain/text/detect-language.ts';
import type { Retriever } from '../retrieve/retriever.ts';
import type { AnswerJob, RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { AnswerWriting } from './answer-writing.ts';
import { collectCandidates } from './candidate.ts';
import { previousQuestion, standaloneByRule } from './follow-up.ts';
import { rankCandidates } from './rank-candidates.ts';
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
  readonly extractive: Writer;
  /** Writes in place of the extractive writer, which steps in when it fails. */
  readonly chat?: Writer;
  readonly rewrite?: RewriteQuestion;
}

/**
 * The chain that answers: understand → retrieve → write, resolve and verify.
 *
 * Streamed, it yields the answer's events in order (see {@link AnswerEvent}).
 */
export function createAnswerChain(options: AnswerChainOptions): Runnable<AnswerJob, AnswerEvent> {
  const { retriever, extractive, chat, rewrite } = options;

  async function understand(job: AnswerJob, { signal }: RunnableConfig): Promise<UnderstoodJob> {
    const { question, history = [] } = job.request;
    const language = job.request.language ?? job.defaultLanguage ?? detectLanguage(question);
    const byRule = standaloneByRule(question, history, language);
    if (!rewrite || history.length === 0) return { ...job, language, standaloneQuestion: byRule };
    try {
      const abort = signal ? { signal } : {};
      return {
        ...job,
        language,
        standaloneQuestion: await rewrite({ question, history, language, ...abort }),
      };
    } catch (error) {
      // A caller that left needs no answer; a model that failed does not keep the rules from working.
      if (signal?.aborted) throw error;
      return { ...job, language, standaloneQuestion: byRule };
    }
  }

  async function retrieve(job: UnderstoodJob, { signal }: RunnableConfig): Promise<RetrievedJob> {
    const { language, standaloneQuestion, topK, request } = job;
    const abort = signal ? { signal } : {};
    const rewritten = standaloneQuestion !== request.question;
    const previous = previousQuestion(request.history ?? []);
    const evidence = await retriever.retrieve(job.index, {
      question: request.question,
      standaloneQuestion,
      language,
      // A rewritten question is searched for beside the original one, as is the turn before it otherwise.
      ...(rewritten
        ? { inConversation: standaloneQuestion }
        : previous !== undefined && { inConversation: `${previous} ${request.question}` }),
      ...(request.filters && { filters: request.filters }),
      topK,
      ...abort,
    });
    const candidates = rankCandidates(collectCandidates(standaloneQuestion, language, evidence));
    return { ...job, evidence, candidates };
  }

  return RunnableLambda.from(understand)
    .withConfig({ runName: 'understand' })
    .pipe(RunnableLambda.from(retrieve).withConfig({ runName: 'retrieve' }))
    .pipe(new AnswerWriting({ extractive, chat }));
}
