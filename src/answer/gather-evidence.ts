import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { words } from '../domain/text/words.ts';
import { decompose } from '../retrieve/decompose.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { RetrievalRequest, Retriever } from '../retrieve/retriever.ts';
import { isStopWord } from '../retrieve/stop-words.ts';
import { timePool } from '../retrieve/time/time-score.ts';
import { factorOf, saysWhen, type TimeSearch } from '../retrieve/time/time-search.ts';
import type { RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { collectCandidates } from './candidate.ts';
import { previousQuestion } from './follow-up.ts';
import { oddsOf, type RankedCandidate, rankCandidates } from './rank-candidates.ts';

/** Retrieves for each part of the question, and ranks the sentences that may answer it. */
export async function gatherEvidence(options: {
  readonly job: UnderstoodJob;
  readonly retriever: Retriever;
  /** Mends the typing errors of a question, see `correctTypos`. */
  readonly correct: (index: PassageIndex, question: string, language: Language) => Promise<string>;
  readonly signal?: AbortSignal;
}): Promise<RetrievedJob> {
  const { job, retriever, correct, signal } = options;
  const { questionLanguage: language, context, topK } = job;
  const meant = await correct(job.index, job.meantQuestion, language);
  const time = { intent: job.time, now: job.now };
  const questions = decompose(meant, language);
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
        filters: job.filters,
        ...(signal && { signal }),
      };
      const pool = await retriever.retrieve(job.index, request);
      const ranked = hasTopic(question, language, context)
        ? rankCandidates(collectCandidates(question, language, pool, context))
        : [];
      return { pool, candidates: orderByTime(ranked, time) };
    }),
  );
  const parts = results.map(({ candidates }) => candidates);
  const candidates = parts.flat().toSorted((a, b) => b.belief - a.belief);
  const evidence = interleave(results.map(({ pool }) => pool)).slice(0, topK);
  return { ...job, evidence, candidates, questions, parts };
}

/** A question of function words and signs alone asks for nothing that an article could hold. */
function hasTopic(question: string, language: Language, context: string | undefined): boolean {
  return words(`${context ?? ''} ${question}`).some(
    ({ text }) => /\p{L}{2}/u.test(text) && !isStopWord(text, language),
  );
}

/** Moves up what fits the time that the question speaks of. Beliefs stay: time does not make an answer. */
function orderByTime(candidates: readonly RankedCandidate[], time: TimeSearch): RankedCandidate[] {
  if (!saysWhen(time)) return [...candidates];
  const pool = timePool(candidates.map(({ evidence }) => evidence.article.publishedAt));
  const weight = (candidate: RankedCandidate) =>
    oddsOf(candidate.belief) * factorOf(candidate.evidence, candidate.text, time, pool) ** 2;
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
