import { z } from 'zod';

import { count, instant, language } from './parts.ts';

/** One immutable state of the index. */
export const generationSchema = z
  .object({
    id: z.string().min(1),
    createdAt: instant,
    embeddingModel: z.string().min(1),
    dimensions: z.int().min(1).describe('Length of a vector'),
    articles: count,
    passages: count,
    languages: z
      .partialRecord(language, count)
      .describe('Number of passages by the language of their article'),
  })
  .meta({ id: 'Generation', description: 'One immutable state of the index' });
