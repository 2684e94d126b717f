import type { Answer, AnswerEvidence, AnswerSentence } from '../domain/answer.ts';
import type { Citation, Verdict } from '../domain/citation.ts';
import { type Evidence, toAlsoIn } from '../domain/evidence.ts';
import type { RetrievedJob } from './answer-job.ts';
import type { Conclusion } from './conclude.ts';
import { findConflicts } from './conflict/find-conflicts.ts';
import { sealAnswer } from './receipt.ts';
import type { Writer } from './writer.ts';

/** Builds the answer resource from what was written. */
export function finishAnswer(options: {
  readonly job: RetrievedJob;
  /** The job's evidence as the answer shows it. */
  readonly evidence: readonly AnswerEvidence[];
  readonly text: string;
  readonly conclusion: Conclusion;
  readonly degraded: boolean;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly droppedCitations: number;
  readonly removedSentences: number;
  readonly author: Writer | undefined;
}): Answer {
  const { job, author, sentences, citations } = options;
  const { request } = job;
  const { outcome, unanswered, nearest } = options.conclusion;
  return sealAnswer({
    id: job.id,
    ...(request.conversationId !== undefined && { conversationId: request.conversationId }),
    question: request.question,
    standaloneQuestion: job.standaloneQuestion,
    language: job.language,
    outcome,
    text: options.text,
    unanswered,
    nearest,
    ...asOf(job, citations),
    abstained: outcome === 'declined',
    degraded: options.degraded,
    citations,
    sentences,
    evidence: options.evidence,
    summary: {
      ...countVerdicts(sentences),
      droppedCitations: options.droppedCitations,
      removedSentences: options.removedSentences,
    },
    receipt: {
      indexGeneration: job.index.generation.id,
      articleVersions: Object.fromEntries(job.evidence.map(({ article }) => [article.id, article.version])),
      embeddingModel: job.index.generation.embeddingModel,
      ...(author?.promptHash !== undefined && { promptHash: author.promptHash }),
      writer: author?.name ?? 'extractive',
      ...(author?.model !== undefined && { model: author.model }),
      settings: {
        topK: job.topK,
        language: job.language,
        filters: job.filters,
        strict: request.strict ?? false,
        ...(author?.temperature !== undefined && { temperature: author.temperature }),
      },
      createdAt: job.createdAt.toISOString(),
    },
  });
}

/** A retrieved passage as the answer shows it. */
export function toAnswerEvidence({ passage, article, text, score, alsoIn }: Evidence): AnswerEvidence {
  return {
    passageId: passage.id,
    articleId: article.id,
    articleVersion: article.version,
    title: article.title,
    ...(article.publishedAt !== undefined && { publishedAt: article.publishedAt }),
    ...(article.publisher !== undefined && { publisher: article.publisher }),
    language: article.language,
    score,
    source: { start: passage.start, end: passage.end },
    text,
    ...(alsoIn && { alsoIn: alsoIn.map(toAlsoIn) }),
  };
}

function asOf({ time, candidates }: RetrievedJob, citations: readonly Citation[]): { asOf?: string } {
  const cited = candidates.filter(({ evidence, sentence }) =>
    citations.some((one) => one.articleId === evidence.article.id && one.source.start === sentence.start),
  );
  if (time.recency !== 'latest' && findConflicts(cited).length === 0) return {};
  // The newest of the values leads.
  const leading = citations[0]?.publishedAt;
  return leading === undefined ? {} : { asOf: leading };
}

function countVerdicts(sentences: readonly AnswerSentence[]) {
  const count = (verdict: Verdict) => sentences.filter((sentence) => sentence.verdict === verdict).length;
  return {
    supported: count('supported'),
    partial: count('partial'),
    unsupported: count('unsupported'),
    uncited: count('uncited'),
  };
}
