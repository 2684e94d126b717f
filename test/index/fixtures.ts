import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

import { onTestFinished } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { sha256 } from '../../src/domain/fingerprint.ts';
import { passageId } from '../../src/domain/passage.ts';
import type { IndexedArticle } from '../../src/domain/ports.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import type { IndexOptions } from '../../src/index/open-index.ts';

export const hnsw = {
  exactLimit: 5_000,
  largeLimit: 100_000,
  m: 16,
  efConstruction: 200,
  ef: 200,
  largeM: 32,
  largeEf: 400,
};

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-index-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random vectors of unit length. */
export function randomVectors(count: number, dimensions: number, seed = 1): number[][] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, () => {
    const vector = Array.from({ length: dimensions }, () => random() - 0.5);
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}

export const dimensions = 8;

/** Options of an index of eight dimensions in `dir`. */
export function indexOptions(dir: string, overrides: Partial<IndexOptions> = {}): IndexOptions {
  return { dir, embeddings: { id: 'test:model', dimensions }, hnsw, ...overrides };
}

/** An article whose paragraphs are its passages and whose lines are its sentences. */
export function indexedArticle(
  id: string,
  text: string,
  metadata: Partial<Article> = {},
  seed = id.length,
): IndexedArticle {
  const version = sha256(text);
  const article: Article = {
    id,
    version,
    title: `Title of ${id}`,
    language: 'en',
    text,
    headings: [],
    ...metadata,
  };
  const passages = Array.from(text.matchAll(/[^\n]+(?:\n[^\n]+)*/gu), (paragraph) => {
    const span = { start: paragraph.index, end: paragraph.index + paragraph[0].length };
    const sentences = Array.from(paragraph[0].matchAll(/[^\n]+/gu), (line) => ({
      start: span.start + line.index,
      end: span.start + line.index + line[0].length,
      ...(line[0].startsWith('# ') && { heading: true as const }),
    }));
    return {
      ...span,
      id: passageId(article, span),
      articleId: id,
      articleVersion: version,
      sentences,
      headingPath: ['Heading words'],
    };
  });
  return {
    article,
    passages,
    passageVectors: randomVectors(passages.length, dimensions, seed),
    sentenceVectors: passages.map((passage, index) =>
      randomVectors(passage.sentences.length, dimensions, seed + index + 100),
    ),
    signature: Uint32Array.from({ length: 4 }, (_, index) => seed * 1_000_003 + index),
  };
}

/** Puts the articles into the index and commits. */
export async function ingest(options: IndexOptions, entries: readonly IndexedArticle[]) {
  const writer = await createIndexWriter(options);
  for (const entry of entries) await writer.put(entry, `print of ${entry.article.version}`);
  return writer.commit();
}

/** Paths of all files below `dir`, sorted, with `/`. */
export async function filesIn(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .toSorted();
}
