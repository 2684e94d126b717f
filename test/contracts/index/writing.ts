import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { IndexedArticle } from '../../../src/domain/ports.ts';
import { dimensions, indexedArticle, randomVectors } from '../../index/fixtures.ts';
import { indexOf, type OpenIndex, printOf, type TestIndex, withShortcuts } from './open-index.ts';

const first = indexedArticle(
  'first',
  '# Heading\nOne sentence.\nAnother.\n\nSecond 😀 paragraph.\n\nA third.',
  { publishedAt: '2024-03-01', found: { title: 'heading', language: 'detected', publishedAt: 'dateline' } },
);
const second = indexedArticle('second', 'Undated words.');
const third = indexedArticle('third', 'Bài thứ ba.', { language: 'vi' });
const entries = [first, second, third];
const [vector = []] = randomVectors(1, dimensions);

async function passageIds(index: TestIndex): Promise<string[]> {
  const hits = await index.read((one) => one.searchVectors({ vector, limit: 100 }));
  return hits.map(({ passageId }) => passageId).toSorted();
}

const idsOf = (...articles: readonly IndexedArticle[]) =>
  articles.flatMap(({ passages }) => passages.map(({ id }) => id)).toSorted();

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

/** What writers do. */
export function describeWriting(open: OpenIndex): void {
  describe('is written', () => {
    it('by a writer who knows the fingerprints, and makes no generation when nothing changes', async () => {
      const index = await indexOf(open);
      const generation = await index.ingest(entries);
      const writer = await index.openWriter();
      expect(writer.resumed).toBe(false);
      expect(Object.fromEntries(writer.fingerprints)).toEqual(
        Object.fromEntries(entries.map((entry) => [entry.article.id, printOf(entry)])),
      );
      await writer.remove('none');
      expect(await writer.commit()).toEqual(generation);
      await writer.discard();
      await writer.suspend();
      expect(await index.read(async (one) => one.generation)).toEqual(generation);
    });

    it('by replacing, removing and adding articles, of which nothing old is found', async () => {
      const index = await indexOf(open);
      const generation = await index.ingest(entries);
      const changed = indexedArticle('first', 'Changed text.', { language: 'vi' });
      const fourth = indexedArticle('fourth', 'New words.');
      const next = await index.change(async (writer) => {
        await writer.put(changed, 'new print');
        await writer.remove('second');
        await writer.put(fourth, 'print');
      });
      expect(next.id > generation.id).toBe(true);
      expect(Date.parse(next.createdAt)).toBeGreaterThan(Date.parse(generation.createdAt));
      expect(next).toMatchObject({ articles: 3, passages: 3, languages: { en: 1, vi: 2 } });
      expect(await index.articleIds()).toEqual(['first', 'fourth', 'third']);
      expect(await passageIds(index)).toEqual(idsOf(changed, fourth, third));
      await index.read(async (one) => {
        expect(one.generation).toEqual(next);
        const text = { terms: [{ term: 'word', weight: 1 }], language: 'en', limit: 9 } as const;
        expect(await one.searchText(text)).toHaveLength(1);
        expect(await one.documentFrequencies(['undat', 'sentenc', 'word'], 'en')).toEqual(
          new Map([['word', 1]]),
        );
        expect((await one.article('first'))?.text).toBe('Changed text.');
        expect(await one.article('second')).toBeUndefined();
        expect(await one.passages(idsOf(first, second))).toEqual([]);
        expect((await one.sentenceVectors(idsOf(first, second))).size).toBe(0);
        expect(await one.statistics()).toMatchObject({ articles: 3, passages: 3, sentences: 3 });
        expect((await one.sourceArticles()).map(({ id }) => id)).toEqual(['first', 'fourth', 'third']);
      });
      const after = await index.openWriter();
      expect(after.fingerprints.get('first')).toBe('new print');
      await after.discard();
    });

    it('in any order: what is said last of an article counts', async () => {
      const index = await indexOf(open, entries);
      const again = indexedArticle('second', 'Third version.');
      const next = await index.change(async (writer) => {
        await writer.remove('first');
        await writer.put(first, 'back');
        await writer.put(indexedArticle('second', 'Second version.'), 'two');
        await writer.put(again, 'three');
        await writer.put(indexedArticle('short-lived', 'Words.'), 'print');
        await writer.remove('short-lived');
      });
      expect(next).toMatchObject({ articles: 3, passages: 5, languages: { en: 4, vi: 1 } });
      expect(await passageIds(index)).toEqual(idsOf(first, again, third));
      const writer = await index.openWriter();
      expect(Object.fromEntries(writer.fingerprints)).toEqual({
        first: 'back',
        second: 'three',
        third: printOf(third),
      });
      await writer.discard();
      await index.read(async (one) => {
        const counts = await one.documentFrequencies(['version', 'second', 'sentenc'], 'en');
        // The second paragraph of the first article, and the title of the second.
        expect(Object.fromEntries(counts)).toEqual({ version: 1, second: 2, sentenc: 1 });
      });
    });

    it('with nothing changed where it was discarded', async () => {
      const index = await indexOf(open);
      const generation = await index.ingest(entries);
      const writer = await index.openWriter();
      await writer.put(indexedArticle('new', 'Words.'), 'print');
      await writer.remove('first');
      await writer.discard();
      await writer.discard();
      await expect(writer.commit()).rejects.toThrow(/has ended/u);
      await expect(writer.put(second, 'print')).rejects.toThrow(/has ended/u);
      expect(await index.read(async (one) => one.generation)).toEqual(generation);
      expect(await index.articleIds()).toEqual(['first', 'second', 'third']);
      expect(await passageIds(index)).toEqual(idsOf(...entries));
    });

    it('while what is being read stays as it is', async () => {
      const index = await indexOf(open);
      const generation = await index.ingest(entries);
      const lease = await index.acquire();
      onTestFinished(() => lease.release());
      const { index: old } = lease;
      for (const text of ['Second state.', 'Third state.', 'Fourth state.']) {
        const next = await index.change(async (writer) => {
          await writer.put(indexedArticle('first', text), text);
          await writer.remove('third');
        });
        expect(await index.read(async (one) => one.generation.id)).toBe(next.id);
        expect(await index.articleIds()).toEqual(['first', 'second']);
      }
      expect(old.generation).toEqual(generation);
      expect(await old.article('first')).toEqual(first.article);
      expect((await old.articles()).map(({ id }) => id)).toEqual(['first', 'second', 'third']);
      const hits = await old.searchVectors({ vector, limit: 100 });
      expect(hits.map(({ passageId }) => passageId).toSorted()).toEqual(idsOf(...entries));
      expect(await old.passages(idsOf(first))).toHaveLength(3);
      expect((await old.sentenceVectors(idsOf(first))).size).toBe(3);
      expect(await old.statistics()).toMatchObject({ articles: 3, passages: 5 });
    });

    it('while what is being read is found by its words', async () => {
      const index = await indexOf(open, entries);
      const lease = await index.acquire();
      onTestFinished(() => lease.release());
      await index.change((writer) => writer.remove('first'));
      // All titles have it.
      const text = { terms: [{ term: 'titl', weight: 1 }], language: 'en', limit: 9 } as const;
      const ids = (hits: readonly { passageId: string }[]) =>
        hits.map(({ passageId }) => passageId).toSorted();
      expect(ids(await lease.index.searchText(text))).toEqual(idsOf(first, second));
      expect(ids(await index.read((one) => one.searchText(text)))).toEqual(idsOf(second));
      lease.release();
      lease.release();
    });

    it('so that what is stored of an article comes back whole, and can be put again', async () => {
      const index = await indexOf(open, entries);
      const writer = await index.openWriter();
      const stored = await writer.stored('first');
      expect(stored).toMatchObject({
        article: first.article,
        passages: first.passages,
        signature: first.signature,
      });
      expect(stored?.sentenceVectors.map((vectors) => vectors.length)).toEqual([3, 1, 1]);
      for (const [at, kept] of (stored?.passageVectors ?? []).entries()) {
        for (const [place, value] of kept.entries()) {
          expect(value).toBeCloseTo(first.passageVectors[at]?.[place] ?? 2, 6);
        }
      }
      expect(await writer.stored('none')).toBeUndefined();
      if (stored) await writer.put(stored, printOf(first));
      // What is under construction is read the same way, and comes out the same however often it is put.
      expect(await writer.stored('first')).toEqual(stored);
      await writer.remove('second');
      expect(await writer.stored('second')).toBeUndefined();
      await writer.commit();
      const next = await index.openWriter();
      expect(await next.stored('first')).toEqual(stored);
      await next.discard();
    });

    it('whatever characters a text has', async () => {
      const odd = indexedArticle(
        'odd',
        'A \u0001 and \u{10FFFF}, \u202E and \uFFFE.\n\n\\N \\x00 \' " {a,b} $1',
        {
          title: "It's \\ \u{1F600}",
          publisher: 'A, "B" {c}',
        },
      );
      const index = await indexOf(open, [odd]);
      await index.read(async (one) => {
        expect(await one.article('odd')).toEqual(odd.article);
        expect((await one.articles({ publishers: ['A, "B" {c}'] })).map(({ id }) => id)).toEqual(['odd']);
      });
    });
  });

  describe('refuses an article with', () => {
    let index: TestIndex | undefined;
    beforeAll(async () => {
      index = withShortcuts(await open());
      await index.ingest([second]);
    });
    afterAll(() => index?.close());

    it.each(broken)('%s, and stays as it was', async (_name, part, message) => {
      const generation = await index?.read(async (one) => one.generation);
      const writer = await index?.openWriter();
      await expect(writer?.put({ ...second, ...part }, 'print')).rejects.toThrow(message);
      expect(await writer?.commit()).toEqual(generation);
    });
  });
}
