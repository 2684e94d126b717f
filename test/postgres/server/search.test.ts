import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Filters } from '../../../src/domain/filters.ts';
import { languages } from '../../../src/domain/language.ts';
import type { IndexedArticle, PassageHit, PassageIndex } from '../../../src/domain/ports.ts';
import { searchTerms } from '../../../src/domain/text/search-terms.ts';
import { openIndex } from '../../../src/index/open-index.ts';
import type { OpenIndex } from '../../../src/index/passage-index.ts';
import { createPostgresIndexHandle } from '../../../src/index/postgres/postgres-index-handle.ts';
import { createPostgresIndexWriter } from '../../../src/index/postgres/postgres-index-writer.ts';
import { createPostgresStatistics } from '../../../src/index/postgres/postgres-statistics.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { indexedArticle, indexOptions, ingest, randomVectors } from '../../index/fixtures.ts';
import { createFolder, shippedCorpus } from '../../support/folders.ts';
import { explaining, fillGenerated, generated } from '../../support/postgres/generated-passages.ts';
import { serverDatabase } from '../../support/postgres/server-database.ts';

const embeddings = { id: 'test:model', dimensions: 8 };

/** The articles that the project ships with, with paragraphs as passages and vectors that mean nothing. */
async function shippedArticles(): Promise<IndexedArticle[]> {
  const articles: IndexedArticle[] = [];
  for (const language of languages) {
    const folder = join(shippedCorpus, language);
    for (const name of (await readdir(folder)).toSorted()) {
      const number = articles.length;
      const text = (await readFile(join(folder, name), 'utf8')).normalize('NFC').trim();
      articles.push(
        indexedArticle(
          name.replace(/\W+/gu, '-'),
          text,
          {
            language,
            title: /^title: (.+)$/mu.exec(text)?.[1] ?? name,
            publisher: number % 3 === 0 ? 'One' : 'Other',
            ...(number % 4 > 0 && { publishedAt: `202${number % 5}-0${1 + (number % 9)}-11` }),
          },
          number + 1,
        ),
      );
    }
  }
  return articles;
}

/** The same list, but for the order of passages whose scores are the same to four digits. */
function expectSameHits(found: readonly PassageHit[], expected: readonly PassageHit[], limit: number) {
  expect(found).toHaveLength(expected.length);
  const scores = new Map(expected.map(({ passageId, score }) => [passageId, score]));
  for (const [index, { passageId, score }] of found.entries()) {
    expect(Math.abs(score - (expected[index]?.score ?? 0))).toBeLessThan(1e-4);
    // At the end of a list, one of several equals may stand for another.
    const last = expected.at(-1)?.score ?? 0;
    if (expected.length === limit && score < last + 1e-4) continue;
    expect(Math.abs(score - (scores.get(passageId) ?? Infinity))).toBeLessThan(1e-4);
  }
}

const filterSets: readonly Filters[] = [
  {},
  { languages: ['vi'] },
  { publishers: ['One'] },
  { publishers: [] },
  { publishedFrom: '2021-01-01' },
  { publishedTo: '2022-12-31', publishers: ['Other', "O'Neill \0"] },
  { publishedFrom: '2020-01-01', publishedTo: '2023-12-31', languages: ['en'] },
];

