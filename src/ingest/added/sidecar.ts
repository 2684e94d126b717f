import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

import { z } from 'zod';

import { errorCode, errorMessage, FootnoteError } from '../../domain/errors.ts';
import { replaceFile } from '../../domain/files/durable-files.ts';
import { languages } from '../../domain/language.ts';
import { maxSlugLength, maxTitleLength } from '../limits.ts';
import { isSlug } from '../metadata/slug.ts';

const line = z.string().min(1, 'must not be empty').max(maxTitleLength);
const date = z.iso.date('must be a date such as "2024-04-05"');
const webUrl = z.url({ protocol: /^https?$/u, error: 'must be an http(s) URL' }).max(4_000);

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
export const sidecarSchema = z.strictObject({
  given: z.strictObject(givenMetadataSchema.shape).exactOptional(),
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
 * @throws FootnoteError `unreadable-article` when there is something that is no sidecar, with its name and the members
 *   that are wrong.
 */
export async function readSidecar(path: string): Promise<Sidecar | undefined> {
  const file = `${basename(path)}${sidecarEnding}`;
  let text: string;
  try {
    text = await readFile(`${path}${sidecarEnding}`, 'utf8');
  } catch (error) {
    // Where the name with its ending is longer than names may be, there is no such file either.
    if (['ENOENT', 'ENAMETOOLONG'].includes(errorCode(error) ?? '')) return undefined;
    throw badSidecar(file, `it cannot be read (${errorCode(error) ?? errorMessage(error)})`);
  }
  if (text.length > maxSidecarBytes) throw badSidecar(file, `it has more than ${maxSidecarBytes} characters`);
  const parsed = sidecarSchema.safeParse(parseJson(file, text));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: member, message }) =>
    [member.join('.'), message].filter((part) => part !== '').join(': '),
  );
  throw badSidecar(file, problems.join('; '));
}

/** Editors put a byte order mark first. */
function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch (error) {
    // The engine quotes what stands at the place, line ends included.
    throw badSidecar(file, `it is not JSON (${errorMessage(error).replace(/\s+/gu, ' ')})`);
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
