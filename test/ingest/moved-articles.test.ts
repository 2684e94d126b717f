import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDiskFiles } from '../../src/ingest/load/disk-files.ts';
import type { FileParser } from '../../src/ingest/parse/parsed-file.ts';
import { type IngestOptions, runIngest } from '../../src/ingest/run-ingest.ts';
import { inlineParser } from '../support/inline-parser.ts';
import { createLetterModel, createMemoryIndex } from './memory-index.ts';

let dir: string;
let index: ReturnType<typeof createMemoryIndex>;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-moved-'));
  index = createMemoryIndex();
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

/** Writes a file with an article of this id. */
async function write(file: string, id: string, about: string): Promise<void> {
  await mkdir(join(dir, file, '..'), { recursive: true });
  await writeFile(join(dir, file), `---\nid: ${id}\n---\nThe ${about} of the village are painted blue.`);
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

const textOf = (id: string) => index.committed.get(id)?.entry.article.text;

describe('an article whose file gets another name', () => {
  it('stays as it is, and nothing of it is written', async () => {
    await write('b.md', 'boats', 'boats');
    await ingest();
    await rename(join(dir, 'b.md'), join(dir, 'a.md'));
    index.calls.length = 0;
    expect(await ingest()).toMatchObject({ unchanged: ['boats'], changed: [], removed: [], failed: [] });
    expect(index.calls).toEqual(['commit']);
    expect(index.sources.get('a.md')?.articles).toEqual(['boats']);
    expect(index.sources.has('b.md')).toBe(false);
  });
});

describe('an article that moves to another file', () => {
  it.each([
    ['a.md', 'b.md'],
    ['b.md', 'a.md'],
  ])('is there at once: from %s to %s', async (from, to) => {
    await write(from, 'boats', 'boats');
    await write(to, 'nets', 'nets');
    await ingest();
    await write(from, 'sails', 'sails');
    await write(to, 'boats', 'boats');
    expect(await ingest()).toMatchObject({
      added: ['sails'],
      changed: [],
      unchanged: ['boats'],
      removed: ['nets'],
      failed: [],
    });
    expect((await ingest()).unchanged.toSorted()).toEqual(['boats', 'sails']);
  });

  it('is there at once where files change places', async () => {
    for (const name of ['a', 'b', 'c']) await write(`${name}.md`, name, name);
    await ingest();
    await write('a.md', 'b', 'b');
    await write('b.md', 'c', 'cedars');
    await write('c.md', 'a', 'a');
    expect(await ingest()).toMatchObject({
      added: [],
      changed: ['c'],
      unchanged: ['b', 'a'],
      removed: [],
      failed: [],
    });
    expect(textOf('c')).toContain('cedars');
    expect(index.sources.get('a.md')?.articles).toEqual(['b']);
  });

  it('stays with a file that changed and still holds it', async () => {
    await write('nets.md', 'nets', 'nets');
    await ingest();
    await write('a.md', 'nets', 'boats');
    await write('nets.md', 'nets', 'new nets');
    expect(await ingest()).toMatchObject({
      changed: ['nets'],
      failed: [{ file: 'a.md', reason: expect.stringContaining('nets.md') }],
    });
    expect(textOf('nets')).toContain('new nets');
  });

  it('is told of a few times where a whole table stands under a second name', async () => {
    const rows = Array.from({ length: 500 }, (_, row) =>
      JSON.stringify({
        id: `row-${row}`,
        title: `Row ${row}`,
        text: `The boats of village ${row} are blue.`,
      }),
    );
    await writeFile(join(dir, 'b.jsonl'), rows.join('\n'));
    await ingest();
    await writeFile(join(dir, 'a.jsonl'), rows.join('\n'));
    const { failed, unchanged } = await ingest();
    expect(unchanged).toHaveLength(500);
    expect(failed).toHaveLength(101);
    expect(failed.at(-1)?.reason).toMatch(/^\d+ more of its ids/u);
  });

  it('stays with a file that cannot be read this time', async () => {
    await write('nets.md', 'nets', 'nets');
    await ingest();
    await write('a.md', 'nets', 'boats');
    await writeFile(join(dir, 'nets.md'), new Uint8Array([0, 1, 2, 3]));
    expect((await ingest()).failed.map(({ file }) => file)).toEqual(['a.md', 'nets.md']);
    expect(textOf('nets')).toContain('The nets');
  });

  it('goes to the other file that holds it, although only its own is known to have changed', async () => {
    await write('nets.md', 'nets', 'nets');
    await ingest();
    await write('a.md', 'nets', 'boats');
    await ingest();
    await rm(join(dir, 'nets.md'));
    expect(await ingest({ only: ['nets.md'] })).toMatchObject({ changed: ['nets'], removed: [], failed: [] });
    expect(textOf('nets')).toContain('boats');
  });
});

describe('the report of an ingest', () => {
  it('names everything in the order of the files', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await write(`${name}.md`, name, name);
    await writeFile(join(dir, 'bad-1.md'), '---\npublishedAt: soon\n---\nThe boats are blue.');
    await ingest();
    await write('a.md', 'a', 'apples');
    await write('b.md', 'b', 'b');
    await writeFile(join(dir, 'a.bad.md'), '---\npublishedAt: soon\n---\nThe boats are blue.');
    await writeFile(join(dir, 'c.md'), '---\nid: c\n---\nThe c of the village are painted blue.\n');
    const report = await ingest();
    expect(report.unchanged).toEqual(['b', 'c', 'd']);
    expect(report.failed.map(({ file }) => file)).toEqual(['a.bad.md', 'bad-1.md']);
    expect(Array.from(report.files.keys())).toEqual(['a.md', 'b.md', 'c.md', 'd.md']);
  });
});

