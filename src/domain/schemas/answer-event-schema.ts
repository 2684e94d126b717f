import { z } from 'zod';

import { answerEvidenceSchema, answerSchema, answerSentenceSchema } from './answer-schema.ts';
import { citationSchema } from './citation-schema.ts';
import { count, id, language } from './parts.ts';

/** Problem details (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string().describe('A URN that names the kind of problem, or `about:blank`'),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string().exactOptional(),
    instance: z.string().describe('Finds this very failure in the log of the server').exactOptional(),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe('What is wrong with which member of the request')
      .exactOptional(),
  })
  .meta({ id: 'Problem', description: 'Problem details (RFC 9457)' });

/** The events of a streamed answer as they travel. */
export const answerEventSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('answer-start'),
      id,
      question: z.string(),
      standaloneQuestion: z.string(),
      language,
    }),
    z.object({ type: z.literal('evidence'), evidence: z.array(answerEvidenceSchema) }),
    z.object({ type: z.literal('text-delta'), delta: z.string() }),
    z.object({ type: z.literal('citation'), citation: citationSchema }),
    z.object({ type: z.literal('sentence-verdict'), sentence: answerSentenceSchema }),
    z.object({
      type: z.literal('answer-end'),
      answer: answerSchema,
      usage: z.object({ inputTokens: count, outputTokens: count }).exactOptional(),
    }),
    z.object({ type: z.literal('error'), problem: problemSchema }),
  ])
  .meta({
    id: 'AnswerEvent',
    description:
      'One event of a streamed answer, in this order: `answer-start`, `evidence`, then `text-delta`, `citation` and `sentence-verdict` for each sentence, and `answer-end`; or `error` at any point, which ends the stream',
  });
