import { passageLink, readerLink } from '../../answer/links.ts';
import { sealAnswer } from '../../answer/receipt.ts';
import type { AnswerCheck } from '../../domain/answer-check.ts';
import type { AnswerEvent } from '../../domain/answer-event.ts';
import type { Answer, AnswerEvidence } from '../../domain/answer.ts';
import type { Article, ArticleSummary } from '../../domain/article.ts';
import type { Citation } from '../../domain/citation.ts';
import { sha256 } from '../../domain/fingerprint.ts';
import { passageId } from '../../domain/passage.ts';
import type { GenerationInfo, StoredPassage } from '../../domain/ports.ts';
import { formatServerSentEvent } from '../sse/format-event.ts';

const quote = 'The lighthouse of Lantern Island was built in 1904.';
const text = `${quote} Its lamp can be seen from 27 kilometres away.`;

const summary: ArticleSummary = {
  id: 'lighthouse',
  version: sha256(text),
  title: 'Lantern Island restores its lighthouse',
  language: 'en',
  publishedAt: '2022-09-30',
  publisher: 'Bay Courier',
  length: text.length,
};
const { length: _length, ...metadata } = summary;

const article: Article = { ...metadata, text, headings: [] };

const copy: ArticleSummary = {
  ...summary,
  id: 'lighthouse-weekly',
  publishedAt: '2022-09-28',
  publisher: 'Harbour Weekly',
};
const articleWithCopies = { ...article, copies: { leader: summary, others: [copy] } };

const passageSpan = { start: 0, end: text.length };
const quoteSpan = { start: 0, end: quote.length };
const passage: StoredPassage = {
  passage: {
    ...passageSpan,
    id: passageId(article, passageSpan),
    articleId: article.id,
    articleVersion: article.version,
    sentences: [quoteSpan, { start: quote.length + 1, end: text.length }],
    headingPath: [],
  },
  article: metadata,
  text,
};

const evidence: AnswerEvidence = {
  passageId: passage.passage.id,
  articleId: article.id,
  articleVersion: article.version,
  title: article.title,
  publishedAt: '2022-09-30',
  publisher: 'Bay Courier',
  language: 'en',
  score: 0.93,
  source: passageSpan,
  text,
};

const { language: _language, score: _score, text: _text, ...place } = evidence;
const citation: Citation = {
  n: 1,
  ...place,
  quote,
  source: quoteSpan,
  answer: quoteSpan,
  support: { verdict: 'supported', score: 1 },
  links: { passage: passageLink(evidence.passageId), reader: readerLink(article.id, quoteSpan) },
};

const question = 'When was the lighthouse of Lantern Island built?';
const createdAt = '2026-01-02T03:04:05.678Z';

// Sealed like every answer, so that a reader can try the hash on it.
const answer: Answer = sealAnswer({
  id: '4a1f6a0e-0d3e-4a6e-8c55-3f6f3c1b9d10',
  question,
  standaloneQuestion: question,
  language: 'en',
  outcome: 'answered',
  text: `${quote} [1]`,
  unanswered: [],
  nearest: [],
  abstained: false,
  degraded: false,
  citations: [citation],
  sentences: [{ ...quoteSpan, verdict: 'supported', citations: [1] }],
  evidence: [evidence],
  summary: {
    supported: 1,
    partial: 0,
    unsupported: 0,
    uncited: 0,
    droppedCitations: 0,
    removedSentences: 0,
  },
  receipt: {
    indexGeneration: '20260101T120000000Z-1a2b3c4d',
    articleVersions: { [article.id]: article.version },
    embeddingModel: 'bundled:all-MiniLM-L6-v2-int8',
    writer: 'extractive',
    settings: { topK: 8, language: 'en', filters: {}, strict: false },
    createdAt,
  },
});

const check: AnswerCheck = {
  answerId: answer.id,
  holds: true,
  hash: 'ok',
  citations: [
    {
      n: 1,
      articleId: article.id,
      articleVersion: article.version,
      status: 'exact',
      present: { status: 'same', version: article.version },
    },
  ],
  nearest: [],
  sentences: [{ index: 0, verdict: 'supported', before: 'supported', holds: true }],
  checkedAt: '2026-02-03T04:05:06.789Z',
};

const generation: GenerationInfo = {
  id: answer.receipt.indexGeneration,
  createdAt: '2026-01-01T12:00:00.000Z',
  embeddingModel: answer.receipt.embeddingModel,
  dimensions: 384,
  articles: 1,
  passages: 1,
  languages: { en: 1 },
};

const events: readonly AnswerEvent[] = [
  { type: 'answer-start', id: answer.id, question, standaloneQuestion: question, language: 'en' },
  { type: 'evidence', evidence: [evidence] },
  { type: 'text-delta', delta: answer.text },
  { type: 'citation', citation },
  { type: 'sentence-verdict', sentence: { ...quoteSpan, verdict: 'supported', citations: [1] } },
  { type: 'answer-end', answer },
];

const { source: _source, ...found } = evidence;

/** One small article, and everything that the API says of it. */
export const examples = {
  answer,
  answerRequest: { question },
  answerStream: events
    .map((event, index) =>
      formatServerSentEvent({ id: String(index + 1), event: event.type, data: JSON.stringify(event) }),
    )
    .join(''),
  article: articleWithCopies,
  articles: { articles: [summary] },
  check,
  feedback: { rating: 'up' },
  passage,
  question,
  readiness: { status: 'ready', generation },
  search: { query: 'lighthouse', topK: 3 },
  searchResults: { results: [{ ...found, source: passageSpan }] },
  suggestions: { suggestions: [question] },
} as const;
