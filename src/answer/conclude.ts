import type { Answer, WriterName } from '../domain/answer.ts';
import type { Citation } from '../domain/citation.ts';
import { decompose } from '../retrieve/decompose.ts';
import type { RetrievedJob } from './answer-job.ts';
import { nearestArticles } from './nearest.ts';
import { notSaid, phrases } from './phrases.ts';
import { isBelieved } from './rank-candidates.ts';
import { sourceKey } from './source-sentence.ts';

/** How an answer ends: what was not answered, and what the articles say near it. */
export interface Conclusion extends Pick<Answer, 'outcome' | 'unanswered' | 'nearest'> {
  /** What Footnote says of it itself, where there is something to say. */
  readonly remark?: string;
}

type ConcludedJob = Pick<
  RetrievedJob,
  | 'request'
  | 'meantQuestion'
  | 'questions'
  | 'questionLanguage'
  | 'language'
  | 'evidence'
  | 'candidates'
  | 'parts'
>;

/** Concludes from what was written which of the three outcomes the answer has. */
export function conclude(options: {
  readonly job: ConcludedJob;
  readonly citations: readonly Citation[];
  /** Whether the reply has a sentence. */
  readonly isWritten: boolean;
  readonly writer: WriterName;
}): Conclusion {
  const { job, citations, isWritten } = options;
  const { candidates, evidence, language, questionLanguage } = job;
  const cited = new Set(
    citations.map(({ articleId, source }) => `${articleId}:${source.start}-${source.end}`),
  );
  if (!isWritten) {
    const nearest = nearestArticles({ candidates, evidence, questionLanguage, cited });
    return { outcome: 'declined', unanswered: [], nearest, remark: phrases.abstained[language] };
  }
  const open = cited.size === 0 ? [] : openParts(options, cited);
  if (open.length === 0) return { outcome: 'answered', unanswered: [], nearest: [] };
  const wordings = asTyped(job);
  const unanswered = open.map((part) => wordings[part] ?? '');
  const ofOpenParts = open.flatMap((part) => job.parts[part] ?? []);
  const nearest = nearestArticles({ candidates: ofOpenParts, evidence, questionLanguage, cited });
  return { outcome: 'partial', unanswered, nearest, remark: notSaid(unanswered, language) };
}

/** The positions of the parts without a sentence that answers them; none where the question has one part only. */
function openParts(
  { job: { parts }, writer }: Parameters<typeof conclude>[0],
  cited: ReadonlySet<string>,
): number[] {
  if (parts.length < 2) return [];
  // A model may well read an answer out of a sentence that the rules do not believe in.
  const isCited = (index: number) =>
    writer === 'chat' && Array.from(cited).some((key) => partOf(key, parts) === index);
  return parts.flatMap((part, index) => (isBelieved(part) || isCited(index) ? [] : [index]));
}

/** The part that a cited sentence answers best. */
function partOf(key: string, parts: ConcludedJob['parts']): number {
  const beliefs = parts.map((part) => part.find((one) => sourceKey(one) === key)?.belief ?? -1);
  return beliefs.indexOf(Math.max(...beliefs));
}

/** The parts in the user's own words, without mended typing errors, as far as they can be told. */
function asTyped({ request, meantQuestion, questionLanguage, questions }: ConcludedJob): readonly string[] {
  if (meantQuestion !== request.question) return questions;
  const typed = decompose(request.question, questionLanguage);
  return typed.length === questions.length ? typed : questions;
}
