import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { languages, type Language } from '../../src/domain/language.ts';
import { searchTerms } from '../../src/domain/text/search-terms.ts';
import { maximumTerms, weightedMatches } from '../../src/index/match-expression.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

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

async function search(
  question: string,
  language: Language = 'en',
  weight: (term: string) => number = () => 1,
) {
  const dir = await temporaryFolder();
  const articles = texts.map(([id, text, metadata]) => indexedArticle(id, text, metadata));
  await ingest(indexOptions(dir), articles);
  const index = await openIndex(indexOptions(dir));
  const terms = searchTerms(question, language).map((term) => ({ term, weight: weight(term) }));
  const hits = await index.searchText({ terms, language, limit: 10 });
  const passages = await index.passages(hits.map((hit) => hit.passageId));
  index.close();
  return { hits, found: passages.map(({ text }) => text), index };
}

async function opened() {
  const dir = await temporaryFolder();
  await ingest(
    indexOptions(dir),
    texts.map(([id, text, metadata]) => indexedArticle(id, text, metadata)),
  );
  return openIndex(indexOptions(dir));
}

describe('full-text search', () => {
  it('finds passages by their words, numbers however written, best first', async () => {
    expect((await search('1400 member')).found[0]).toBe('It has 1,400 members and a laboratory.');
    const { hits, found } = await search('laboratories test rice');
    expect(found[0]).toBe('The laboratory tests rice.');
    expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(hits.every(({ score }) => score > 0)).toBe(true);
  });

  it('finds Vietnamese with and without its marks, in Vietnamese articles only', async () => {
    expect((await search('khoa hoc cong nghe', 'vi')).found).toEqual(['Khoa học và công nghệ.']);
    expect((await search('đà nẵng', 'vi')).found).toEqual(['Nông dân trồng lúa ở Đà Nẵng.']);
    expect((await search('khoa hoc', 'en')).found).toEqual([]);
  });

  it('finds every passage of an article by a word of its title', async () => {
    expect((await search('supporting')).found).toHaveLength(2);
  });

  it('prefers what heavier terms say', async () => {
    const heavy = (wanted: string) => (term: string) => (term === wanted ? 1.5 : 0.25);
    const [rice] = (await search('member farmer', 'en', heavy('farmer'))).found;
    const [centre] = (await search('member farmer', 'en', heavy('member'))).found;
    expect([rice, centre]).toEqual(['Rice farmers met.', 'It has 1,400 members and a laboratory.']);
  });

  it('scores in proportion to the weight', async () => {
    const one = (await search('farmers')).hits[0]?.score ?? 0;
    const half = (await search('farmers', 'en', () => 0.5)).hits[0]?.score ?? 0;
    expect(half / one).toBeCloseTo(0.5, 10);
  });

  it('finds nothing for no terms, no limit, or weights that are no weights', async () => {
    const index = await opened();
    const query = { language: 'en', limit: 5 } as const;
    expect(await index.searchText({ ...query, terms: [] })).toEqual([]);
    expect(await index.searchText({ ...query, terms: [{ term: 'rice', weight: 1 }], limit: 0 })).toEqual([]);
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(await index.searchText({ ...query, terms: [{ term: 'rice', weight }] })).toEqual([]);
    }
    index.close();
  });

  it('orders equal scores by the order of indexing', async () => {
    const dir = await temporaryFolder();
    const same = ['z', 'a', 'm'].map((id) => indexedArticle(id, 'equal words', { title: 'T' }));
    await ingest(indexOptions(dir), [...same, indexedArticle('o', 'other\n\nthing\n\nhere\n\nnow')]);
    const index = await openIndex(indexOptions(dir));
    const hits = await index.searchText({ terms: [{ term: 'equal', weight: 1 }], language: 'en', limit: 9 });
    const passages = await index.passages(hits.map(({ passageId }) => passageId));
    expect(passages.map(({ article }) => article.id)).toEqual(['z', 'a', 'm']);
    index.close();
  });

  it('takes any string as a term, never as syntax', async () => {
    const index = await opened();
    const term = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '"',
        'rice" OR "x',
        'NEAR(a b)',
        'title:rice',
        'rice*',
        '-rice',
        '\0a',
        'a\0"b',
        '^',
        '()',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(term, { maxLength: 6 }),
        fc.constantFrom(...languages),
        async (terms, language) => {
          const weighted = terms.map((one) => ({ term: one, weight: 1 }));
          const hits = await index.searchText({ terms: weighted, language, limit: 5 });
          expect(hits.length).toBeLessThanOrEqual(5);
          expect((await index.documentFrequencies(terms, language)).size).toBeLessThanOrEqual(terms.length);
        },
      ),
      { numRuns: 150 },
    );
    index.close();
  });

  it('cuts very long lists of terms, keeping the heaviest', async () => {
    const index = await opened();
    const many = Array.from({ length: 2_000 }, (_, number) => ({
      term: `w${number}`,
      weight: 1 + number / 1e4,
    }));
    const matches = weightedMatches([...many, { term: 'rice', weight: 9 }]);
    expect(matches.flatMap(({ expression }) => expression.split(' OR '))).toHaveLength(maximumTerms);
    const hits = await index.searchText({
      terms: [...many, { term: 'rice', weight: 9 }],
      language: 'en',
      limit: 5,
    });
    expect(hits).toHaveLength(3);
    index.close();
  });

  it('counts the passages that have a term', async () => {
    const index = await opened();
    const counts = await index.documentFrequencies(['rice', 'laboratori', 'nowhere', 'rice'], 'en');
    expect(Object.fromEntries(counts)).toEqual({ rice: 3, laboratori: 2 });
    expect(Object.fromEntries(await index.documentFrequencies(['khoa_hoc', 'rice'], 'vi'))).toEqual({
      khoa_hoc: 1,
    });
    index.close();
  });
});