describe('the index in a database, beside the local one of the same articles', () => {
  let articles: IndexedArticle[] = [];
  let database: Database;
  let local: OpenIndex;
  let index: PassageIndex;
  const cleanup: (() => unknown)[] = [];

  beforeAll(async () => {
    articles = await shippedArticles();
    const folder = await createFolder();
    cleanup.push(() => folder.remove());
    const options = indexOptions(folder.path);
    await ingest(options, articles);
    local = await openIndex(options);
    cleanup.unshift(() => local.close());
    database = await serverDatabase();
    cleanup.unshift(() => database.close());
    const writer = await createPostgresIndexWriter({ database, embeddings, purpose: 'test' });
    for (const entry of articles) await writer.put(entry, `print of ${entry.article.version}`);
    await writer.commit();
    ({ index } = await createPostgresIndexHandle({ database, embeddings }).acquire());
  });
  afterAll(async () => {
    for (const step of cleanup) await step();
  });

  it('finds the same by words, in the same order and with the same scores', async () => {
    let asks = 0;
    let compared = 0;
    for (const language of languages) {
      const asked = articles.filter(({ article }) => article.language === language);
      for (const [number, { article, passages }] of asked.entries()) {
        const passage = passages[number % passages.length];
        const body = passage ? article.text.slice(passage.start, passage.end) : '';
        for (const text of [article.title, body.slice(0, 120)]) {
          const terms = searchTerms(text, language).map((term, at) => ({ term, weight: 1 + (at % 3) / 2 }));
          const filters = filterSets[asks % filterSets.length] ?? {};
          const query = { terms, language, limit: asks % 2 === 0 ? 10 : 100, filters };
          const expected = await local.searchText(query);
          expectSameHits(await index.searchText(query), expected, query.limit);
          asks += 1;
          compared += expected.length;
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('finds the same by vectors, and both at once', async () => {
    const terms = [{ term: 'laboratori', weight: 1 }];
    for (const [number, filters] of filterSets.entries()) {
      const [vector = []] = randomVectors(1, embeddings.dimensions, number + 50);
      const query = { vector, terms, language: 'en' as const, limit: 20, filters };
      const expected = await local.search(query);
      const found = await index.search(query);
      expect(found.dense).toHaveLength(expected.dense.length);
      expectSameHits(found.dense, expected.dense, query.limit);
      expectSameHits(found.lexical, expected.lexical, query.limit);
      expectSameHits(await index.searchVectors(query), expected.dense, query.limit);
    }
  });

  it('keeps to a list of articles', async () => {
    const articleIds = articles.slice(0, 3).map(({ article }) => article.id);
    const [vector = []] = randomVectors(1, embeddings.dimensions, 9);
    const hits = await index.searchVectors({ vector, limit: 1_000, filters: { articleIds } });
    const expected = await local.searchVectors({ vector, limit: 1_000, filters: { articleIds } });
    expectSameHits(hits, expected, 1_000);
    expect(await index.searchVectors({ vector, limit: 5, filters: { articleIds: [] } })).toEqual([]);
  });

  it('reads the same passages, vectors, articles and counts', async () => {
    const ids = articles.flatMap(({ passages }) => passages.map(({ id }) => id)).toReversed();
    const asked = [...ids.slice(0, 40), 'none', 'no:such:0-1', 'nul\0:a:0-1', ...ids.slice(0, 2)];
    expect(await index.passages(asked)).toEqual(await local.passages(asked));
    expect(await index.sentenceVectors(asked)).toEqual(await local.sentenceVectors(asked));
    const [first] = articles;
    for (const id of [first?.article.id ?? '', 'none', '\0']) {
      expect(await index.article(id)).toEqual(await local.article(id));
    }
    expect(await index.statistics()).toEqual(await local.statistics());
    expect(await index.sourceArticles()).toEqual(await local.sourceArticles());
    expect(await index.copyGroups(ids)).toEqual(await local.copyGroups(ids));
  });

  it('lists articles in the same order, page by page', async () => {
    for (const filters of filterSets) {
      const all = await local.articles(filters);
      expect(await index.articles(filters)).toEqual(all);
      const pages = [];
      for (let after = all[0]; after;) {
        const page = await index.articles(filters, { after, limit: 7 });
        pages.push(...page);
        after = page.at(-1);
      }
      expect(pages).toEqual(all.slice(1));
    }
  });

  it('knows the same terms and those that are spelled alike', async () => {
    const terms = ['laboratori', 'reserch', 'scienc', 'tecnolog', 'zzzzz', 'x', 'the', '2023'];
    for (const language of languages) {
      expect(await index.documentFrequencies(terms, language)).toEqual(
        await local.documentFrequencies(terms, language),
      );
      expect(await index.similarTerms(terms, language)).toEqual(await local.similarTerms(terms, language));
    }
    expect(await index.documentFrequencies(['te\0rm'], 'en')).toEqual(new Map());
    expect(await index.similarTerms(['te\0rm'], 'en')).toEqual(new Map());
  });

  it('tells how much room it takes', async () => {
    const statistics = await createPostgresStatistics(database)(index);
    expect(statistics).toMatchObject({ articles: articles.length, indexGeneration: index.generation.id });
    expect(statistics.diskBytes).toBeGreaterThan(100_000);
    expect(statistics.folderBytes).toBeGreaterThan(statistics.diskBytes);
  });
});

describe('the plans of a search among some thousands of passages', () => {
  let database: Database;
  beforeAll(async () => {
    database = await serverDatabase({ dimensions: generated.dimensions });
    await fillGenerated(database);
  });
  afterAll(() => database.close());

  const filterCases: readonly [string, Filters][] = [
    ['nothing', {}],
    ['a language', { languages: ['en'] }],
    ['a language and a publisher', { languages: ['en'], publishers: ['Paper 1'] }],
    ['a language and dates', { languages: ['vi'], publishedFrom: '2021-01-01', publishedTo: '2023-12-31' }],
    ['dates', { publishedFrom: '2022-01-01' }],
  ];

  it.each(filterCases)('use the graph and the lists of terms, filtered by %s', async (_, filters) => {
    const { plans, reading } = explaining(database);
    const handle = createPostgresIndexHandle({ database: reading, embeddings: generated });
    const { index } = await handle.acquire();
    const query = {
      vector: generated.vectors[17] ?? [],
      terms: ['word1', 'word2', 'word30'].map((term) => ({ term, weight: 1 })),
      language: filters.languages?.[0] ?? ('en' as const),
      limit: 40,
      filters,
    };
    const both = await index.search(query);
    expect(both.dense).toHaveLength(40);
    expect(both.lexical.length).toBeGreaterThan(0);
    expect(plans.at(-1)).toContain('using passage_vectors_graph');
    expect(plans.at(-1)).toContain('Bitmap Index Scan on passage_terms_lists');
    expect(plans.at(-1)).not.toMatch(/Seq Scan on passage_(?:terms|vectors v)/u);
    expect(await index.searchVectors(query)).toEqual(both.dense);
    expect(plans.at(-1)).toContain('using passage_vectors_graph');
    expect(await index.searchText(query)).toEqual(both.lexical);
    expect(plans.at(-1)).toContain('Bitmap Index Scan on passage_terms_lists');
  });

  it('compares the few that a filter keeps one by one', async () => {
    const { plans, reading } = explaining(database);
    const handle = createPostgresIndexHandle({ database: reading, embeddings: generated });
    const { index } = await handle.acquire();
    const [vector = []] = generated.vectors;
    const filters = { publishers: ['Paper 1'], publishedFrom: '2022-01-01', publishedTo: '2022-12-31' };
    expect(await index.searchVectors({ vector, limit: 40, filters })).toHaveLength(40);
    expect(plans.at(-1)).not.toContain('passage_vectors_graph');
    expect(plans.at(-1)).toContain('passage_vectors_by_publisher');
  });

  it('find the nearest almost as if all were measured', async () => {
    const handle = createPostgresIndexHandle({ database, embeddings: generated });
    const { index } = await handle.acquire();
    const [vector = []] = generated.vectors;
    const cosine = (other: readonly number[]) =>
      other.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0);
    const nearest = generated.vectors
      .map((other, key) => ({ id: generated.passageId(key), score: cosine(other) }))
      .toSorted((a, b) => b.score - a.score);
    const best = new Set(nearest.slice(0, 20).map(({ id }) => id));
    const found = await index.searchVectors({ vector, limit: 20 });
    expect(found.filter(({ passageId }) => best.has(passageId)).length).toBeGreaterThanOrEqual(17);
  });
});
