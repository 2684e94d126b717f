import { z } from 'zod';

import { languages } from '../domain/language.ts';

/** Bounds of the request bodies that are configurable. */
export interface RequestLimits {
  /** Characters (UTF-16 code units) of a question. */
  readonly questionLength: number;
  readonly historyTurns: number;
}

/** Characters of one earlier turn: far above any reply that Footnote gives. */
export const turnLength = 20_000;
/** Characters of an id or a name. */
export const nameLength = 200;
/** Values of one filter. */
export const listLength = 100;

/** Members that are not named here are ignored, so that clients of a later version keep working. */
export function createRequestSchemas({ questionLength, historyTurns }: RequestLimits) {
  const question = text.trim().min(1).max(questionLength);
  const context = {
    history: z
      .array(z.object({ role: z.enum(['user', 'assistant']), content: text.max(turnLength) }))
      .max(historyTurns)
      .describe('Earlier turns, oldest first')
      .exactOptional(),
    filters: filters.exactOptional(),
    topK: z.int().min(1).max(50).describe('Number of passages to retrieve').exactOptional(),
    now: z.iso
      .datetime({ offset: true })
      .describe('Instant that relative dates are relative to; the clock of the server when absent')
      .exactOptional(),
  };
  return {
    answer: z.object({
      question,
      conversationId: text.min(1).max(nameLength).exactOptional(),
      language: z
        .enum(languages)
        .describe('Language of the reply; detected from the question when absent')
        .exactOptional(),
      strict: z
        .boolean()
        .describe('Leaves out sentences that no quotation bears, instead of marking them')
        .exactOptional(),
      ...context,
    }),
    search: z.object({ query: question, ...context }),
  };
}

/** Text of a caller. A lone surrogate can neither be stored nor sent as UTF-8. */
export const text = z
  .string()
  .refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode');
/** Ids or names. */
export const names = z.array(text.min(1).max(nameLength)).max(listLength);

/** Whether two dates, `YYYY-MM-DD`, are a period. */
export const isOrdered = ({ from, to }: { from?: string; to?: string }) =>
  from === undefined || to === undefined || from <= to;

// A misspelt filter must not silently answer from everything.
const filters = z
  .strictObject({
    languages: z.array(z.enum(languages)).max(listLength).exactOptional(),
    articleIds: names.exactOptional(),
    publishers: names.exactOptional(),
    publishedFrom: z.iso
      .date()
      .describe('Earliest publication date, inclusive; articles without a date never match')
      .exactOptional(),
    publishedTo: z.iso
      .date()
      .describe('Latest publication date, inclusive; articles without a date never match')
      .exactOptional(),
  })
  .refine(
    ({ publishedFrom, publishedTo }) =>
      isOrdered({
        ...(publishedFrom !== undefined && { from: publishedFrom }),
        ...(publishedTo !== undefined && { to: publishedTo }),
      }),
    { path: ['publishedTo'], message: 'must not be earlier than publishedFrom' },
  );
