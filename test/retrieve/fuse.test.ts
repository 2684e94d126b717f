import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { averageHits, fuse } from '../../src/retrieve/fuse.ts';

const hits = (scores: Readonly<Record<string, number>>) =>
  Object.entries(scores).map(([passageId, score]) => ({ passageId, score }));
const idsOf = (list: readonly { passageId: string }[]) => list.map(({ passageId }) => passageId);

const anyHits = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), fc.double({ min: -5, max: 50, noNaN: true })),
    {
      selector: ([id]) => id,
    },
  )
  .map((entries) => hits(Object.fromEntries(entries)));

describe('fuse', () => {
  it('weighs both lists by their scores, each brought to 0–1', () => {
    const fused = fuse({
      dense: hits({ a: 0.9, b: 0.7, c: 0.5 }),
      lexical: hits({ b: 12, d: 6, c: 2 }),
      denseWeight: 0.6,
    });
    const scores = Object.fromEntries(fused.map(({ passageId, score }) => [passageId, score]));
    expect(idsOf(fused)).toEqual(['b', 'a', 'd', 'c']);
    expect(scores['a']).toBeCloseTo(0.6);
    expect(scores['b']).toBeCloseTo(0.6 * 0.5 + 0.4);
    expect(scores['c']).toBeCloseTo(0);
    expect(scores['d']).toBeCloseTo(0.4 * 0.4);
  });

  it('keeps the scores behind a fused score, where there are any', () => {
    const [a, b] = fuse({ dense: hits({ a: 0.9 }), lexical: hits({ b: 3 }), denseWeight: 0.6 });
    expect(a).toEqual({ passageId: 'a', score: 0.6, dense: 0.9 });
    expect(b).toEqual({ passageId: 'b', score: 0.4, lexical: 3 });
  });

  it('gives all weight to the list that holds something', () => {
    expect(fuse({ dense: [], lexical: hits({ a: 4, b: 2 }), denseWeight: 0.6 })).toMatchObject([
      { passageId: 'a', score: 1 },
      { passageId: 'b', score: 0 },
    ]);
    expect(fuse({ dense: hits({ a: 0.3 }), lexical: [], denseWeight: 0 })).toMatchObject([{ score: 1 }]);
    expect(fuse({ dense: [], lexical: [], denseWeight: 0.5 })).toEqual([]);
  });

  it('gives each passage once, a score of 0–1, best first, whatever the order of the lists', () => {
    fc.assert(
      fc.property(
        anyHits,
        anyHits,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (dense, lexical, denseWeight) => {
          const fused = fuse({ dense, lexical, denseWeight });
          expect(new Set(idsOf(fused))).toEqual(new Set(idsOf([...dense, ...lexical])));
          expect(fused).toHaveLength(new Set(idsOf(fused)).size);
          const scores = fused.map(({ score }) => score);
          for (const score of scores) {
            expect(score).toBeGreaterThanOrEqual(0);
            expect(score).toBeLessThanOrEqual(1 + 1e-9);
          }
          expect(scores).toEqual(scores.toSorted((a, b) => b - a));
          const reversed = { dense: dense.toReversed(), lexical: lexical.toReversed(), denseWeight };
          expect(fuse(reversed)).toEqual(fused);
        },
      ),
    );
  });
});

describe('averageHits', () => {
  it('is the weighted mean, where a missing passage counts nothing', () => {
    const merged = averageHits([
      { hits: hits({ a: 1, b: 0.5 }), weight: 0.5 },
      { hits: hits({ b: 1, c: 0.4 }), weight: 0.5 },
    ]);
    expect(merged).toEqual([
      { passageId: 'b', score: 0.75 },
      { passageId: 'a', score: 0.5 },
      { passageId: 'c', score: 0.2 },
    ]);
  });

  it('changes nothing when the other list has no weight', () => {
    const only = [{ passageId: 'a', score: 0.8, dense: 0.4 }];
    expect(
      averageHits([
        { hits: only, weight: 1 },
        { hits: [], weight: 0 },
      ]),
    ).toEqual(only);
  });
});
