import { z } from 'zod';

import { isOrdered, listLength, nameLength, names, text } from '../conversation/request-schemas.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { Filters } from '../domain/filters.ts';
import { languages } from '../domain/language.ts';

export { createRequestSchemas, type RequestLimits } from '../conversation/request-schemas.ts';

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
