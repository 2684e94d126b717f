import type { Answer, AnswerEvidence, AnswerSentence, AnswerSummary } from '../domain/answer.ts';
import type { Citation, Verdict } from '../domain/citation.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { RetrievedJob } from './answer-job.ts';
import { sealAnswer } from './receipt.ts';
import type { Writer } from './writer.ts';

/** Builds the answer resource from what was written. */
export function finishAnswer(options: {
  readonly job: RetrievedJob;
  readonly text: string;
  readonly abstained: boolean;
  readonly degraded: boolean;
  readonly sentences: readonly AnswerSentence[];
  readonly citations: readonly Citation[];
  readonly droppedCitations: number;
  readonly author: Writer | undefined;
}): Answer {
  const { job, author, sentences, droppedCitations } = options;
  const { request, evidence } = job;
  return sealAnswer({
    id: job.id,
    ...(request.conversationId !== undefined && { conversationId: request.conversationId }),
    question: request.question,
    standaloneQuestion: job.standaloneQuestion,
    language: job.language,
    text: options.text,
    abstained: options.abstained,
    degraded: options.degraded,
    citations: options.citations,
    sentences,
    evidence: evidence.map(toAnswerEvidence),
    summary: summarise(sentences, droppedCitations),
    receipt: {
      indexGeneration: job.index.generation.id,
      articleVersions: Object.fromEntries(evidence.map(({ article }) => [article.id, article.version])),
      embeddingModel: job.index.generation.embeddingModel,
      ...(author?.promptHash !== undefined && { promptHash: author.promptHash }),
      writer: author?.name ?? 'extractive',
      ...(author?.model !== undefined && { model: author.model }),
      settings: {
        topK: job.topK,
        language: job.language,
        filters: request.filters ?? {},
        ...(author?.temperature !== undefined && { temperature: author.temperature }),
      },
      createdAt: job.createdAt.toISOString(),
    },
  });
}

/** A retrieved passage as the answer shows it. */
export function toAnswerEvidence({ passage, article, text, score }: Evidence): AnswerEvidence {
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
  };
}

function summarise(sentences: readonly AnswerSentence[], droppedCitations: number): AnswerSummary {
  const count = (verdict: Verdict) => sentences.filter((sentence) => sentence.verdict === verdict).length;
  return {
    supported: count('supported'),
    partial: count('partial'),
    unsupported: count('unsupported'),
    uncited: count('uncited'),
    droppedCitations,
  };
}
