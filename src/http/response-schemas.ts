import { z } from 'zod';

import { articleSummarySchema } from '../domain/schemas/article-schema.ts';
import { generationSchema } from '../domain/schemas/generation-schema.ts';
import { hash, id, language, optionalDate, optionalText, spanSchema } from '../domain/schemas/parts.ts';

/** `GET /api/articles`. */
export const articleListSchema = z.object({
  articles: z.array(articleSummarySchema).describe('Newest first, undated last'),
  nextCursor: z.string().describe('`cursor` of the next page; absent on the last').exactOptional(),
});

/** `POST /api/search`. */
export const searchResultsSchema = z.object({
  results: z
    .array(
      z.object({
        articleId: id,
        articleVersion: hash,
        passageId: id,
        title: z.string().min(1),
        language,
        publishedAt: optionalDate,
        publisher: optionalText,
        score: z.number().describe('Relevance, comparable within one search only'),
        text: z.string().min(1),
        source: spanSchema.describe('Where the passage stands in the text of its article'),
      }),
    )
    .describe('Best first'),
});

/** `GET /api/suggestions`. */
export const suggestionsSchema = z.object({ suggestions: z.array(z.string().min(1)).max(6) });

/** `GET /healthz`. */
export const healthSchema = z.object({ status: z.literal('ok') });

/** `GET /readyz`. */
export const readinessSchema = z.object({
  status: z.literal('ready'),
  generation: generationSchema,
  chatModel: z
    .object({
      circuit: z
        .enum(['closed', 'open', 'half-open'])
        .describe('`closed`: asked; `open`: failed and left alone; `half-open`: tried, one call at a time'),
      refusedCalls: z.int().min(0).describe('Calls not made because of that, since the start'),
    })
    .optional()
    .describe('How the chat model fares. While it is not asked, the articles’ own sentences answer'),
});

/** `GET /openapi.json`. */
export const documentSchema = z
  .looseObject({ openapi: z.literal('3.1.0') })
  .describe('A document of the OpenAPI Specification 3.1');
