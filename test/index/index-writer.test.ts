import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Filters } from '../../src/domain/filters.ts';
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

describe('an index', () => {
  it('gives back what was put in', async () => {
    const { options, generation } = await indexed();
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    expect(generation).toMatchObject({ embeddingModel: 'test:model', dimensions, articles: 4, passages: 5 });
    expect(generation.languages).toEqual({ en: 4, vi: 1 });
    expect(generation.id).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/u);
    for (const { article, passages, sentenceVectors } of [first, second, third, fourth]) {
      expect(await index.article(article.id)).toEqual(article);
      const ids = passages.map(({ id }) => id);
      const stored = await index.passages(ids);
      const { text, headings: _, ...metadata } = article;
      expect(stored).toEqual(
        passages.map((passage) => ({
          passage,
          article: metadata,
          text: text.slice(passage.start, passage.end),
        })),
      );
      const vectors = await index.sentenceVectors(ids);
      for (const [position, id] of ids.entries()) {
        const [given, kept] = [sentenceVectors[position] ?? [], vectors.get(id) ?? []];
        expect(kept).toHaveLength(given.length);
        for (const [sentence, vector] of kept.entries()) {
          const cosine = vector.reduce((sum, value, at) => sum + value * (given[sentence]?.[at] ?? 0), 0);
          expect(cosine).toBeGreaterThan(0.999);
          expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
        }
      }
    }
    index.close();
  });

  it('leaves out what it does not hold', async () => {
    const { options } = await indexed();
    const index = await openIndex(options);
    const [id = ''] = third.passages.map((passage) => passage.id);
    const [other = ''] = first.passages.map((passage) => passage.id);
    expect(await index.article('none')).toBeUndefined();
    expect((await index.passages([id, 'none', other, id])).map(({ passage }) => passage.id)).toEqual([
      id,
      other,
      id,
    ]);
    expect([...(await index.sentenceVectors(['none', id])).keys()]).toEqual([id]);
    index.close();
  });

  it('lists the newest first, then by id, undated last', async () => {
    const { options } = await indexed();
    const { articles } = await everything(options);
    expect(articles.map(({ id }) => id)).toEqual(['third', 'first', 'fourth', 'second']);
    expect(articles[1]).toMatchObject({ title: 'Title of first', length: first.article.text.length });
  });

  const filters: [Filters, string[]][] = [
    [{}, ['first', 'fourth', 'second', 'third']],
    [{ languages: ['vi'] }, ['third']],
    [{ languages: ['vi', 'en'] }, ['first', 'fourth', 'second', 'third']],
    [{ articleIds: ['second', 'third', 'none'] }, ['second', 'third']],
    [{ publishers: ['Daily'] }, ['first', 'third']],
    [{ publishers: ["Daily' OR TRUE --"] }, []],
    [{ publishedFrom: '2024-03-01' }, ['first', 'fourth', 'third']],
    [{ publishedFrom: '2024-03-02' }, ['third']],
    [{ publishedTo: '2024-03-01' }, ['first', 'fourth']],
    [{ publishedFrom: '2024-01-01', publishedTo: '2024-12-31', publishers: ['Daily'] }, ['first']],
    [{ languages: ['en'], articleIds: ['third'] }, []],
    [{ publishers: [] }, []],
  ];
  it.each(filters)('keeps to the filters %j', async (given, expected) => {
    const { options } = await indexed();
    const index = await openIndex(options);
    const owner = new Map(
      [first, second, third, fourth].flatMap(({ article, passages }) =>
        passages.map(({ id }) => [id, article.id]),
      ),
    );
    const hits = await index.searchVectors({
      vector: randomVectors(1, dimensions)[0] ?? [],
      limit: 10,
      filters: given,
    });
    const byVector = new Set(hits.map(({ passageId }) => owner.get(passageId)));
    expect(byVector).toEqual(new Set(expected));
    expect((await index.articles(given)).map(({ id }) => id).toSorted()).toEqual(expected);
    const text = await index.searchText({
      terms: [{ term: 'word', weight: 1 }],
      language: 'en',
      limit: 10,
      filters: given,
    });
    const byText = new Set(text.map(({ passageId }) => owner.get(passageId)));
    expect(byText).toEqual(new Set(expected.filter((id) => id !== 'third')));
    index.close();
  });

  it('stops when the caller has gone', async () => {
    const { options } = await indexed();
    const index = await openIndex(options);
    const signal = AbortSignal.abort();
    const vector = randomVectors(1, dimensions)[0] ?? [];
    await expect(index.searchVectors({ vector, limit: 1, signal })).rejects.toThrow(/abort/u);
    await expect(index.searchText({ terms: [], language: 'en', limit: 1, signal })).rejects.toThrow(/abort/u);
    index.close();
  });

  it('can be empty', async () => {
    const { options, generation } = await indexed([]);
    expect(generation).toMatchObject({ articles: 0, passages: 0, languages: {} });
    expect(await everything(options)).toEqual({ articles: [], passages: [], text: [] });
  });
});

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

  it('replaces, removes and adds articles, leaving nothing of the old', async () => {
    const { options, generation } = await indexed();
    const changed = indexedArticle('first', 'Changed text.', { language: 'vi' });
    const writer = await createIndexWriter(options);
    await writer.put(changed, 'new print');
    await writer.remove('second');
    await writer.put(indexedArticle('fifth', 'New words.'), 'print');
    const next = await writer.commit();
    expect(next.id > generation.id).toBe(true);
    expect(next).toMatchObject({ articles: 4, passages: 4, languages: { en: 2, vi: 2 } });
    const { articles, passages, text } = await everything(options);
    expect(articles.map(({ id }) => id).toSorted()).toEqual(['fifth', 'first', 'fourth', 'third']);
    expect(passages).toHaveLength(4);
    expect(passages).toEqual(expect.arrayContaining(changed.passages.map(({ id }) => id)));
    expect(text).toHaveLength(2);
    const index = await openIndex(options);
    expect(await index.documentFrequencies(['undat', 'sentenc'], 'en')).toEqual(new Map());
    index.close();
    const after = await createIndexWriter(options);
    expect(after.fingerprints.get('first')).toBe('new print');
    await after.discard();
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

  const broken: [string, Partial<IndexedArticle>, RegExp][] = [
    ['a vector too few', { passageVectors: [] }, /0 vectors for 1 passages/u],
    ['a sentence vector too few', { sentenceVectors: [[]] }, /0 vectors for 1 sentences/u],
    [
      'a vector with NaN',
      { passageVectors: [Array.from({ length: dimensions }, () => Number.NaN)] },
      /not finite/u,
    ],
    ['a vector too short', { passageVectors: [[1]] }, /has 1 numbers where the index needs 8/u],
    ['half a surrogate pair', { article: { ...second.article, text: 'Undated wor\uD800s.' } }, /surrogate/u],
    ['a passage outside of the text', { article: { ...second.article, text: 'Un' } }, /outside of the text/u],
    [
      'a passage of another version',
      { article: { ...second.article, version: 'x' } },
      /another article or version/u,
    ],
  ];
  it.each(broken)('refuses an article with %s and keeps its old state', async (_name, part, message) => {
    const { options, generation } = await indexed();
    const writer = await createIndexWriter(options);
    await expect(writer.put({ ...second, ...part }, 'print')).rejects.toThrow(message);
    expect(await writer.commit()).toEqual(generation);
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