describe('a file with one id twice', () => {
  it('fails in that with each ingest, and is not read again for it', async () => {
    await write('a.md', 'blue', 'boats');
    const twice: FileParser = {
      ...inlineParser,
      async parse(input) {
        const { articles, failures } = await inlineParser.parse(input);
        return { articles: [...articles, ...articles], failures };
      },
    };
    const first = await ingest({ parser: twice });
    expect(first.failed).toEqual([{ file: 'a.md', reason: expect.stringContaining('another article') }]);
    const parser = { ...inlineParser, parse: () => Promise.reject(new Error('must not be called')) };
    expect((await ingest({ parser })).failed).toEqual(first.failed);
  });
});

describe('files that cannot be looked at', () => {
  it('keep their articles where the folder for what is added cannot be opened', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'footnote-elsewhere-'));
    const addedDir = join(elsewhere, 'added');
    await mkdir(addedDir);
    await write('nets.md', 'nets', 'nets');
    await writeFile(join(addedDir, 'boats.md'), '---\nid: boats\n---\nThe boats are painted blue.');
    const roots = { corpusDir: dir, addedDir };
    await ingest({ files: createDiskFiles(roots) });
    await rm(addedDir, { recursive: true });
    await symlink(addedDir, addedDir);
    const report = await ingest({ files: createDiskFiles(roots) });
    await rm(elsewhere, { recursive: true });
    expect(report).toMatchObject({
      unchanged: ['nets'],
      removed: [],
      failed: [{ file: 'added', reason: expect.stringContaining('ELOOP') }],
    });
  });

  it('are not taken for those that were added, where they stand in a folder of that name', async () => {
    const addedDir = await mkdtemp(join(tmpdir(), 'footnote-elsewhere-'));
    await write('added/boats.md', 'boats', 'boats');
    await writeFile(join(addedDir, 'boats.md'), '---\nid: ships\n---\nThe ships are painted blue.');
    const report = await ingest({ files: createDiskFiles({ corpusDir: dir, addedDir }) });
    await rm(addedDir, { recursive: true });
    expect(report).toMatchObject({
      added: ['ships'],
      failed: [],
      skipped: [{ file: 'added', reason: expect.stringContaining('ADDED_DIR') }],
    });
  });

  it('keep their articles, also where they alone are looked at', async () => {
    await write('far/boats.md', 'boats', 'boats');
    await write('nets.md', 'nets', 'nets');
    await ingest();
    // A name too long for a file system is an error other than that nothing is there.
    const long = `${'a'.repeat(300)}.md`;
    const record = { path: long, digest: 'digest', articles: ['sails'], failures: [] };
    index.sources.set(long, record);
    const nets = index.committed.get('nets');
    if (nets) index.committed.set('sails', nets);
    expect(await ingest({ only: [long] })).toMatchObject({
      removed: [],
      failed: [{ file: long, reason: expect.stringContaining('ENAMETOOLONG') }],
    });
  });
});
