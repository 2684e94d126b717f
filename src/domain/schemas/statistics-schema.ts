import { z } from 'zod';

import { count, instant, language, optionalDate } from './parts.ts';

/** What the index holds. */
export const statisticsSchema = z
  .object({
    articles: count,
    passages: count,
    sentences: count,
    languages: z
      .partialRecord(language, z.object({ articles: count, passages: count, sentences: count }))
      .describe('By article language, of the languages that occur'),
    publishers: z
      .array(z.object({ name: z.string().min(1), articles: count }))
      .max(100)
      .describe('Those with most articles first'),
    publishedFrom: optionalDate.describe('Earliest publication date'),
    publishedTo: optionalDate.describe('Latest publication date'),
    undated: count.describe('Articles without a date'),
    indexGeneration: z.string().min(1),
    indexedAt: instant,
    embeddingModel: z.string().min(1),
    diskBytes: count.describe('Bytes that the files of the generation take'),
    folderBytes: count.describe('Bytes of all generations and of what is being built'),
  })
  .meta({ id: 'Statistics', description: 'What the index holds, counted' });
