import { z } from 'zod';

import type { ArticlePage, ArticleSummary } from '../domain/article.ts';

/** Articles on a page where only a cursor is given. */
const usualLimit = 50;

const position = z.tuple([z.string().min(1).max(200), z.iso.date().nullable()]);

const cursor = z
  .string()
  .max(1_000)
  .transform((value, context): NonNullable<ArticlePage['after']> => {
    const decoded = decodeCursor(value);
    if (decoded) return decoded;
    context.addIssue({ code: 'custom', message: 'must be the nextCursor of an earlier page' });
    return z.NEVER;
  });

/** The query parameters of `GET /api/articles` that ask for a page; all articles where there are none. */
export const articlePageQuerySchema = z
  .object({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .meta({ description: 'Articles on a page; 50 where only a cursor is given' })
      .exactOptional(),
    cursor: cursor.meta({ description: '`nextCursor` of the page before' }).exactOptional(),
  })
  .meta({ id: 'ArticlePageQuery', description: 'Which page of a list; without any of these, all of it' })
  .transform((query): (ArticlePage & { readonly limit: number }) | undefined =>
    query.limit === undefined && query.cursor === undefined
      ? undefined
      : { limit: query.limit ?? usualLimit, ...(query.cursor && { after: query.cursor }) },
  );

/** Where a list goes on behind `article`. Its content is nobody's business but ours. */
export function cursorAfter({ id, publishedAt }: Pick<ArticleSummary, 'id' | 'publishedAt'>): string {
  return Buffer.from(JSON.stringify([id, publishedAt ?? null])).toString('base64url');
}

function decodeCursor(value: string): ArticlePage['after'] {
  const parsed = position.safeParse(parseJson(Buffer.from(value, 'base64url').toString('utf8')));
  if (!parsed.success) return undefined;
  const [id, publishedAt] = parsed.data;
  const after = { id, ...(publishedAt !== null && { publishedAt }) };
  // Only what was made here, character by character.
  return cursorAfter(after) === value ? after : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
