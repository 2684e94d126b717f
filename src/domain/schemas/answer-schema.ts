import { z } from 'zod';

import { alsoIn, citationSchema, judgedBy, quotedMembers, verdictSchema } from './citation-schema.ts';
import {
  count,
  hash,
  id,
  instant,
  language,
  optionalDate,
  optionalText,
  spanMembers,
  spanSchema,
} from './parts.ts';

/** A sentence of the reply. */
export const answerSentenceSchema = z
  .object({
    ...spanMembers,
    verdict: verdictSchema,
    judgedBy,
    citations: z.array(z.int().min(1)).describe('Numbers of its footnotes, in the order of their markers'),
  })
  .meta({ id: 'AnswerSentence', description: 'A sentence of the reply: a span of `text` of the answer' });

/** A retrieved passage as the answer shows it. */
export const answerEvidenceSchema = z
  .object({
    passageId: id,
    articleId: id,
    articleVersion: hash,
    title: z.string().min(1),
    publishedAt: optionalDate,
    publisher: optionalText,
    language,
    score: z.number().describe('Relevance, comparable within one answer only'),
    source: spanSchema.describe('Where the passage stands in the text of its article'),
    text: z.string().min(1),
    alsoIn,
  })
  .meta({ id: 'AnswerEvidence', description: 'A retrieved passage' });

/** An article that comes near to what the articles do not answer. */
export const nearestSchema = z.object({ ...quotedMembers, language }).meta({
  id: 'NearestArticle',
  description:
    'An article that comes near to what the articles do not answer, with its sentence closest to the question',
});

/** What is needed to check an answer again later. */
export const receiptSchema = z
  .object({
    indexGeneration: z.string().min(1).describe('The state of the index that was answered from'),
    articleVersions: z
      .record(z.string(), hash)
      .describe('By id, the version of each article that the answer was made from: SHA-256 of its text'),
    embeddingModel: z.string().min(1),
    promptHash: hash
      .describe('SHA-256 of the prompts that the model was given; absent when no model wrote')
      .exactOptional(),
    writer: z.enum(['extractive', 'chat']),
    model: optionalText.describe('`<provider>:<model>`; absent when no model wrote'),
    settings: z.object({
      topK: z.int().min(1).max(50),
      language,
      filters: z.object({
        languages: z.array(language).exactOptional(),
        articleIds: z.array(z.string()).exactOptional(),
        publishers: z.array(z.string()).exactOptional(),
        publishedFrom: optionalDate,
        publishedTo: optionalDate,
      }),
      strict: z.boolean(),
      temperature: z.number().exactOptional(),
    }),
    createdAt: instant,
    sha256: hash.describe(
      'SHA-256, in hexadecimal, of the UTF-8 bytes of the canonical JSON (RFC 8785) of the answer without its members ' +
        '`id`, `receipt.createdAt` and `receipt.sha256`',
    ),
  })
  .meta({ id: 'Receipt', description: 'What is needed to check the answer again later' });

/** The answer resource as it travels. */
export const answerSchema = z
  .object({
    id,
    conversationId: optionalText,
    question: z.string().min(1),
    standaloneQuestion: z
      .string()
      .min(1)
      .describe('The question as it was searched for, understandable without the conversation'),
    language: language.describe('Language of the reply'),
    outcome: z
      .enum(['answered', 'partial', 'declined'])
      .describe('Whether the articles hold what was asked for: all of it, some of its parts, or none'),
    text: z
      .string()
      .min(1)
      .describe('The reply. Each cited sentence is followed by a space and its markers, such as ` [1][2]`'),
    unanswered: z.array(z.string().min(1)).describe('Parts of the question that the articles do not answer'),
    nearest: z
      .array(nearestSchema)
      .max(3)
      .describe('What the articles do say, best first, where `outcome` is not `answered`'),
    asOf: optionalDate.describe('Date of the article that leads the reply, where later changes would matter'),
    abstained: z.boolean().describe('True when `outcome` is `declined`'),
    degraded: z.boolean().describe('True when the chat model failed and the extractive writer took over'),
    citations: z.array(citationSchema),
    sentences: z.array(answerSentenceSchema).describe('The sentences of `text`, without their markers'),
    evidence: z.array(answerEvidenceSchema).describe('The passages that were retrieved, best first'),
    summary: z
      .object({
        supported: count,
        partial: count,
        unsupported: count,
        uncited: count,
        droppedCitations: count.describe('Pointers of the model that lead nowhere, and were left out'),
        removedSentences: count.describe('Sentences that no quotation bears, left out because of `strict`'),
      })
      .describe('How the sentences fared in verification'),
    receipt: receiptSchema,
  })
  .meta({ id: 'Answer', description: 'A finished reply' });
