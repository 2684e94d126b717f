import { z } from 'zod';

import { languages } from '../domain/language.ts';

export const languageSchema = z.enum(languages);

export const spanSchema = z
  .object({ start: z.int().min(0), end: z.int().min(0) })
  .describe('UTF-16 code units of the article’s text, end exclusive');

export const verdictSchema = z
  .enum(['supported', 'partial', 'unsupported', 'uncited'])
  .describe('how far the quotations bear the sentence');

/** What is known of the article that a quotation or a passage stands in. */
export const articleShape = {
  articleId: z.string(),
  articleVersion: z.string().describe('SHA-256 of the article’s text'),
  title: z.string(),
  publishedAt: z.string().exactOptional().describe('YYYY-MM-DD'),
  publisher: z.string().exactOptional(),
  sourceUrl: z.string().exactOptional().describe('the original page'),
};

/** Longest text of a request, in characters: an id is far shorter, a quotation may be long. */
export const longestId = 400;

/** A version of an article. */
export const versionSchema = z.string().regex(/^[0-9a-f]{64}$/u, 'must be 64 hexadecimal digits');
