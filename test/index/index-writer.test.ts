import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { IndexedArticle } from '../../src/domain/ports.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import {
  dimensions,
  indexedArticle,
  indexOptions,
  ingest,
  randomVectors,
  temporaryFolder,
} from './fixtures.ts';

const first = indexedArticle('first', '# Heading\nOne sentence.\nAnother.\n\nSecond 😀 paragraph.', {
  publishedAt: '2024-03-01',
  publisher: 'Daily',
  author: 'A. Writer',
  sourceUrl: 'https://example.org/first',
  sources: ['Ministry', 'https://example.org'],
  headings: [{ start: 0, end: 9, level: 1 }],
});
const second = indexedArticle('second', 'Undated words.', { publisher: 'Weekly' });
const third = indexedArticle('third', 'Bài thứ ba.', {
  language: 'vi',
  publishedAt: '2025-01-15',
  publisher: 'Daily',
});
const fourth = indexedArticle('fourth', 'Fourth words.', { publishedAt: '2024-03-01' });

async function indexed(entries: readonly IndexedArticle[] = [first, second, third, fourth]) {
  const dir = await temporaryFolder();
  const options = indexOptions(dir);
  const generation = await ingest(options, entries);
  return { dir, options, generation };
}

async function everything(options: ReturnType<typeof indexOptions>) {
  const index = await openIndex(options);
  const hits = await index.searchVectors({ vector: randomVectors(1, dimensions)[0] ?? [], limit: 100 });
  const articles = await index.articles();
  const text = await index.searchText({ terms: [{ term: 'word', weight: 1 }], language: 'en', limit: 100 });
  index.close();
  return { articles, passages: hits.map(({ passageId }) => passageId), text };
}

describe('an index writer', () => {
  it('knows the fingerprints and makes no generation when nothing changes', async () => {
    const { dir, options, generation } = await indexed();
    const before = await readdir(join(dir, 'generations'));
    const writer = await createIndexWriter(options);
    expect(writer.fingerprints.get('first')).toBe(`print of ${first.article.version}`);
    await writer.remove('none');
    expect(await writer.commit()).toEqual(generation);
    await writer.discard();
    expect(await readdir(join(dir, 'generations'))).toEqual(before);
  });

  it('leaves the current generation alone when discarded', async () => {
    const { dir, options, generation } = await indexed();
    const writer = await createIndexWriter(options);
    await writer.put(indexedArticle('new', 'Words.'), 'print');
    await writer.discard();
    await writer.discard();
    await expect(writer.commit()).rejects.toThrow(/has ended/u);
    expect((await readdir(dir)).toSorted()).toEqual(['current.json', 'generations', 'writer.lock']);
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    index.close();
  });

  it('keeps the current and the previous generation, and nothing of a dead writer', async () => {
    const { dir, options } = await indexed();
    await mkdir(join(dir, 'building-1-dead'));
    await writeFile(join(dir, 'building-1-dead', 'articles.db'), 'half');
    const ids = [];
    for (const id of ['one', 'two', 'three']) {
      ids.push((await ingest(options, [indexedArticle(id, 'Words.')])).id);
    }
    expect((await readdir(join(dir, 'generations'))).toSorted()).toEqual(ids.slice(-2));
    expect(await readdir(dir)).not.toContain('building-1-dead');
  });

  it('makes sortable ids even when the clock was set back', async () => {
    const { options, generation } = await indexed();
    const writer = await createIndexWriter({ ...options, now: () => new Date('2001-01-01') });
    await writer.remove('first');
    expect((await writer.commit()).id > generation.id).toBe(true);
  });

  it('starts from nothing for another embedding model or dimension', async () => {
    const { options } = await indexed();
    for (const embeddings of [
      { id: 'other:model', dimensions },
      { id: 'test:model', dimensions: 4 },
    ]) {
      const writer = await createIndexWriter({ ...options, embeddings });
      expect(writer.fingerprints.size).toBe(0);
      await writer.discard();
    }
    const other = { ...options, embeddings: { id: 'other:model', dimensions } };
    const writer = await createIndexWriter(other);
    await writer.put(second, 'print');
    expect(await writer.commit()).toMatchObject({ embeddingModel: 'other:model', articles: 1 });
  });

  it('rebuilds the vectors, and nothing else, when the search settings change', async () => {
    const { options, generation } = await indexed();
    const graph = { ...options, hnsw: { ...options.hnsw, exactLimit: 2 } };
    const before = await everything(options);
    const writer = await createIndexWriter(graph);
    expect(writer.fingerprints.size).toBe(4);
    expect((await writer.commit()).id).not.toBe(generation.id);
    expect(await everything(graph)).toEqual(before);
  });

  it('says where it cannot write', async () => {
    const dir = await temporaryFolder();
    await writeFile(join(dir, 'file'), '');
    await expect(createIndexWriter(indexOptions(join(dir, 'file', 'index')))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(join(dir, 'file', 'index')),
    });
  });

  it('fails to commit, and changes nothing, when the new generation cannot be put in place', async () => {
    const { dir, options, generation } = await indexed();
    const writer = await createIndexWriter(options);
    await writer.remove('first');
    await mkdir(join(dir, 'current.json.tmp'));
    await expect(writer.commit()).rejects.toThrow(/EISDIR/u);
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    index.close();
  });
});

describe('two index writers', () => {
  it('do not work on one index at once', async () => {
    const { dir, options } = await indexed();
    const writer = await createIndexWriter(options);
    await expect(createIndexWriter(options)).rejects.toMatchObject({
      code: 'unavailable',
      message: `Another ingest (process ${process.pid}) is writing the index in ${dir}.`,
    });
    await writer.discard();
    const next = await createIndexWriter(options);
    await next.commit();
    await (await createIndexWriter(options)).discard();
  });

  it('are not held up by a lock file that is none', async () => {
    const { dir, options } = await indexed();
    await writeFile(join(dir, 'writer.lock'), 'x'.repeat(5_000));
    const writer = await createIndexWriter(options);
    expect(writer.fingerprints.size).toBe(4);
    await writer.discard();
  });
});
