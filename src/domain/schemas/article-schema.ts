import { z } from 'zod';

import { foundBy } from '../article.ts';
import { hash, id, language, optionalDate, optionalText, optionalUrl, spanMembers } from './parts.ts';

const by = z.enum(foundBy).exactOptional();

const description = {
  id,
  version: hash.describe('SHA-256 of the text'),
  title: z.string().min(1),
  language,
  publishedAt: optionalDate,
  sourceUrl: optionalUrl,
  publisher: optionalText,
  author: optionalText,
  sources: z.array(z.string()).describe('What the article itself names as its sources').exactOptional(),
};

/** An article with its text. */
export const articleSchema = z
  .object({
    ...description,
    text: z.string().describe('Normalised (NFC, `\\n`), and immutable per version'),
    headings: z.array(z.object({ ...spanMembers, level: z.int().min(1).max(6) })),
    found: z
      .object({
        title: by,
        language: by,
        publishedAt: by,
        sourceUrl: by,
        publisher: by,
        author: by,
      })
      .describe('How each member that is known was found; absent in articles stored before this was recorded')
      .exactOptional(),
  })
  .meta({ id: 'Article', description: 'An article with its text' });

/** An article in a list. */
export const articleSummarySchema = z
  .object({
    ...description,
    length: z.int().min(1).describe('Length of the text in UTF-16 code units'),
  })
  .meta({ id: 'ArticleSummary', description: 'An article in a list' });

/** A passage with its article's metadata. */
export const storedPassageSchema = z
  .object({
    passage: z.object({
      ...spanMembers,
      id,
      articleId: id,
      articleVersion: hash,
      sentences: z.array(z.object({ ...spanMembers, heading: z.literal(true).exactOptional() })),
      headingPath: z.array(z.string()).describe('Headings above the passage, outermost first'),
    }),
    article: z.object(description),
    text: z.string(),
  })
  .meta({ id: 'StoredPassage', description: 'A passage with what is known of its article' });
