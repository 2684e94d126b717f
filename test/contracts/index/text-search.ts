import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Article } from '../../../src/domain/article.ts';
import { languages, type Language } from '../../../src/domain/language.ts';
import { searchTerms } from '../../../src/domain/text/search-terms.ts';
import { indexedArticle } from '../../index/fixtures.ts';
import { indexOf, type OpenIndex, sharedIndex, type TestIndex } from './open-index.ts';

const texts: [id: string, text: string, metadata: Partial<Article>][] = [
  [
    'centre',
    'The startup centre opened.\n\nIt has 1,400 members and a laboratory.',
    { title: 'Support for startups' },
  ],
  [
    'rice',
    'Rice farmers met.\n\nThe laboratory tests rice.\n\nNothing else.',
    { publisher: 'Daily', publishedAt: '2024-05-01' },
  ],
  ['gao', 'Khoa học và công nghệ.\n\nNông dân trồng lúa ở Đà Nẵng.', { language: 'vi', title: 'Lúa gạo' }],
];
const entries = texts.map(([id, text, metadata]) => indexedArticle(id, text, metadata));

/** Passages by their words. */
export function describeTextSearch(open: OpenIndex): void {
  describe('finds by words', () => {
    const index = sharedIndex(open, entries);

    async function search(question: string, language: Language = 'en', weight = (_term: string) => 1) {
      const terms = searchTerms(question, language).map((term) => ({ term, weight: weight(term) }));
      const hits = await index().searchText({ terms, language, limit: 10 });
      const passages = await index().passages(hits.map((hit) => hit.passageId));
      return { hits, found: passages.map(({ text }) => text) };
    }

    it('passages by their words, numbers however written, best first', async () => {
      expect((await search('1400 member')).found[0]).toBe('It has 1,400 members and a laboratory.');
      const { hits, found } = await search('laboratories test rice');
      expect(found[0]).toBe('The laboratory tests rice.');
      const scores = hits.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(scores.every((score) => score > 0)).toBe(true);
    });

    it('Vietnamese with and without its marks, in Vietnamese articles only', async () => {
      expect((await search('khoa hoc cong nghe', 'vi')).found).toEqual(['Khoa học và công nghệ.']);
      expect((await search('đà nẵng', 'vi')).found).toEqual(['Nông dân trồng lúa ở Đà Nẵng.']);
      expect((await search('khoa hoc', 'en')).found).toEqual([]);
    });

    it('every passage of an article by a word of its title', async () => {
      expect((await search('supporting')).found).toHaveLength(2);
    });

    it('what heavier terms say before the rest', async () => {
      const heavy = (wanted: string) => (term: string) => (term === wanted ? 1.5 : 0.25);
      const [rice] = (await search('member farmer', 'en', heavy('farmer'))).found;
      const [centre] = (await search('member farmer', 'en', heavy('member'))).found;
      expect([rice, centre]).toEqual(['Rice farmers met.', 'It has 1,400 members and a laboratory.']);
    });

    it('with scores in proportion to the weight', async () => {
      const one = (await search('farmers')).hits[0]?.score ?? 0;
      const half = (await search('farmers', 'en', () => 0.5)).hits[0]?.score ?? 0;
      expect(half / one).toBeCloseTo(0.5, 10);
    });

    it('nothing for no terms, no limit, or weights that are no weights', async () => {
      const query = { language: 'en', limit: 5 } as const;
      expect(await index().searchText({ ...query, terms: [] })).toEqual([]);
      const rice = [{ term: 'rice', weight: 1 }];
      expect(await index().searchText({ ...query, terms: rice, limit: 0 })).toEqual([]);
      for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(await index().searchText({ ...query, terms: [{ term: 'rice', weight }] })).toEqual([]);
      }
    });

    it('by the heaviest of very many', async () => {
      const rice = { term: 'rice', weight: 9 };
      const query = { language: 'en', limit: 5 } as const;
      const once = await index().searchText({ ...query, terms: [rice] });
      expect(once).toHaveLength(3);
      const many = Array.from({ length: 2_000 }, (_, number) => ({
        term: `w${number}`,
        weight: 1 + number / 1e4,
      }));
      expect(await index().searchText({ ...query, terms: [...many, rice] })).toEqual(once);
    });

    it('whatever string is a term, never as syntax', async () => {
      const term = fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          '"',
          'rice" OR "x',
          'title:rice',
          'rice*',
          '-rice',
          '\0a',
          'a\0"b',
          "a'; --",
          '{}',
          '%',
        ),
      );
      await fc.assert(
        fc.asyncProperty(
          fc.array(term, { maxLength: 6 }),
          fc.constantFrom(...languages),
          async (terms, language) => {
            const weighted = terms.map((one) => ({ term: one, weight: 1 }));
            const hits = await index().searchText({ terms: weighted, language, limit: 5 });
            expect(hits.length).toBeLessThanOrEqual(5);
            expect((await index().documentFrequencies(terms, language)).size).toBeLessThanOrEqual(
              terms.length,
            );
            expect((await index().similarTerms(terms, language)).size).toBeLessThanOrEqual(terms.length);
          },
        ),
        { numRuns: 25 },
      );
    });

    it('and counts the passages that have a term', async () => {
      const counts = await index().documentFrequencies(['rice', 'laboratori', 'nowhere', 'rice'], 'en');
      expect(Object.fromEntries(counts)).toEqual({ rice: 3, laboratori: 2 });
      expect(Object.fromEntries(await index().documentFrequencies(['khoa_hoc', 'rice'], 'vi'))).toEqual({
        khoa_hoc: 1,
      });
      expect((await index().documentFrequencies([], 'en')).size).toBe(0);
    });
  });

  it('orders equal scores by the order of indexing', async () => {
    const same = ['z', 'a', 'm'].map((id) => indexedArticle(id, 'equal words', { title: 'T' }));
    const index = await indexOf(open, [...same, indexedArticle('o', 'other\n\nthing\n\nhere\n\nnow')]);
    const found = await index.read(async (one) => {
      const hits = await one.searchText({ terms: [{ term: 'equal', weight: 1 }], language: 'en', limit: 9 });
      return one.passages(hits.map(({ passageId }) => passageId));
    });
    expect(found.map(({ article }) => article.id)).toEqual(['z', 'a', 'm']);
  });

  it('scores by BM25', async () => {
    const filler = indexedArticle(
      'filler',
      'one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix\n\nlaboratories, all seven',
    );
    const index = await indexOf(open, [...entries, filler]);
    const terms = searchTerms('rice centres laboratory heading', 'en').map((term, at) => ({
      term,
      weight: at === 1 ? 0.5 : 1,
    }));
    const scores = await index.read(async (one) => {
      const hits = await one.searchText({ terms, language: 'en', limit: 6 });
      const found = await one.passages(hits.map(({ passageId }) => passageId));
      return found.map(({ text }, at) => [text, hits[at]?.score]);
    });
    expect(scores).toEqual(expectedScores.map(([text, score]) => [text, expect.closeTo(score, 6)]));
  });

  it('scores as if what has been removed or replaced had never been there', async () => {
    const terms = searchTerms('rice centres laboratory heading', 'en').map((term) => ({ term, weight: 1 }));
    const scoresIn = (index: TestIndex) =>
      index.read(async (one) => {
        const hits = await one.searchText({ terms, language: 'en', limit: 9 });
        return new Map(hits.map(({ passageId, score }) => [passageId, expect.closeTo(score, 6)]));
      });
    const changed = await indexOf(open, [...entries, passing('gone')]);
    await changed.ingest([passing('gone-too'), passing('rice')]);
    await changed.change(async (writer) => {
      for (const id of ['gone', 'gone-too']) await writer.remove(id);
      for (const entry of entries) await writer.put(entry, 'as before');
    });
    expect(await scoresIn(changed)).toEqual(await scoresIn(await indexOf(open, entries)));
  });
}

/** Another long text, so that what is removed has weight in the averages. */
const passing = (id: string) =>
  indexedArticle(id, Array.from({ length: 9 }, (_, at) => `rice and more rice of day ${at}`).join('\n\n'));

/** As FTS5 gives them: k1 1.2, b 0.75; a word of the title counts threefold, one of the headings one and a half times. */
const expectedScores: [string, number][] = [
  ['The laboratory tests rice.', 2.547_934_444_826],
  ['Rice farmers met.', 1.667_125_002_004],
  ['Nothing else.', 1.588_238_003_758],
  ['laboratories, all seven', 0.967_403_194_638],
  ['The startup centre opened.', 0.936_641_538_766],
  ['It has 1,400 members and a laboratory.', 0.797_032_994_443],
];
