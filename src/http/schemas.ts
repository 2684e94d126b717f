import { z } from 'zod';

import { FootnoteError } from '../domain/errors.ts';
import type { Filters } from '../domain/filters.ts';
import { languages } from '../domain/language.ts';

/** Bounds of the request bodies that are configurable. */
export interface RequestLimits {
  /** Characters (UTF-16 code units) of a question. */
  readonly questionLength: number;
  readonly historyTurns: number;
}

/** Characters of one earlier turn: far above any reply that Footnote gives. */
const turnLength = 20_000;
const nameLength = 200;
const listLength = 100;

/** Members that are not named here are ignored, so that clients of a later version keep working. */
export function createRequestSchemas({ questionLength, historyTurns }: RequestLimits) {
  const question = text.trim().min(1).max(questionLength);
  const context = {
    history: z
      .array(z.object({ role: z.enum(['user', 'assistant']), content: text.max(turnLength) }))
      .max(historyTurns)
      .exactOptional(),
    filters: filters.exactOptional(),
    topK: z.int().min(1).max(50).exactOptional(),
    now: z.iso.datetime({ offset: true }).exactOptional(),
  };
  return {
    answer: z.object({
      question,
      conversationId: text.min(1).max(nameLength).exactOptional(),
      language: z.enum(languages).exactOptional(),
      strict: z.boolean().exactOptional(),
      ...context,
    }),
    search: z.object({ query: question, ...context }),
  };
}

// A lone surrogate can neither be stored nor sent as UTF-8.
const text = z.string().refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode');
const names = z.array(text.min(1).max(nameLength)).max(listLength);
const isOrdered = ({ from, to }: { from?: string; to?: string }) =>
  from === undefined || to === undefined || from <= to;

// A misspelt filter must not silently answer from everything.
const filters = z
  .strictObject({
    languages: z.array(z.enum(languages)).max(listLength).exactOptional(),
    articleIds: names.exactOptional(),
    publishers: names.exactOptional(),
    publishedFrom: z.iso.date().exactOptional(),
    publishedTo: z.iso.date().exactOptional(),
  })
  .refine(
    ({ publishedFrom, publishedTo }) =>
      isOrdered({
        ...(publishedFrom !== undefined && { from: publishedFrom }),
        ...(publishedTo !== undefined && { to: publishedTo }),
      }),
    { path: ['publishedTo'], message: 'must not be earlier than publishedFrom' },
  );

// `?language=en,vi` and `?language=en&language=vi` say the same.
const list = z
  .union([z.string(), z.array(z.string())])
  .transform((values) => [values].flat().flatMap((value) => value.split(',')))
  .transform((values) => values.map((value) => value.trim()).filter((value) => value !== ''));

/** The query parameters of `GET /api/articles`, as {@link Filters}. */
export const articleQuerySchema = z
  .object({
    language: list.pipe(z.array(z.enum(languages)).max(listLength)).exactOptional(),
    publisher: list.pipe(names).exactOptional(),
    from: z.iso.date().exactOptional(),
    to: z.iso.date().exactOptional(),
  })
  .refine(isOrdered, { path: ['to'], message: 'must not be earlier than from' })
  .transform(({ language = [], publisher = [], from, to }): Filters => ({
    ...(language.length > 0 && { languages: language }),
    ...(publisher.length > 0 && { publishers: publisher }),
    ...(from !== undefined && { publishedFrom: from }),
    ...(to !== undefined && { publishedTo: to }),
  }));

/** The query parameters of `GET /api/articles/:id`. */
export const versionQuerySchema = z.object({
  version: z
    .string()
    .regex(/^[0-9a-f]{64}$/u, 'must be 64 hexadecimal digits')
    .exactOptional(),
});

/** An id in a path. What is longer than any real one names nothing. */
const idSchema = text.min(1).max(nameLength);

/** The `:id` of a path. @throws FootnoteError `not-found` */
export function idOf(params: Readonly<Record<string, string | string[]>>, kind: string): string {
  const id = idSchema.safeParse(params['id']);
  if (id.success) return id.data;
  throw new FootnoteError('not-found', `There is no ${kind} with that id.`);
}
