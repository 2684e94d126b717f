import { z } from 'zod';

import { foundBy } from '../article.ts';
import { count, id, instant, language, optionalDate, optionalText, optionalUrl } from './parts.ts';

const progressSchema = z.object({
  phase: z.enum(['fetching', 'reading', 'embedding']).describe('Counts pages, then files, then articles'),
  done: count,
  total: count,
});

const resultSchema = z
  .object({
    added: z.array(id),
    changed: z.array(id),
    removed: z.array(id),
    unchanged: z.array(id).describe('Articles of what was sent that were there already, word for word'),
    failed: z
      .array(
        z.object({
          file: z.string().min(1).describe('Relative to the corpus; or the address of a page'),
          reason: z.string().min(1),
        }),
      )
      .describe('What could not be read'),
    generation: id.describe('The generation of the index that holds it'),
  })
  .describe('Articles by id');

/** Something to be done to the index. */
export const ingestJobSchema = z
  .object({
    id,
    kind: z.enum(['add', 'delete', 'restore', 'update']),
    subject: z.array(z.string()).describe('Names of files, an address, or the id of an article'),
    state: z.enum(['queued', 'running', 'done', 'failed']),
    createdAt: instant,
    startedAt: instant.exactOptional(),
    endedAt: instant.exactOptional(),
    progress: progressSchema.describe('While it runs').exactOptional(),
    waiting: z
      .string()
      .min(1)
      .describe('While it has to wait, or is to be tried again: for what')
      .exactOptional(),
    result: resultSchema.exactOptional(),
    error: z.string().min(1).describe('When it failed: what happened, and how to mend it').exactOptional(),
  })
  .meta({ id: 'IngestJob', description: 'A change of the index: what it is, and how far it has come' });

const foundSchema = z
  .partialRecord(
    z.enum(['title', 'language', 'publishedAt', 'sourceUrl', 'publisher', 'author']),
    z.enum(foundBy),
  )
  .describe('How each member of its metadata was found');

/** A file of the corpus, and what became of it. */
export const sourceSchema = z
  .object({
    path: z.string().min(1).describe('Relative to the corpus'),
    bytes: count,
    address: optionalUrl.describe('Where it was fetched'),
    articles: z.array(
      z.object({
        id,
        title: z.string().min(1),
        language,
        publishedAt: optionalDate,
        found: foundSchema.exactOptional(),
      }),
    ),
    failures: z.array(z.string().min(1)).describe('What could not be read of it, and how to mend that'),
    withdrawn: z.boolean().describe('Whether all of it is withdrawn'),
  })
  .meta({ id: 'ArticleSource', description: 'A file of the corpus, and what became of it' });

/** An article that was deleted and stays away. */
export const withdrawnSchema = z
  .object({
    id,
    title: optionalText,
    withdrawnAt: instant,
    restorable: z.boolean().describe('Whether it can be restored from what is kept'),
  })
  .meta({
    id: 'WithdrawnArticle',
    description: 'An article that was deleted and stays away until it is restored',
  });

/** Bytes on the disk. */
export const diskUseSchema = z
  .object({
    index: count.describe('All generations of the index'),
    corpus: count.describe('The files of the corpus, with what was added'),
    free: count.describe('What is free where the index is').exactOptional(),
  })
  .meta({ id: 'DiskUse', description: 'Bytes on the disk' });
