import { decompose } from '../retrieve/decompose.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { RetrievalRequest, Retriever } from '../retrieve/retriever.ts';
import type { RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { collectCandidates } from './candidate.ts';
import { previousQuestion } from './follow-up.ts';
import { rankCandidates } from './rank-candidates.ts';

/** Retrieves for each part of the question, and ranks the sentences that may answer it. */
export async function gatherEvidence(options: {
  readonly job: UnderstoodJob;
  readonly retriever: Retriever;
  readonly signal?: AbortSignal;
}): Promise<RetrievedJob> {
  const { job, retriever, signal } = options;
  const { language, context, topK } = job;
  const questions = decompose(job.meantQuestion, language);
  const conversation = questions.length > 1 ? undefined : conversationQuery(job);
  const results = await Promise.all(
    questions.map(async (question) => {
      const request: RetrievalRequest = {
        question,
        language,
        topK,
        ...(context !== undefined && { context }),
        ...(conversation !== undefined && { inConversation: conversation }),
        ...(job.request.filters && { filters: job.request.filters }),
        ...(signal && { signal }),
      };
      const pool = await retriever.retrieve(job.index, request);
      return { pool, candidates: rankCandidates(collectCandidates(question, language, pool, context)) };
    }),
  );
  const parts = results.map(({ candidates }) => candidates);
  const candidates = parts.flat().toSorted((a, b) => b.belief - a.belief);
  const evidence = interleave(results.map(({ pool }) => pool)).slice(0, topK);
  return { ...job, evidence, candidates, parts };
}

/** What is searched for beside the question: the question as asked, or the turn before it with the question. */
function conversationQuery({ request, meantQuestion }: UnderstoodJob): string | undefined {
  if (meantQuestion !== request.question) return request.question;
  const previous = previousQuestion(request.history ?? []);
  return previous === undefined ? undefined : `${previous} ${request.question}`;
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
