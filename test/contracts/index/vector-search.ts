import { describe, expect, it } from 'vitest';

import { dimensions, indexedArticle, randomVectors } from '../../index/fixtures.ts';
import { type OpenIndex, sharedIndex } from './open-index.ts';

const entries = Array.from({ length: 80 }, (_, number) =>
  indexedArticle(
    `a${number}`,
    `Text ${number}.\n\nMore of ${number}.`,
    { publisher: number % 20 === 0 ? 'Rare' : 'Usual' },
    number * 31 + 5,
  ),
);
const passages = entries.flatMap(({ article, passages: own, passageVectors }) =>
  own.map(({ id }, at) => ({ id, publisher: article.publisher, vector: passageVectors[at] ?? [] })),
);

const cosine = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** Nearest passages. */
export function describeVectorSearch(open: OpenIndex): void {
  describe('finds by vector', () => {
    const index = sharedIndex(open, entries);

    it('the nearest passages, by cosine similarity, best first', async () => {
      for (const vector of randomVectors(10, dimensions, 7)) {
        const nearest = passages
          .map(({ id, vector: own }) => ({ passageId: id, score: cosine(own, vector) }))
          .toSorted((a, b) => b.score - a.score)
          .slice(0, 12);
        const found = await index().searchVectors({ vector, limit: 12 });
        expect(found.map(({ passageId }) => passageId)).toEqual(nearest.map(({ passageId }) => passageId));
        for (const [at, { score }] of found.entries()) expect(score).toBeCloseTo(nearest[at]?.score ?? 2, 5);
      }
    });

    it('as many as are asked for, and all that pass a filter that few pass', async () => {
      const [vector = []] = randomVectors(1, dimensions, 8);
      expect(await index().searchVectors({ vector, limit: 3 })).toHaveLength(3);
      expect(await index().searchVectors({ vector, limit: 0 })).toEqual([]);
      expect(await index().searchVectors({ vector, limit: 1_000 })).toHaveLength(passages.length);
      const rare = await index().searchVectors({ vector, limit: 50, filters: { publishers: ['Rare'] } });
      expect(rare.map(({ passageId }) => passageId).toSorted()).toEqual(
        passages
          .filter(({ publisher }) => publisher === 'Rare')
          .map(({ id }) => id)
          .toSorted(),
      );
    });

    it('and by words at once, as it does apart', async () => {
      const [vector = []] = randomVectors(1, dimensions, 9);
      const text = { terms: [{ term: 'text', weight: 1 }], language: 'en', limit: 5 } as const;
      const both = await index().search({ vector, ...text });
      expect(both.dense).toEqual(await index().searchVectors({ vector, limit: 5 }));
      expect(both.lexical).toEqual(await index().searchText(text));
      expect(await index().search(text)).toEqual({ dense: [], lexical: both.lexical });
    });
  });
}
