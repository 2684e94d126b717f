import { z } from 'zod';

import { judgedBy, verdictSchema } from './citation-schema.ts';
import { hash, id, instant, spanSchema } from './parts.ts';

const statuses = ['exact', 'moved', 'missing-text', 'missing-article'] as const;
const foundAt = spanSchema.describe('Where it stands, when that is elsewhere').exactOptional();

const quotationCheck = z.object({
  articleId: id,
  articleVersion: hash,
  status: z
    .enum(statuses)
    .describe(
      'Whether the quotation stands in that version: where the answer says, elsewhere, not, or unknown',
    ),
  foundAt,
  present: z
    .object({ status: z.enum([...statuses, 'same']), version: hash.exactOptional(), foundAt })
    .describe('The same in the article as it is indexed now; absent where there is no index at the moment')
    .exactOptional(),
});

/** An answer, checked again. */
export const answerCheckSchema = z
  .object({
    answerId: id,
    holds: z.boolean().describe('Whether everything holds: the hash, each quotation and each verdict'),
    hash: z.enum(['ok', 'changed']),
    citations: z.array(z.object({ ...quotationCheck.shape, n: z.int().min(1) })),
    nearest: z.array(quotationCheck),
    sentences: z.array(
      z.object({
        index: z.int().min(0).describe('Position in `sentences` of the answer, from 0'),
        verdict: verdictSchema.describe('The verdict now'),
        before: verdictSchema.describe('The verdict that the answer states'),
        judgedBy,
        holds: z.boolean(),
      }),
    ),
    checkedAt: instant,
  })
  .meta({ id: 'AnswerCheck', description: 'An answer, checked again' });
