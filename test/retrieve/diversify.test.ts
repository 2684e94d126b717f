import { describe, expect, it } from 'vitest';

import type { Evidence } from '../../src/domain/evidence.ts';
import { diversify } from '../../src/retrieve/diversify.ts';
import { evidenceOf } from '../answer/chat/support.ts';

/** Passages by the ids of their articles, with their scores, best first. */
function ranked(...passages: readonly (readonly [id: string, score: number])[]): Evidence[] {
  return passages.map(([id, score], index) => ({ ...evidenceOf({ id }, [`Passage ${index}.`]), score }));
}

const scoresOf = (list: readonly Evidence[]) => list.map(({ score }) => score);

describe('the places of the evidence', () => {
  it('are not all filled by one article where others come near', () => {
    const list = ranked(['a', 1], ['a', 0.9], ['a', 0.8], ['a', 0.7], ['b', 0.65], ['c', 0.6]);
    expect(scoresOf(diversify(list, 4))).toEqual([1, 0.9, 0.65, 0.6]);
  });

  it('stay with the article that earned them where no other comes near', () => {
    const list = ranked(['a', 1], ['a', 0.9], ['a', 0.8], ['a', 0.7], ['b', 0.3], ['c', 0.2]);
    expect(scoresOf(diversify(list, 4))).toEqual([1, 0.9, 0.8, 0.7]);
  });

  it('are filled by the next best where the others do not suffice, in the order of the ranking', () => {
    const list = ranked(['a', 1], ['a', 0.9], ['a', 0.8], ['a', 0.7], ['b', 0.65], ['a', 0.6]);
    expect(scoresOf(diversify(list, 4))).toEqual([1, 0.9, 0.8, 0.65]);
    expect(scoresOf(diversify(list, 50))).toEqual(scoresOf(list));
  });

  it('keep the order in which articles are found, and the best passage first', () => {
    const list = ranked(['a', 1], ['a', 0.95], ['b', 0.9], ['a', 0.85], ['b', 0.8], ['b', 0.75], ['c', 0.7]);
    for (let topK = 1; topK <= list.length; topK += 1) {
      const found = diversify(list, topK);
      expect(found).toHaveLength(topK);
      expect(found[0]).toBe(list[0]);
      expect(scoresOf(found)).toEqual(scoresOf(found).toSorted((a, b) => b - a));
    }
    expect(diversify([], 8)).toEqual([]);
  });
});
