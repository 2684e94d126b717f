import { type Language, languages } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { words } from '../domain/text/words.ts';
import { decompose } from '../retrieve/decompose.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { RetrievalRequest, Retriever, Translations } from '../retrieve/retriever.ts';
import { isStopWord } from '../retrieve/stop-words.ts';
import { timePool } from '../retrieve/time/time-score.ts';
import { factorOf, saysWhen, type TimeSearch } from '../retrieve/time/time-search.ts';
import { withoutTime } from '../retrieve/time/without-time.ts';
import type { RetrievedJob, UnderstoodJob } from './answer-job.ts';
import { collectCandidates } from './candidate.ts';
import { contextByRule, previousQuestion } from './follow-up.ts';
import { isBelieved, type RankedCandidate, rankCandidates } from './rank-candidates.ts';

/** Retrieves for each part of the question, and ranks the sentences that may answer it. */
export async function gatherEvidence(options: {
  readonly job: UnderstoodJob;
  readonly retriever: Retriever;
  /** Mends the typing errors of a question, see `correctTypos`. */
  readonly correct: (index: PassageIndex, question: string, language: Language) => Promise<string>;
  readonly signal?: AbortSignal;
}): Promise<RetrievedJob> {
  const { job, retriever, correct, signal } = options;
  const { questionLanguage: language, topK } = job;
  const meant = await correct(job.index, job.meantQuestion, language);
  const time = { intent: job.time, now: job.now };
  const questions = decompose(meant, language);
  const translations = translationsOfParts(job.translations, questions.length);
  const results = await Promise.all(
    questions.map(async (question, part) => {
      const earlier = contextOfPart(questions, part, language);
      const context = job.context ?? earlier;
      const conversation =
        questions.length === 1 ? conversationQuery(job) : earlier && `${earlier} ${question}`;
      // What a part leaves to another is not in its translation either; the glossary knows the context.
      const translated = context === undefined ? translations[part] : undefined;
      const find = async (asked: string, translation?: Translations) => {
        const request: RetrievalRequest = {
          question: asked,
          language,
          topK,
          ...(context !== undefined && { context }),
          ...(conversation !== undefined && { inConversation: conversation }),
          ...(translation && { translations: translation }),
          time,
          filters: job.filters,
          ...(signal && { signal }),
        };
        const pool = await retriever.retrieve(job.index, request);
        const ranked = hasTopic(asked, language, context)
          ? rankCandidates(collectCandidates(asked, language, pool, context, translation))
          : [];
        return { pool, candidates: orderByTime(ranked, time) };
      };
      const found = await find(question, translated);
      const timeless = answersInTime(found.candidates, time)
        ? undefined
        : withoutTime(question, language, job.now);
      if (timeless === undefined) return found;
      const { pool, candidates } = await find(timeless);
      const fitting = candidates.filter((candidate) => fitsTime(candidate, time));
      return isBelieved(fitting) ? { pool, candidates: fitting } : found;
    }),
  );
  const evidence = interleave(results.map(({ pool }) => pool)).slice(0, topK);
  const shown = new Set(evidence.map(({ passage }) => passage.id));
  // What is cited is among the evidence.
  const parts = results.map(({ candidates }) =>
    candidates.filter((one) => shown.has(one.evidence.passage.id)),
  );
  const candidates = parts.flat().toSorted((a, b) => b.belief - a.belief);
  return { ...job, evidence, candidates, questions, parts };
}

/**
 * The translations of each part of a question: the translated question cut in the same way. A language is left out
 * where that gives another number of parts.
 */
function translationsOfParts(translations: Translations = {}, parts: number): readonly Translations[] {
  const cut = languages.flatMap((language) => {
    const translation = translations[language];
    if (translation === undefined) return [];
    const pieces = parts === 1 ? [translation] : decompose(translation, language);
    return pieces.length === parts ? [{ language, pieces }] : [];
  });
  return Array.from({ length: parts }, (_, part) =>
    Object.fromEntries(cut.map(({ language, pieces }) => [language, pieces[part]])),
  );
}

/** A later part may leave to the first what it is about: `…, and when was it adopted?` */
function contextOfPart(questions: readonly string[], part: number, language: Language): string | undefined {
  const [first] = questions;
  if (part === 0 || first === undefined) return undefined;
  return contextByRule(questions[part] ?? '', [{ role: 'user', content: first }], language);
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
    candidate.odds * factorOf(candidate.evidence, candidate.text, time, pool) ** 2;
  return candidates
    .map((candidate) => ({ candidate, weight: weight(candidate) }))
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ candidate }) => candidate);
}

/** Whether the best sentence answers and speaks for the time that is asked for, where one is. */
function answersInTime(candidates: readonly RankedCandidate[], time: TimeSearch): boolean {
  const [best] = candidates;
  if (time.intent.mentioned === undefined) return true;
  return best !== undefined && isBelieved(candidates) && fitsTime(best, time);
}

/** Whether a sentence or its article speaks for the time that is asked for. */
function fitsTime({ evidence, text }: RankedCandidate, time: TimeSearch): boolean {
  return factorOf(evidence, text, time, []) > 1;
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
