import { z } from 'zod';

import type { Answer } from '../../src/domain/answer.ts';
import { languages } from '../../src/domain/language.ts';

const span = z.strictObject({ start: z.int().min(0), end: z.int().min(0) });
const language = z.enum(languages);
const verdict = z.enum(['supported', 'partial', 'unsupported', 'uncited']);
const judgedBy = z.literal('chat').exactOptional();
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const hash = z.string().regex(/^[0-9a-f]{64}$/u);
const date = z.iso.date().exactOptional();
const optionalText = z.string().min(1).exactOptional();

const alsoIn = z
  .array(
    z.strictObject({
      articleId: z.string().min(1),
      title: z.string().min(1),
      publisher: optionalText,
      publishedAt: date,
      passageId: z.string().min(1),
    }),
  )
  .min(1)
  .exactOptional();

const citationSchema = z.strictObject({
  n: z.int().min(1),
  articleId: z.string().min(1),
  articleVersion: hash,
  passageId: z.string().min(1),
  title: z.string().min(1),
  publishedAt: date,
  publisher: optionalText,
  sourceUrl: z.url().exactOptional(),
  alsoIn,
  quote: z.string().min(1),
  translation: z
    .strictObject({ text: z.string().min(1), language, by: z.literal('chat'), model: z.string().min(1) })
    .exactOptional(),
  source: span,
  answer: span,
  support: z.strictObject({ verdict, score: share, judgedBy }),
  links: z.strictObject({ passage: z.string(), reader: z.string(), original: z.url().exactOptional() }),
});

const nearestSchema = z.strictObject({
  ...citationSchema.pick({
    articleId: true,
    articleVersion: true,
    passageId: true,
    title: true,
    publishedAt: true,
    publisher: true,
    sourceUrl: true,
    quote: true,
    source: true,
    links: true,
  }).shape,
  language,
});

const sentenceSchema = z.strictObject({
  ...span.shape,
  verdict,
  judgedBy,
  citations: z.array(z.int().min(1)),
});

const evidenceSchema = z.strictObject({
  passageId: z.string().min(1),
  articleId: z.string().min(1),
  articleVersion: hash,
  title: z.string().min(1),
  publishedAt: date,
  publisher: optionalText,
  language,
  score: z.number(),
  source: span,
  text: z.string().min(1),
  alsoIn,
});

const filtersSchema = z.strictObject({
  languages: z.array(language).exactOptional(),
  articleIds: z.array(z.string()).exactOptional(),
  publishers: z.array(z.string()).exactOptional(),
  publishedFrom: date,
  publishedTo: date,
});

/** The answer resource as it travels. A member that is not documented fails. */
export const answerSchema: z.ZodType<Answer> = z.strictObject({
  id: z.uuid(),
  conversationId: optionalText,
  question: z.string().min(1),
  standaloneQuestion: z.string().min(1),
  language,
  outcome: z.enum(['answered', 'partial', 'declined']),
  text: z.string().min(1),
  unanswered: z.array(z.string().min(1)),
  nearest: z.array(nearestSchema).max(3),
  asOf: z.iso.date().exactOptional(),
  abstained: z.boolean(),
  degraded: z.boolean(),
  citations: z.array(citationSchema),
  sentences: z.array(sentenceSchema),
  evidence: z.array(evidenceSchema),
  summary: z.strictObject({
    supported: count,
    partial: count,
    unsupported: count,
    uncited: count,
    droppedCitations: count,
    removedSentences: count,
  }),
  receipt: z.strictObject({
    indexGeneration: z.string().min(1),
    articleVersions: z.record(z.string(), hash),
    embeddingModel: z.string().min(1),
    promptHash: hash.exactOptional(),
    writer: z.enum(['extractive', 'chat']),
    model: optionalText,
    settings: z.strictObject({
      topK: z.int().min(1).max(50),
      language,
      filters: filtersSchema,
      strict: z.boolean(),
      temperature: z.number().exactOptional(),
    }),
    createdAt: z.iso.datetime(),
    sha256: hash,
  }),
});

/** The events of a streamed answer as they travel. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('answer-start'),
    id: z.uuid(),
    question: z.string(),
    standaloneQuestion: z.string(),
    language,
  }),
  z.strictObject({ type: z.literal('evidence'), evidence: z.array(evidenceSchema) }),
  z.strictObject({ type: z.literal('text-delta'), delta: z.string() }),
  z.strictObject({ type: z.literal('citation'), citation: citationSchema }),
  z.strictObject({ type: z.literal('sentence-verdict'), sentence: sentenceSchema }),
  z.strictObject({
    type: z.literal('answer-end'),
    answer: answerSchema,
    usage: z.strictObject({ inputTokens: count, outputTokens: count }).exactOptional(),
  }),
  z.strictObject({
    type: z.literal('error'),
    problem: z.looseObject({ type: z.string(), title: z.string(), status: z.int() }),
  }),
]);

/** An event as a client sees it. */
export type ReceivedEvent = z.infer<typeof eventSchema>;

const metadata = {
  id: z.string(),
  version: hash,
  title: z.string().min(1),
  language,
  publishedAt: date,
  sourceUrl: z.url().exactOptional(),
  publisher: optionalText,
  author: optionalText,
  sources: z.array(z.string()).exactOptional(),
};

/** `GET /api/articles/:id`. */
export const articleSchema = z.strictObject({
  ...metadata,
  text: z.string(),
  headings: z.array(z.strictObject({ ...span.shape, level: z.int().min(1).max(6) })),
});

/** `GET /api/articles`. */
export const articlesSchema = z.strictObject({
  articles: z.array(z.strictObject({ ...metadata, length: z.int().min(1) })),
});

/** `GET /api/passages/:id`. */
export const passageSchema = z.strictObject({
  passage: z.strictObject({
    ...span.shape,
    id: z.string(),
    articleId: z.string(),
    articleVersion: hash,
    sentences: z.array(z.strictObject({ ...span.shape, heading: z.literal(true).exactOptional() })),
    headingPath: z.array(z.string()),
  }),
  article: z.strictObject(metadata),
  text: z.string(),
});

/** `POST /api/search`. */
export const searchSchema = z.strictObject({
  results: z.array(
    z.strictObject({
      articleId: z.string(),
      articleVersion: hash,
      passageId: z.string(),
      title: z.string(),
      language,
      publishedAt: date,
      publisher: optionalText,
      score: z.number(),
      text: z.string(),
      source: span,
    }),
  ),
});
