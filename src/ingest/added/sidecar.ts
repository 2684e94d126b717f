import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import { replaceFile } from '../../domain/files/durable-files.ts';
import { languages } from '../../domain/language.ts';
import { maxSlugLength, maxTitleLength } from '../limits.ts';
import { isSlug } from '../metadata/slug.ts';

const line = z.string().min(1).max(maxTitleLength);
const date = z.iso.date();
const webUrl = z.url({ protocol: /^https?$/u }).max(4_000);

/** What somebody may say of an article: wins over what the file says of itself. */
export const givenMetadataSchema = z.object({
  id: z
    .string()
    .refine(isSlug, `must be 1–${maxSlugLength} characters of a-z, 0-9 and single hyphens`)
    .exactOptional(),
  title: line.exactOptional(),
  language: z.enum(languages).exactOptional(),
  publishedAt: date.exactOptional(),
  publisher: line.exactOptional(),
  author: line.exactOptional(),
  sourceUrl: webUrl.exactOptional(),
});

/** See {@link givenMetadataSchema}. */
export type GivenMetadata = z.infer<typeof givenMetadataSchema>;

/** What is kept beside a file of the corpus, in `<file>.meta.json`; operators may write one by hand. */
export const sidecarSchema = z.object({
  given: givenMetadataSchema.exactOptional(),
  /** What the feed or sitemap said that named the page. */
  feed: givenMetadataSchema.omit({ id: true }).exactOptional(),
  /** The page as it was fetched. */
  fetched: z
    .object({
      /** As asked for. */
      url: webUrl,
      /** After redirects. */
      finalUrl: webUrl,
      at: z.iso.datetime(),
      charset: z.string().max(40).exactOptional(),
      etag: z.string().max(1_000).exactOptional(),
      lastModified: z.string().max(100).exactOptional(),
    })
    .exactOptional(),
});

/** See {@link sidecarSchema}. */
export type Sidecar = z.infer<typeof sidecarSchema>;

/** End of the name of the file beside a file. */
export const sidecarEnding = '.meta.json';

/** Largest sidecar that is read, in bytes. */
const maxSidecarBytes = 100_000;

/**
 * What is said of the file at `path` beside it.
 *
 * @throws FootnoteError `unreadable-article` when there is something that is no sidecar.
 */
export async function readSidecar(path: string): Promise<Sidecar | undefined> {
  const file = `${path}${sidecarEnding}`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (text.length > maxSidecarBytes) throw badSidecar(file, `it has more than ${maxSidecarBytes} characters`);
  try {
    return sidecarSchema.parse(JSON.parse(text));
  } catch (error) {
    throw badSidecar(file, error instanceof z.ZodError ? z.prettifyError(error) : errorMessage(error));
  }
}

/** Keeps `sidecar` beside the file at `path`: whole or not at all. */
export async function writeSidecar(path: string, sidecar: Sidecar): Promise<void> {
  await replaceFile(`${path}${sidecarEnding}`, `${JSON.stringify(sidecar, undefined, 2)}\n`);
}

function badSidecar(file: string, problem: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The file ${file} cannot be used: ${problem}.`, {
    remedy: 'Mend it or delete it.',
  });
}
