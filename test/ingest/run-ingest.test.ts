import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { sliceSpan } from '../../src/domain/span.ts';
import { type IngestOptions, type IngestProgress, runIngest } from '../../src/ingest/run-ingest.ts';
import { createLetterModel, createMemoryIndex } from './memory-index.ts';

let dir: string;
let index: ReturnType<typeof createMemoryIndex>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-ingest-'));
  index = createMemoryIndex();
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function write(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(join(dir, file, '..'), { recursive: true });
  await writeFile(join(dir, file), content);
}

async function ingest(options: Partial<IngestOptions> = {}) {
  return runIngest({ dir, writer: index.writer(), embeddings: createLetterModel(), ...options });
}

const boats = 'The boats of the village are painted blue. They leave at four in the morning.';
const nets = 'The nets are mended on Sundays. Six people work on them.';

describe('a first ingest', () => {
  it('stores every article with a vector for each passage and each sentence', async () => {
    await write('b/boats.txt', boats);
    await write('a.md', `---\nid: the-nets\ntitle: Nets\n---\n${nets}`);
    const report = await ingest();
    expect(report).toMatchObject({
      added: ['the-nets', 'b-boats'],
      changed: [],
      unchanged: [],
      removed: [],
      failed: [],
    });
    expect(report.generation.articles).toBe(2);
    for (const { entry } of index.committed.values()) {
      expect(entry.passageVectors).toHaveLength(entry.passages.length);
      expect(entry.sentenceVectors.map((vectors) => vectors.length)).toEqual(
        entry.passages.map((passage) => passage.sentences.length),
      );
    }
  });

  it('gives each text the vector that the model made of it', async () => {
    await write('boats.txt', boats);
    await write('nets.txt', nets);
    await ingest();
    const model = createLetterModel();
    for (const { entry } of index.committed.values()) {
      for (const [position, passage] of entry.passages.entries()) {
        for (const [number, sentence] of passage.sentences.entries()) {
          const expected = await model.embedQuery(sliceSpan(entry.article.text, sentence));
          expect(entry.sentenceVectors[position]?.[number]).toEqual(expected);
        }
      }
    }
  });

  it('embeds small articles together', async () => {
    for (let number = 0; number < 20; number += 1) await write(`${number}.txt`, `${boats} Number ${number}.`);
    const embeddings = createLetterModel();
    await ingest({ embeddings });
    expect(embeddings.seen).toHaveLength(1);
  });

  it('reports its progress up to the end of both phases', async () => {
    await write('boats.txt', boats);
    await write('nets.txt', nets);
    const events: IngestProgress[] = [];
    await ingest({ onProgress: (event) => events.push(event) });
    expect(events).toEqual([
      { phase: 'reading', done: 1, total: 2 },
      { phase: 'reading', done: 2, total: 2 },
      { phase: 'embedding', done: 6, total: 6 },
    ]);
  });
});

describe('a later ingest', () => {
  beforeEach(async () => {
    await write('boats.txt', boats);
    await write('nets.txt', nets);
    await write('gone.txt', 'The lighthouse is dark. It has been so since May.');
    await ingest();
    index.calls.length = 0;
  });

  it('neither embeds nor stores what is unchanged', async () => {
    const embeddings = createLetterModel();
    const report = await ingest({ embeddings });
    expect(report.unchanged).toEqual(['boats', 'gone', 'nets']);
    expect(embeddings.seen).toEqual([]);
    expect(index.calls).toEqual(['commit']);
  });

  it('replaces what changed, adds what is new and removes what is gone', async () => {
    await write('nets.txt', `${nets} A machine helps them.`);
    await write('sails.txt', 'The sails are brown. They last ten years.');
    await rm(join(dir, 'gone.txt'));
    const report = await ingest();
    expect(report).toMatchObject({
      added: ['sails'],
      changed: ['nets'],
      unchanged: ['boats'],
      removed: ['gone'],
    });
    expect(Array.from(index.committed.keys()).toSorted()).toEqual(['boats', 'nets', 'sails']);
  });

  it('sees a change of metadata alone', async () => {
    await write('nets.txt', `${nets}\nNguồn: https://a.example/nets`);
    expect((await ingest()).changed).toEqual(['nets']);
  });

  it('keeps an article whose file cannot be read this time', async () => {
    await write('nets.txt', new Uint8Array([0, 1, 2, 3]));
    const report = await ingest();
    expect(report.failed).toEqual([{ file: 'nets.txt', reason: expect.stringContaining('binary data') }]);
    expect(report.removed).toEqual([]);
    expect(index.committed.has('nets')).toBe(true);
  });

  it('keeps an article with an id of its own when its front matter breaks', async () => {
    await write('sails.md', '---\nid: brown-sails\n---\nThe sails are brown. They last ten years.');
    await ingest();
    await write('sails.md', '---\nid: brown-sails\npublishedAt: soon\n---\nThe sails are brown.');
    const report = await ingest();
    expect(report.failed).toHaveLength(1);
    expect(index.committed.has('brown-sails')).toBe(true);
  });

  it('leaves the index as it was when embedding fails', async () => {
    await write('nets.txt', `${nets} POISON is forbidden.`);
    await rm(join(dir, 'gone.txt'));
    const embeddings = createLetterModel((text) => text.includes('POISON'));
    await expect(ingest({ embeddings })).rejects.toThrow('the model broke');
    expect(index.calls).toEqual(['discard']);
    expect(index.committed.has('gone')).toBe(true);
  });

  it('leaves the index as it was when it is aborted', async () => {
    await write('nets.txt', `${nets} More.`);
    const controller = new AbortController();
    const onProgress = ({ phase }: IngestProgress) => phase === 'embedding' && controller.abort();
    await expect(ingest({ onProgress, signal: controller.signal })).rejects.toThrow(/abort/iu);
    expect(index.calls.at(-1)).toBe('discard');
    expect(index.calls).not.toContain('commit');
  });
});

describe('an ingest of a folder with problems', () => {
  it('fails the later of two files with one id and names both', async () => {
    await write('a.md', `---\nid: nets\n---\n${nets}`);
    await write('nets.txt', nets);
    const report = await ingest();
    expect(report.added).toEqual(['nets']);
    expect(report.failed).toEqual([
      { file: 'nets.txt', reason: expect.stringMatching(/"nets" is that of a\.md/u) },
    ]);
  });

  it('says which setting names a folder that does not exist', async () => {
    await expect(ingest({ dir: join(dir, 'nowhere') })).rejects.toMatchObject({
      code: 'configuration',
      remedy: expect.stringContaining('CORPUS_DIR'),
    });
    expect(index.calls).toEqual(['discard']);
  });
});
