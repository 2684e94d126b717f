import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import type { IngestProgress } from '../../src/domain/ingest-job.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { createDiskFiles } from '../../src/ingest/load/disk-files.ts';
import { type IngestOptions, runIngest } from '../../src/ingest/run-ingest.ts';
import { inlineParser } from '../support/inline-parser.ts';
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
  return runIngest({
    files: createDiskFiles({ corpusDir: dir, addedDir: join(dir, 'added') }),
    writer: index.writer(),
    embeddings: createLetterModel(),
    parser: inlineParser,
    maxFileBytes: 1_000_000,
    ...options,
  });
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
      ...[0, 0, 1, 2].map((done) => ({ phase: 'embedding', done, total: 2 })),
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

  it('looks at nothing but the files that may have changed, where that is known', async () => {
    await write('nets.txt', `${nets} A machine helps them.`);
    await write('sails.txt', 'The sails are brown. They last ten years.');
    await rm(join(dir, 'gone.txt'));
    const report = await ingest({ only: ['sails.txt', 'gone.txt', 'never-was.txt'] });
    expect(report).toMatchObject({
      added: ['sails'],
      changed: [],
      unchanged: ['boats', 'nets'],
      removed: ['gone'],
      failed: [],
    });
    expect((await ingest()).changed).toEqual(['nets']);
  });

  it('looks at every file all the same when an interrupted ingest is carried on', async () => {
    await write('nets.txt', `${nets} More.`);
    const stop = new AbortController();
    const onProgress = ({ phase }: IngestProgress) => phase === 'embedding' && stop.abort();
    await expect(ingest({ onProgress, signal: stop.signal })).rejects.toThrow(/abort/iu);
    await write('sails.txt', 'The sails are brown. They last ten years.');
    expect(await ingest({ only: ['sails.txt'] })).toMatchObject({ added: ['sails'], changed: ['nets'] });
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

  it('embeds only the texts of a changed article that are new', async () => {
    await write('nets.txt', `${nets} A machine helps them.`);
    const embeddings = createLetterModel();
    await ingest({ embeddings });
    expect(embeddings.seen.flat()).toEqual([
      expect.stringContaining('A machine helps them.'),
      'A machine helps them.',
    ]);
    const entry = index.committed.get('nets')?.entry;
    expect(entry?.sentenceVectors.flat()).toHaveLength(3);
    expect(entry?.sentenceVectors.flat()).toEqual(
      await createLetterModel().embedDocuments([...nets.split(/(?<=\.) /u), 'A machine helps them.']),
    );
  });

  it('neither reads nor parses a file again that it could not read', async () => {
    await write('bad.md', '---\npublishedAt: soon\n---\nThe sails are brown.');
    const first = await ingest();
    const parser = { ...inlineParser, parse: () => Promise.reject(new Error('must not be called')) };
    const second = await ingest({ parser });
    expect(second.failed).toEqual(first.failed);
    expect(second.failed).toEqual([{ file: 'bad.md', reason: expect.stringContaining('publishedAt') }]);
  });

  it('leaves out what is withdrawn, and has it again when it is restored', async () => {
    const report = await ingest({ isWithdrawn: (id) => id === 'nets' });
    expect(report).toMatchObject({ removed: ['nets'], unchanged: ['boats', 'gone'] });
    expect(index.committed.has('nets')).toBe(false);
    expect((await ingest({ isWithdrawn: (id) => id === 'nets' })).removed).toEqual([]);
    expect((await ingest()).added).toEqual(['nets']);
  });

  it('takes an empty folder for a mistake, unless it is told otherwise', async () => {
    for (const file of ['boats.txt', 'nets.txt', 'gone.txt']) await rm(join(dir, file));
    await expect(ingest()).rejects.toMatchObject({ code: 'configuration' });
    expect(index.committed.size).toBe(3);
    expect((await ingest({ allowEmpty: true })).removed).toEqual(['boats', 'gone', 'nets']);
  });

  it('keeps what was built when it is aborted, and carries on from there', async () => {
    await write('nets.txt', `${nets} More.`);
    await write('sails.txt', 'The sails are brown. They last ten years.');
    const controller = new AbortController();
    const onProgress = ({ phase, done }: IngestProgress) =>
      phase === 'embedding' && done === 1 && controller.abort();
    await expect(ingest({ onProgress, signal: controller.signal })).rejects.toThrow(/abort/iu);
    expect(index.calls.at(-1)).toBe('suspend');
    expect(index.calls).not.toContain('commit');
    const report = await ingest();
    expect(report).toMatchObject({ resumed: true, failed: [] });
    expect(Array.from(index.committed.keys()).toSorted()).toEqual(['boats', 'gone', 'nets', 'sails']);
    expect(index.committed.get('nets')?.entry.article.text).toContain('More.');
  });

  it('keeps what was built when the model fails for a while', async () => {
    await write('sails.txt', 'The sails are brown. They last ten years.');
    const embeddings = {
      ...createLetterModel(),
      embedDocuments: () => Promise.reject(new FootnoteError('model-failed', 'The model is away.')),
    };
    await expect(ingest({ embeddings })).rejects.toMatchObject({ code: 'model-failed' });
    expect(index.calls.at(-1)).toBe('suspend');
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
    const roots = { corpusDir: join(dir, 'nowhere'), addedDir: join(dir, 'added') };
    await expect(ingest({ files: createDiskFiles(roots) })).rejects.toMatchObject({
      code: 'configuration',
      remedy: expect.stringContaining('CORPUS_DIR'),
    });
    expect(index.calls).toEqual(['suspend']);
  });

  it('leaves an article with the file that has had it, and gives it to another once that is gone', async () => {
    await write('nets.txt', nets);
    await ingest();
    await write('a.md', `---\nid: nets\n---\n${boats}`);
    expect((await ingest()).failed).toEqual([{ file: 'a.md', reason: expect.stringContaining('nets.txt') }]);
    expect(index.committed.get('nets')?.entry.article.text).toContain('mended');
    await rm(join(dir, 'nets.txt'));
    expect(await ingest()).toMatchObject({ changed: ['nets'], failed: [], removed: [] });
    expect(index.committed.get('nets')?.entry.article.text).toContain('blue');
  });

  it('reads what was added beside the corpus, with what is said of it there', async () => {
    const addedDir = await mkdtemp(join(tmpdir(), 'footnote-added-'));
    await write('nets.txt', nets);
    await writeFile(join(addedDir, 'boats.txt'), boats);
    const given = { title: 'On boats', publishedAt: '2024-05-06' };
    await writeFile(join(addedDir, 'boats.txt.meta.json'), JSON.stringify({ given }));
    const report = await ingest({ files: createDiskFiles({ corpusDir: dir, addedDir }) });
    await rm(addedDir, { recursive: true });
    expect(Array.from(report.files)).toEqual([
      ['added/boats.txt', ['boats']],
      ['nets.txt', ['nets']],
    ]);
    expect(index.committed.get('boats')?.entry.article).toMatchObject({
      ...given,
      found: { title: 'given', publishedAt: 'given' },
    });
  });
});
