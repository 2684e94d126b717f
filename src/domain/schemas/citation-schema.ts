import { z } from 'zod';

import { hash, id, language, optionalDate, optionalText, optionalUrl, spanSchema } from './parts.ts';

export const verdictSchema = z
  .enum(['supported', 'partial', 'unsupported', 'uncited'])
  .meta({ id: 'Verdict', description: 'How far the cited quotations bear a sentence' });

export const judgedBy = z
  .literal('chat')
  .describe('Present where a chat model gave the verdict on what rules cannot tell')
  .exactOptional();

export const alsoIn = z
  .array(
    z.object({
      articleId: id,
      title: z.string().min(1),
      publisher: optionalText,
      publishedAt: optionalDate,
      passageId: id,
    }),
  )
  .min(1)
  .describe('Other articles with the same words, as of a wire story; absent where there are none')
  .exactOptional();

/** What every quotation tells of its place. */
export const quotedMembers = {
  articleId: id,
  articleVersion: hash.describe('SHA-256 of the text of the article that is quoted'),
  passageId: id,
  title: z.string().min(1),
  publishedAt: optionalDate.describe('Publication date, `YYYY-MM-DD`'),
  publisher: optionalText,
  sourceUrl: optionalUrl.describe('The original page'),
  quote: z.string().min(1).describe('The exact words of the article: `text.slice(source.start, source.end)`'),
  source: spanSchema.describe('Where the quotation stands in the text of the article'),
  links: z.object({
    passage: z.string().describe('The passage in this API'),
    reader: z.string().describe('The article on this server, with the quotation highlighted'),
    original: optionalUrl.describe('The original page, with a text fragment'),
  }),
};

/** One footnote as it travels. */
export const citationSchema = z
  .object({
    n: z.int().min(1).describe('The number of the footnote, from 1 in order of first use'),
    ...quotedMembers,
    alsoIn,
    translation: z
      .object({ text: z.string().min(1), language, by: z.literal('chat'), model: z.string().min(1) })
      .describe(
        'The quotation in the language of the reply, made by a machine: a help to read it, never evidence',
      )
      .exactOptional(),
    answer: spanSchema.describe(
      'The first sentence of the answer that the footnote supports, in `text` of the answer',
    ),
    support: z.object({
      verdict: verdictSchema,
      score: z
        .number()
        .min(0)
        .max(1)
        .describe('The share of what the sentence says that the quotation bears, by rules'),
      judgedBy,
    }),
  })
  .meta({ id: 'Citation', description: 'One footnote' });
