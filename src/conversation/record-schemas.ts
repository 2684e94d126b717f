import { z } from 'zod';

import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';
import { type Feedback, feedbackReasons } from '../domain/feedback.ts';
import { languages } from '../domain/language.ts';

// Members that are not named here are kept: they are part of what an answer's hash was made of.
const span = { start: z.int().min(0), end: z.int().min(0) };
const spanSchema = z.looseObject(span);
const language = z.enum(languages);
const verdict = z.enum(['supported', 'partial', 'unsupported', 'uncited']);
const judgedBy = z.literal('chat').exactOptional();
const optional = z.string().exactOptional();
const count = z.int().min(0);

const alsoIn = z
  .array(
    z.looseObject({
      articleId: z.string(),
      title: z.string(),
      publisher: optional,
      publishedAt: optional,
      passageId: z.string(),
    }),
  )
  .exactOptional();

const quoted = {
  articleId: z.string(),
  articleVersion: z.string(),
  passageId: z.string(),
  title: z.string(),
  publishedAt: optional,
  publisher: optional,
  sourceUrl: optional,
  quote: z.string(),
  source: spanSchema,
  links: z.looseObject({ passage: z.string(), reader: z.string(), original: optional }),
};

const citation = z.looseObject({
  ...quoted,
  n: z.int().min(1),
  alsoIn,
  translation: z
    .looseObject({ text: z.string(), language, by: z.literal('chat'), model: z.string() })
    .exactOptional(),
  answer: spanSchema,
  support: z.looseObject({ verdict, score: z.number(), judgedBy }),
});

const evidence = z.looseObject({
  passageId: z.string(),
  articleId: z.string(),
  articleVersion: z.string(),
  title: z.string(),
  publishedAt: optional,
  publisher: optional,
  language,
  score: z.number(),
  source: spanSchema,
  text: z.string(),
  alsoIn,
});

const receipt = z.looseObject({
  indexGeneration: z.string(),
  articleVersions: z.record(z.string(), z.string()),
  embeddingModel: z.string(),
  promptHash: optional,
  writer: z.enum(['extractive', 'chat']),
  model: optional,
  settings: z.looseObject({
    topK: z.int(),
    language,
    filters: z.looseObject({
      languages: z.array(language).exactOptional(),
      articleIds: z.array(z.string()).exactOptional(),
      publishers: z.array(z.string()).exactOptional(),
      publishedFrom: optional,
      publishedTo: optional,
    }),
    strict: z.boolean(),
    temperature: z.number().exactOptional(),
  }),
  createdAt: z.string(),
  sha256: z.string(),
});

/** An answer as JSON: that of this server, or of a file that somebody brings. */
export const answerSchema: z.ZodType<Answer> = z.looseObject({
  id: z.string().min(1),
  conversationId: optional,
  question: z.string(),
  standaloneQuestion: z.string(),
  language,
  outcome: z.enum(['answered', 'partial', 'declined']),
  text: z.string(),
  unanswered: z.array(z.string()),
  nearest: z.array(z.looseObject({ ...quoted, language })),
  asOf: optional,
  abstained: z.boolean(),
  degraded: z.boolean(),
  citations: z.array(citation),
  sentences: z.array(z.looseObject({ ...span, verdict, judgedBy, citations: z.array(z.int().min(1)) })),
  evidence: z.array(evidence),
  summary: z.looseObject({
    supported: count,
    partial: count,
    unsupported: count,
    uncited: count,
    droppedCitations: count,
    removedSentences: count,
  }),
  receipt,
});

/** An article version as stored. */
export const articleSchema: z.ZodType<Article> = z.object({
  id: z.string(),
  version: z.string(),
  title: z.string(),
  language,
  publishedAt: optional,
  sourceUrl: optional,
  publisher: optional,
  author: optional,
  sources: z.array(z.string()).exactOptional(),
  text: z.string(),
  headings: z.array(z.object({ ...span, level: z.int().min(1).max(6) })),
});

/** What a reader sends about an answer. */
export const feedbackSchema: z.ZodType<Feedback> = z.object({
  rating: z.enum(['up', 'down']),
  reason: z.enum(feedbackReasons).exactOptional(),
  comment: z
    .string()
    .trim()
    .max(2_000)
    // A lone surrogate can neither be stored nor sent as UTF-8.
    .refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode')
    .exactOptional(),
});
