import { decompose } from '../retrieve/decompose.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { RetrievalRequest, Retriever } from '../retrieve/retriever.ts';
import { timePool } from '../retrieve/time/time-score.ts';
import { factorOf, saysWhen, type TimeSearch, withTimeFilters } from '../retrieve/time/time-search.ts';
import type { RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { collectCandidates } from './candidate.ts';
import { previousQuestion } from './follow-up.ts';
import { type RankedCandidate, rankCandidates } from './rank-candidates.ts';

/** Retrieves for each part of the question, and ranks the sentences that may answer it. */
export async function gatherEvidence(options: {
  readonly job: UnderstoodJob;
  readonly retriever: Retriever;
  readonly signal?: AbortSignal;
}): Promise<RetrievedJob> {
  const { job, retriever, signal } = options;
  const { language, context, topK } = job;
  const time = { intent: job.time, now: job.now };
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
        time,
        filters: withTimeFilters(job.request.filters, job.time),
        ...(signal && { signal }),
      };
      const pool = await retriever.retrieve(job.index, request);
      const ranked = rankCandidates(collectCandidates(question, language, pool, context));
      return { pool, candidates: orderByTime(ranked, time) };
    }),
  );
  const parts = results.map(({ candidates }) => candidates);
  const candidates = parts.flat().toSorted((a, b) => b.belief - a.belief);
  const evidence = interleave(results.map(({ pool }) => pool)).slice(0, topK);
  return { ...job, evidence, candidates, questions, parts };
}

/** Moves up what fits the time that the question speaks of. Beliefs stay: time does not make an answer. */
function orderByTime(candidates: readonly RankedCandidate[], time: TimeSearch): RankedCandidate[] {
  if (!saysWhen(time)) return [...candidates];
  const pool = timePool(candidates.map(({ evidence }) => evidence.article.publishedAt));
  const weight = (candidate: RankedCandidate) =>
    (candidate.belief / (1 - candidate.belief)) *
    factorOf(candidate.evidence, candidate.text, time, pool) ** 2;
  return candidates
    .map((candidate) => ({ candidate, weight: weight(candidate) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ candidate }) => candidate);
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
