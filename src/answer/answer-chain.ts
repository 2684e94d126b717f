import { type Runnable, type RunnableConfig, RunnableLambda } from '@langchain/core/runnables';

import type { AnswerEvent } from '../domain/answer-event.ts';
import { detectLanguage } from '../domain/text/detect-language.ts';
import { decompose } from '../retrieve/decompose.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { RetrievalRequest, Retriever } from '../retrieve/retriever.ts';
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
    const questions = decompose(job.standaloneQuestion, job.language);
    const searches = questions.map((part) =>
      retriever.retrieve(job.index, searchFor(job, part, questions, signal)),
    );
    const pools = await Promise.all(searches);
    const parts = pools.map((pool, index) =>
      rankCandidates(collectCandidates(questions[index] ?? job.standaloneQuestion, job.language, pool)),
    );
    const candidates = parts.flat().toSorted((a, b) => b.belief - a.belief);
    return { ...job, evidence: interleave(pools).slice(0, job.topK), candidates, parts };
  }

  return RunnableLambda.from(understand)
    .withConfig({ runName: 'understand' })
    .pipe(RunnableLambda.from(retrieve).withConfig({ runName: 'retrieve' }))
    .pipe(new AnswerWriting({ extractive, chat }));
}

/** A part of a question is searched for as it is; a whole one together with what the conversation adds. */
function searchFor(
  { request, language, standaloneQuestion, topK }: UnderstoodJob,
  part: string,
  parts: readonly string[],
  signal: AbortSignal | undefined,
): RetrievalRequest {
  const common = {
    language,
    topK,
    ...(request.filters && { filters: request.filters }),
    ...(signal && { signal }),
  };
  if (parts.length > 1) return { ...common, question: part };
  const previous = previousQuestion(request.history ?? []);
  const isRewritten = standaloneQuestion !== request.question;
  return {
    ...common,
    question: request.question,
    standaloneQuestion,
    // A rewritten question is searched for beside the original one, as is the turn before it otherwise.
    ...(isRewritten
      ? { inConversation: standaloneQuestion }
      : previous !== undefined && { inConversation: `${previous} ${request.question}` }),
  };
}

/** The first of each pool, then the second of each, …; a passage only once. */
function interleave(pools: readonly (readonly MeasuredEvidence[])[]): MeasuredEvidence[] {
  const longest = Math.max(0, ...pools.map((pool) => pool.length));
  const byId = new Map<string, MeasuredEvidence>();
  for (let rank = 0; rank < longest; rank += 1) {
    for (const pool of pools) {
      const item = pool[rank];
      if (item && !byId.has(item.passage.id)) byId.set(item.passage.id, item);
    }
  }
  return Array.from(byId.values());
}
