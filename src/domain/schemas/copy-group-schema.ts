import { z } from 'zod';

import { articleSchema, articleSummarySchema } from './article-schema.ts';

/** Articles that are nearly the same text. */
export const copyGroupSchema = z
  .object({
    leader: articleSummarySchema.describe(
      'The newest, of one date the longest: it stands for the others in answers',
    ),
    others: z.array(articleSummarySchema).min(1).describe('The other articles of the group, newest first'),
  })
  .meta({
    id: 'CopyGroup',
    description:
      'Articles that are nearly the same text, as a wire story in several papers or an updated article',
  });

/** `GET /api/articles/{id}`. */
export const articleWithCopiesSchema = articleSchema
  .extend({
    copies: copyGroupSchema
      .describe('The near copies among the articles, this one included; absent where it has none')
      .exactOptional(),
  })
  .meta({ id: 'ArticleWithCopies', description: 'An article with its text and its near copies' });
