import { createHash } from 'node:crypto';
import { cp } from 'node:fs/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { EmbeddingModel } from '../../src/domain/ports.ts';
import { createIndexHandle } from '../../src/index/index-handle.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { createThreadedWriter } from '../../src/index/threaded-writer.ts';
import { createVerifiedFiles } from '../../src/index/verified-files.ts';
import type { CorpusFiles } from '../../src/ingest/load/corpus-files.ts';
import { sourceFile } from '../../src/ingest/load/read-source.ts';
import { createFileParser } from '../../src/ingest/parse/file-parser.ts';
import type { FileParser } from '../../src/ingest/parse/parsed-file.ts';
import { runIngest } from '../../src/ingest/run-ingest.ts';
import { watchTurns } from '../support/longest-turn.ts';
import { indexedArticle, indexOptions, randomVectors, temporaryFolder } from './fixtures.ts';

/**
 * Longest turn, in milliseconds, on this index. A server's may be 50 on one of any size; what is done in one turn takes 40
 * here where the index is written without a thread, and 6 where it is with one.
 */
const longestTurn = 25;

/** At most. A chance of the machine, such as a collection of garbage, is not in every run; what the code does at a time is. */
const runs = 3;

/** Articles that the index holds before. */
const baseCount = 2_500;
const newPaths = Array.from({ length: 30 }, (_, number) => `new/${number}.txt`);

const vectors = randomVectors(97, 8);
const embeddings: EmbeddingModel = {
  id: 'test:model',
  dimensions: 8,
  languages: ['en'],
  embedQuery: async () => vectors[0] ?? [],
  embedDocuments: async (texts) => texts.map((text) => vectors[text.length % vectors.length] ?? []),
  close: async () => {},
};

const textOf = (seed: string, paragraphs: number) =>
  Array.from({ length: paragraphs }, (_, part) => {
    const hash = createHash('sha256').update(`${seed} ${part}`).digest('hex');
    const words = hash.replaceAll(/\d/gu, ' ').trim();
    return `The ${words} of paragraph ${part} was opened in ${1_900 + part}. It has ${words.length} rooms of ${hash}.`;
  }).join('\n\n');

/** New articles, and of those that were there before the first is gone. */
const files: CorpusFiles = {
  place: 'memory',
  list: async () => ({ files: newPaths, skipped: [], failed: [] }),
  has: async (path) => newPaths.includes(path),
  read: async (path) => sourceFile(new TextEncoder().encode(textOf(path, 12)), undefined),
  describe: async () => new Map(),
  open: async () => undefined,
};

async function writeBase(dir: string): Promise<void> {
  const writer = await createIndexWriter(indexOptions(dir));
  for (let number = 0; number < baseCount; number += 1) {
    const id = `base-${number}`;
    await writer.put(indexedArticle(id, textOf(id, 4)), id);
    await writer.putSource({ path: `${id}.txt`, digest: id, articles: [id], failures: [] });
  }
  await writer.commit();
}

/** Changes a copy of the index, and opens what came of it; the longest turn of all that. */
async function longestTurnOfIngest(base: string, parser: FileParser): Promise<number> {
  const dir = await temporaryFolder();
  await cp(base, dir, { recursive: true });
  const options = { ...indexOptions(dir), verified: createVerifiedFiles() };
  const handle = createIndexHandle(options);
  onTestFinished(() => handle.close());
  const stop = watchTurns();
  const writer = await createThreadedWriter(options);
  const only = ['base-0.txt', ...newPaths];
  await runIngest({ files, writer, embeddings, parser, maxFileBytes: 1_000_000, only });
  const lease = await handle.acquire();
  const { index } = lease;
  expect((await index.statistics()).articles).toBe(baseCount - 1 + newPaths.length);
  expect(await index.sources()).toHaveLength(baseCount - 1 + newPaths.length);
  lease.release();
  return stop();
}

describe('an ingest', () => {
  it('never holds up the event loop for long', { timeout: 120_000 }, async () => {
    const parser = createFileParser({ workers: 2, timeoutMs: 10_000, memoryMb: 1_000 });
    onTestFinished(() => parser.close());
    const base = await temporaryFolder();
    await writeBase(base);
    const longest: number[] = [];
    while (longest.length < runs && Math.min(...longest) >= longestTurn) {
      longest.push(await longestTurnOfIngest(base, parser));
    }
    expect(Math.min(...longest), `longest turns: ${longest.join(', ')} ms`).toBeLessThan(longestTurn);
  });
});
