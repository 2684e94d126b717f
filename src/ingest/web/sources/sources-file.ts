import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { errorCode, errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { languages } from '../../../domain/language.ts';
import { maxTitleLength } from '../../limits.ts';
import type { DocumentKind } from '../documents/document-kind.ts';
import { maxEntryLimit, maxUrlLength } from '../limits.ts';
import type { GivenForPages, WebSource } from './web-source.ts';

/** Names of the file, at the root of the corpus. */
const names = ['sources.yml', 'sources.yaml'];

/** Largest file, in bytes, and most sources in it. */
const maxSourcesBytes = 1_000_000;
const maxSources = 2_000;

const address = z
  .url({ protocol: /^https?$/u, error: 'must be an address that begins with http:// or https://' })
  .max(maxUrlLength);

const pattern = z.string().min(1).max(200);
const patterns = z.union([pattern.transform((one) => [one]), z.array(pattern).min(1).max(50)]);

const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const every = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/u, 'must be a number with m, h or d, such as 15m, 2h or 1d')
  .transform(
    (text) =>
      Number.parseInt(text, 10) * (text.endsWith('m') ? unitMs.m : text.endsWith('h') ? unitMs.h : unitMs.d),
  );

const entrySchema = z
  .strictObject({
    url: address.optional(),
    feed: address.optional(),
    sitemap: address.optional(),
    list: address.optional(),
    every: every.optional(),
    include: patterns.optional(),
    exclude: patterns.optional(),
    limit: z.number().int().min(1).max(maxEntryLimit).optional(),
    publisher: z.string().min(1).max(maxTitleLength).optional(),
    language: z.enum(languages).optional(),
  })
  .transform((entry, context): WebSource => {
    const named = kinds.flatMap(({ key, kind }) => {
      const url = entry[key];
      return url === undefined ? [] : { kind, url };
    });
    const [first] = named;
    if (!first || named.length > 1) {
      context.addIssue({ code: 'custom', message: 'must have one of url, feed, sitemap and list' });
      return z.NEVER;
    }
    const given: GivenForPages = {
      ...(entry.publisher !== undefined && { publisher: entry.publisher }),
      ...(entry.language !== undefined && { language: entry.language }),
    };
    return {
      ...first,
      ...(entry.every !== undefined && { everyMs: entry.every }),
      ...(entry.include && { include: entry.include }),
      ...(entry.exclude && { exclude: entry.exclude }),
      ...(entry.limit !== undefined && { limit: entry.limit }),
      ...(Object.keys(given).length > 0 && { given }),
    };
  });

const kinds = [
  { key: 'url', kind: 'page' },
  { key: 'feed', kind: 'feed' },
  { key: 'sitemap', kind: 'sitemap' },
  { key: 'list', kind: 'list' },
] as const satisfies readonly { key: string; kind: DocumentKind }[];

/**
 * Reads `sources.yml` (or `.yaml`) at the root of the corpus: what is to be fetched again and again. No file is no sources.
 *
 * @throws FootnoteError `configuration` that names the entry and what is wrong with it.
 */
export async function readSourcesFile(corpusDir: string): Promise<readonly WebSource[]> {
  for (const name of names) {
    const file = join(corpusDir, name);
    const text = await textOf(file);
    if (text !== undefined) return parseSources(text, file);
  }
  return [];
}

function parseSources(text: string, file: string): readonly WebSource[] {
  let content: unknown;
  try {
    content = parse(text, { logLevel: 'error' });
  } catch (error) {
    throw bad(file, errorMessage(error));
  }
  if (content === null || content === undefined) return [];
  if (!Array.isArray(content))
    throw bad(file, 'it must be a list of entries, each of which begins with "- "');
  if (content.length > maxSources)
    throw bad(file, `it has ${content.length} entries; at most ${maxSources} are possible`);
  return content.map((entry: unknown, index) => {
    const parsed = entrySchema.safeParse(entry);
    if (parsed.success) return parsed.data;
    const problems = parsed.error.issues.map(({ path, message }) =>
      path.length > 0 ? `${path.join('.')}: ${message}` : message,
    );
    throw bad(file, `entry ${index + 1}${shown(entry)}: ${problems.join('; ')}`);
  });
}

function shown(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return '';
  const [first] = Object.entries(entry);
  return first ? ` (${`${first[0]}: ${String(first[1])}`.slice(0, 200)})` : '';
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    const { size } = await stat(file);
    if (size > maxSourcesBytes) throw bad(file, `it has more than ${maxSourcesBytes} bytes`);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error instanceof FootnoteError ? error : bad(file, errorMessage(error));
  }
}

function bad(file: string, problem: string): FootnoteError {
  return new FootnoteError('configuration', `The web sources in ${file} cannot be used: ${problem}.`, {
    remedy: 'An entry looks like: - feed: https://example.com/feed.xml',
  });
}
