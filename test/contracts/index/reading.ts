import { describe, expect, it } from 'vitest';

import type { Filters } from '../../../src/domain/filters.ts';
import { dimensions, indexedArticle, randomVectors } from '../../index/fixtures.ts';
import { indexOf, type OpenIndex, sharedIndex } from './open-index.ts';

const first = indexedArticle('first', '# Heading\nOne sentence.\nAnother.\n\nSecond 😀 paragraph.', {
  publishedAt: '2024-03-01',
  publisher: 'Daily',
  author: 'A. Writer',
  sourceUrl: 'https://example.org/first',
  sources: ['Ministry', 'https://example.org'],
  headings: [{ start: 0, end: 9, level: 1 }],
  found: { title: 'heading', language: 'detected', publishedAt: 'dateline' },
});
const second = indexedArticle('second', 'Undated words.', { publisher: 'Weekly' });
const third = indexedArticle('third', 'Bài thứ ba.', {
  language: 'vi',
  publishedAt: '2025-01-15',
  publisher: 'Daily',
});
const fourth = indexedArticle('fourth', 'Fourth words.', { publishedAt: '2024-03-01' });
const entries = [first, second, third, fourth];
const [vector = []] = randomVectors(1, dimensions);

/** What is read of a generation. */
export function describeReading(open: OpenIndex): void {
  describe('gives back', () => {
    const index = sharedIndex(open, entries);

    it('what was put in', async () => {
      const { generation } = index();
      expect(generation).toMatchObject({
        embeddingModel: 'test:model',
        dimensions,
        articles: 4,
        passages: 5,
        languages: { en: 4, vi: 1 },
      });
      expect(generation.id).toMatch(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/u);
      expect(Number.isNaN(Date.parse(generation.createdAt))).toBe(false);
      for (const { article, passages } of entries) {
        expect(await index().article(article.id)).toEqual(article);
        const stored = await index().passages(passages.map(({ id }) => id));
        const { text, headings: _, found: __, ...metadata } = article;
        expect(stored).toEqual(
          passages.map((passage) => ({
            passage,
            article: expect.objectContaining(metadata),
            text: text.slice(passage.start, passage.end),
          })),
        );
      }
    });

    it('the vectors of the sentences, of unit length, nearly as they were', async () => {
      for (const { passages, sentenceVectors } of entries) {
        const vectors = await index().sentenceVectors(passages.map(({ id }) => id));
        for (const [position, { id }] of passages.entries()) {
          const [given, kept] = [sentenceVectors[position] ?? [], vectors.get(id) ?? []];
          expect(kept).toHaveLength(given.length);
          for (const [sentence, one] of kept.entries()) {
            const cosine = one.reduce((sum, value, at) => sum + value * (given[sentence]?.[at] ?? 0), 0);
            expect(cosine).toBeGreaterThan(0.999);
            expect(Math.hypot(...one)).toBeCloseTo(1, 5);
          }
        }
      }
    });

    it('passages in the order asked for, without those that it does not hold', async () => {
      const [id = ''] = third.passages.map((passage) => passage.id);
      const [other = ''] = first.passages.map((passage) => passage.id);
      expect(await index().article('none')).toBeUndefined();
      const found = await index().passages([id, 'none', other, id]);
      expect(found.map(({ passage }) => passage.id)).toEqual([id, other, id]);
      expect(await index().passages([])).toEqual([]);
      expect([...(await index().sentenceVectors(['none', id])).keys()]).toEqual([id]);
      expect((await index().sentenceVectors([])).size).toBe(0);
    });

    it('articles with how their metadata were found', async () => {
      expect(await index().article('second')).not.toHaveProperty('found');
      const all = await index().sourceArticles();
      expect(all.map(({ id }) => id)).toEqual(['first', 'fourth', 'second', 'third']);
      expect(all[0]).toMatchObject({
        title: 'Title of first',
        publishedAt: '2024-03-01',
        found: { title: 'heading' },
      });
    });

    it('counts', async () => {
      expect(await index().statistics()).toEqual({
        articles: 4,
        passages: 5,
        sentences: 7,
        languages: {
          en: { articles: 3, passages: 4, sentences: 6 },
          vi: { articles: 1, passages: 1, sentences: 1 },
        },
        publishers: [
          { name: 'Daily', articles: 2 },
          { name: 'Weekly', articles: 1 },
        ],
        publishedFrom: '2024-03-01',
        publishedTo: '2025-01-15',
        undated: 1,
      });
    });

    it('terms of the language that look like those that nobody wrote', async () => {
      expect(Object.fromEntries(await index().similarTerms(['paragarph', 'word', 'wrod'], 'en'))).toEqual({
        paragarph: 'paragraph',
        wrod: 'word',
      });
      expect((await index().similarTerms(['paragarph'], 'vi')).size).toBe(0);
    });
  });

  describe('lists', () => {
    const index = sharedIndex(open, entries);
    const list = async (...query: Parameters<ReturnType<typeof index>['articles']>) =>
      (await index().articles(...query)).map(({ id }) => id);

    it('the newest first, then by id, undated last', async () => {
      const articles = await index().articles();
      expect(articles.map(({ id }) => id)).toEqual(['third', 'first', 'fourth', 'second']);
      expect(articles[1]).toMatchObject({ title: 'Title of first', length: first.article.text.length });
      expect(articles[1]).not.toHaveProperty('text');
    });

    it('page by page', async () => {
      expect(await list({}, { limit: 2 })).toEqual(['third', 'first']);
      const after = { id: 'first', publishedAt: '2024-03-01' };
      expect(await list({}, { after, limit: 1 })).toEqual(['fourth']);
      expect(await list({}, { after })).toEqual(['fourth', 'second']);
      expect(await list({}, { after: { id: 'second' } })).toEqual([]);
      expect(await list({ publishers: ['Daily'] }, { after })).toEqual([]);
    });

    it('what comes behind an article that is gone', async () => {
      expect(await list({}, { after: { id: 'fi', publishedAt: '2024-03-01' } })).toEqual([
        'first',
        'fourth',
        'second',
      ]);
      expect(await list({}, { after: { id: 'a' } })).toEqual(['second']);
    });
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
  describe('keeps to the filters', () => {
    const index = sharedIndex(open, entries);
    const owner = new Map(
      entries.flatMap(({ article, passages }) => passages.map(({ id }) => [id, article.id])),
    );
    const ownersOf = (hits: readonly { passageId: string }[]) =>
      new Set(hits.map(({ passageId }) => owner.get(passageId)));

    it.each(filters)('%j', async (given, expected) => {
      const english = new Set(expected.filter((id) => id !== 'third'));
      const text = {
        terms: [{ term: 'word', weight: 1 }],
        language: 'en',
        limit: 10,
        filters: given,
      } as const;
      expect(ownersOf(await index().searchVectors({ vector, limit: 10, filters: given }))).toEqual(
        new Set(expected),
      );
      expect((await index().articles(given)).map(({ id }) => id).toSorted()).toEqual(expected);
      const lexical = await index().searchText({
        ...text,
        terms: [...text.terms, { term: 'titl', weight: 1 }],
      });
      expect(ownersOf(lexical)).toEqual(english);
      const both = await index().search({ vector, ...text });
      expect(ownersOf(both.dense)).toEqual(new Set(expected));
      expect(both.lexical).toEqual(await index().searchText(text));
    });
  });

  it('stops when the caller has gone', async () => {
    const index = await indexOf(open, entries);
    const signal = AbortSignal.abort();
    await index.read(async (one) => {
      await expect(one.searchVectors({ vector, limit: 1, signal })).rejects.toThrow(/abort/u);
      const text = { terms: [{ term: 'word', weight: 1 }], language: 'en', limit: 1, signal } as const;
      await expect(one.searchText(text)).rejects.toThrow(/abort/u);
      await expect(one.search({ vector, ...text })).rejects.toThrow(/abort/u);
    });
  });

  it('can be empty', async () => {
    const index = await indexOf(open, []);
    await index.read(async (one) => {
      expect(one.generation).toMatchObject({ articles: 0, passages: 0, languages: {} });
      expect(await one.articles()).toEqual([]);
      expect(await one.searchVectors({ vector, limit: 10 })).toEqual([]);
      const terms = [{ term: 'word', weight: 1 }];
      expect(await one.search({ vector, terms, language: 'en', limit: 10 })).toEqual({
        dense: [],
        lexical: [],
      });
      expect(await one.statistics()).toMatchObject({ articles: 0, passages: 0, publishers: [], undated: 0 });
      expect(await one.sources()).toEqual([]);
    });
  });

  it('is none before the first commit', async () => {
    const index = await indexOf(open);
    await expect(index.acquire()).rejects.toMatchObject({
      code: 'index-unusable',
      remedy: expect.stringMatching(/ingest/u),
    });
    await index.ingest([]);
    expect(await index.articleIds()).toEqual([]);
  });
}
