import { describe, expect, it } from 'vitest';

import { createClusteredVectors } from './support/clustered-vectors.ts';
import { nearestLabels, recallOf } from './vectors/neighbours.ts';
import { batchesOf, vectorAt, type VectorSet } from './vectors/vector-set.ts';

const dimensions = 8;

const clustered = createClusteredVectors({ dimensions, seed: 3 });

function vectorSet(count: number): VectorSet {
  const values = new Float32Array(count * dimensions);
  for (let label = 0; label < count; label += 1) values.set(clustered.near(label % 5), label * dimensions);
  return { count, dimensions, values };
}

describe('nearestLabels', () => {
  it('finds what sorting all similarities finds', () => {
    const set = vectorSet(200);
    const query = Float32Array.from(vectorAt(set, 17));
    const similarity = (label: number) =>
      vectorAt(set, label).reduce((sum, value, index) => sum + value * (query[index] ?? 0), 0);
    const sorted = Array.from({ length: 200 }, (_, label) => label).toSorted(
      (a, b) => similarity(b) - similarity(a),
    );
    expect(nearestLabels(set, query, 10)).toEqual(sorted.slice(0, 10));
    expect(nearestLabels(set, query, 1)).toEqual([17]);
  });

  it('finds all where there are fewer than asked for', () => {
    const set = vectorSet(3);
    expect(nearestLabels(set, Float32Array.from(vectorAt(set, 0)), 10).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2,
    ]);
  });
});

describe('recallOf', () => {
  it('is the share of the neighbours that were found, in any order', () => {
    expect(recallOf([4, 3, 9], [3, 4])).toBe(1);
    expect(recallOf([4, 8], [3, 4])).toBe(0.5);
    expect(recallOf([], [3, 4])).toBe(0);
  });
});

describe('batchesOf', () => {
  it('covers every vector once', () => {
    expect([...batchesOf(vectorSet(5), 2)]).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
      { start: 4, end: 5 },
    ]);
  });
});
