import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { Readable } from 'node:stream';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createDiskEnd } from '../../../src/ingest/added/added-end.ts';
import { createAddedStore } from '../../../src/ingest/added/added-store.ts';
import { readSidecar, writeSidecar } from '../../../src/ingest/added/sidecar.ts';
import { typedArticleFile } from '../../../src/ingest/added/typed-article.ts';
import { addedStoreContract, addingJob, filesOf } from '../../contracts/added-store-contract.ts';
import { keptIn } from '../../contracts/kept-files.ts';
import { createFolder } from '../../support/folders.ts';

async function newFolder(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

function storeIn(dir: string, maxFileBytes = 1_000) {
  return createAddedStore({ dir, maxFileBytes });
}

const idOf = (number: number) => `20260101T00000000${number}Z-0000-00000000`;

async function visible(dir: string): Promise<string[]> {
  const names = await readdir(dir);
  return names.filter((name) => !name.startsWith('.')).toSorted();
}

addedStoreContract('a folder', async () => {
  const dir = join(await newFolder(), 'not/there/yet');
  return {
    open: (options) => createAddedStore({ dir, ...options }),
    kept: () => keptIn(createDiskEnd({ addedDir: dir })),
    waiting: async () => {
      const jobs = await readdir(join(dir, '.incoming')).catch(() => []);
      const names = await Promise.all(jobs.map((job) => readdir(join(dir, '.incoming', job))));
      return names.flat().filter((name) => name !== 'job.json').length;
    },
  };
});

describe('a job that was accepted', () => {
  it('is there after a restart, with its files from wherever they came', async () => {
    const dir = join(await newFolder(), 'not/there/yet');
    const upload = join(await newFolder(), 'upload');
    await writeFile(upload, 'moved');
    const given = { id: 'the-boats', publishedAt: '2026-01-02' };
    await storeIn(dir).accept(
      addingJob([
        { name: 'moved.md', content: { path: upload }, given },
        { name: 'bytes.md', content: new Uint8Array([104, 105]) },
        { name: 'stream.md', content: Readable.from([Buffer.from('one '), 'two']) },
      ]),
    );
    expect(await visible(dir)).toEqual([]);
    expect(existsSync(upload)).toBe(false);

    const store = storeIn(dir);
    const [job, ...others] = await store.pending();
    expect(others).toEqual([]);
    if (!job) throw new Error('the job was lost');
    expect(job.subject).toEqual(['s']);
    expect(await store.place(job, filesOf(job))).toEqual([
      'added/moved.md',
      'added/bytes.md',
      'added/stream.md',
    ]);
    await store.finish(job.id);
    expect(await readFile(join(dir, 'moved.md'), 'utf8')).toBe('moved');
    expect(await readSidecar(join(dir, 'moved.md'))).toEqual({ given });
    expect(await readFile(join(dir, 'bytes.md'), 'utf8')).toBe('hi');
    expect(await readFile(join(dir, 'stream.md'), 'utf8')).toBe('one two');
    expect(await storeIn(dir).pending()).toEqual([]);
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('comes before those that were accepted later', async () => {
    const dir = await newFolder();
    const store = storeIn(dir);
    for (const number of [2, 0, 1]) await store.accept(addingJob([{ name: 'a.md', content: 'a' }], number));
    expect((await store.pending()).map(({ id }) => id)).toEqual([idOf(0), idOf(1), idOf(2)]);
  });

  it('is told apart from what was half received, which is removed', async () => {
    const dir = await newFolder();
    const store = storeIn(dir);
    await store.accept(addingJob([{ name: 'a.md', content: 'a' }]));
    await mkdir(join(dir, '.incoming', idOf(1)));
    await writeFile(join(dir, '.incoming', idOf(1), '0'), 'half');
    await writeFile(join(dir, '.incoming', idOf(1), 'job.json.tmp'), '{"id":');
    await writeFile(join(dir, '.incoming', 'stray'), '');
    await writeFile(join(dir, 'a.md.meta.json.tmp'), '{');
    expect(await store.pending()).toHaveLength(1);
    expect(await readdir(join(dir, '.incoming'))).toEqual([idOf(0)]);
    expect(await visible(dir)).toEqual([]);
  });

  it('is kept and reported where it cannot be read any more', async () => {
    const dir = await newFolder();
    const errors: unknown[] = [];
    const store = createAddedStore({ dir, maxFileBytes: 10, onError: (error) => errors.push(error) });
    await store.accept(addingJob([{ name: 'a.md', content: 'a' }]));
    await writeFile(join(dir, '.incoming', idOf(0), 'job.json'), 'nonsense');
    expect(await store.pending()).toEqual([]);
    expect(errors).toEqual([expect.objectContaining({ code: 'unavailable' })]);
    expect(await readdir(join(dir, '.incoming', idOf(0)))).toContain('0');
  });
});

describe('what is not accepted', () => {
  it('says which folder cannot be used, and what to do', async () => {
    const parent = await newFolder();
    await writeFile(join(parent, 'file'), '');
    await expect(
      storeIn(join(parent, 'file')).accept(addingJob([{ name: 'a.md', content: 'a' }])),
    ).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('a file stands where the folder should be'),
      remedy: expect.stringContaining('ADDED_DIR'),
    });
    // The superuser may write anywhere.
    if (process.getuid?.() === 0) return;
    const locked = join(parent, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    await expect(storeIn(locked).accept(addingJob([{ name: 'a.md', content: 'a' }]))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no permission'),
    });
  });
});

describe('removing a page', () => {
  it('removes what is said of it as well', async () => {
    const dir = await newFolder();
    await mkdir(join(dir, 'web/news.example'), { recursive: true });
    await writeFile(join(dir, 'web/news.example/a.html'), '');
    await writeSidecar(join(dir, 'web/news.example/a.html'), { given: { title: 'A' } });
    await storeIn(dir).remove('added/web/news.example/a.html');
    expect(await readdir(join(dir, 'web/news.example'))).toEqual([]);
  });
});

describe('an article that was typed in', () => {
  it('is one line of JSON under its id, or else one made of its title', () => {
    const { name, text } = typedArticleFile({
      title: 'Giá gạo 1.5 tăng',
      text: 'Một.\nHai.',
      language: 'vi',
    });
    expect(name).toBe('gia-gao-1-5-tang.jsonl');
    expect(text.endsWith('}\n')).toBe(true);
    expect(JSON.parse(text)).toEqual({
      id: 'gia-gao-1-5-tang',
      title: 'Giá gạo 1.5 tăng',
      text: 'Một.\nHai.',
      language: 'vi',
    });
    expect(typedArticleFile({ id: 'rice', title: 'Rice', text: 'One.' }).name).toBe('rice.jsonl');
    expect(typedArticleFile({ title: '米', text: 'One.' }).name).toMatch(/^article-[0-9a-f]{12}\.jsonl$/u);
  });
});
