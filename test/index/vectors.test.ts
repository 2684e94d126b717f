import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createExactVectors } from '../../src/index/exact-vectors.ts';
import { createGraphVectors } from '../../src/index/graph-vectors.ts';
import { searchBreadth, vectorLayout } from '../../src/index/hnsw-options.ts';
import type { VectorEngine } from '../../src/index/vector-engine.ts';
import { saveVectors } from '../../src/index/vector-file.ts';
import { hnsw, randomVectors, temporaryFolder } from './fixtures.ts';

const parameters = { m: 16, efConstruction: 200, ef: 200 };

function filled(engine: VectorEngine, vectors: readonly number[][]): VectorEngine {
  for (const [label, vector] of vectors.entries()) engine.add(label, vector);
  return engine;
}

/** The labels by an obviously right way. */
function nearest(vectors: readonly number[][], query: readonly number[], limit: number): number[] {
  const score = (vector: readonly number[]) =>
    vector.reduce((sum, value, index) => sum + value * (query[index] ?? 0), 0);
  return vectors
    .map((vector, label) => ({ label, score: score(vector) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ label }) => label);
}

describe.each([
  ['exact', (dimensions: number) => createExactVectors(dimensions)],
  ['graph', (dimensions: number) => createGraphVectors(dimensions, parameters, 4)],
] as const)('vectors, %s', (_kind, create) => {
  it('finds the nearest first with its cosine', () => {
    const engine = filled(create(2), [
      [1, 0],
      [0, 5],
      [3, 3],
    ]);
    const hits = engine.search([2, 0], 3);
    expect(hits.map(({ label }) => label)).toEqual([0, 2, 1]);
    expect(hits.map(({ score }) => score)).toEqual(
      [1, Math.SQRT1_2, 0].map((score) => expect.closeTo(score, 5)),
    );
  });

  it('orders equal scores by label', () => {
    const engine = create(2);
    for (const label of [7, 3, 5]) engine.add(label, [1, 0]);
    expect(engine.search([1, 0], 3).map(({ label }) => label)).toEqual([3, 5, 7]);
  });

  it('gives what there is when asked for more, and nothing when there is nothing', () => {
    const engine = create(2);
    expect(engine.search([1, 0], 5)).toEqual([]);
    engine.add(0, [1, 0]);
    expect(engine.search([1, 0], 5)).toHaveLength(1);
    expect(engine.search([1, 0], 0)).toEqual([]);
    expect(engine.search([1, 0], -1)).toEqual([]);
  });

  it.each([
    ['NaN', [Number.NaN, 1]],
    ['Infinity', [Number.POSITIVE_INFINITY, 1]],
    ['too short', [1]],
    ['too long', [1, 2, 3]],
    ['zeros', [0, 0]],
  ])('refuses a vector that is %s', (_name, vector) => {
    const engine = filled(create(2), [[1, 0]]);
    expect(() => engine.add(1, vector)).toThrow(/An embedding (?:has|holds|is)/u);
    expect(() => engine.search(vector, 1)).toThrow(/An embedding (?:has|holds|is)/u);
    expect(engine.size).toBe(1);
  });

  it.each([-1, 1.5, 2 ** 32, Number.NaN])('refuses the label %s, which would wrap', (label) => {
    expect(() => create(2).add(label, [1, 0])).toThrow(RangeError);
  });

  it('keeps the largest label', () => {
    const engine = create(2);
    engine.add(2 ** 32 - 1, [1, 0]);
    expect(engine.search([1, 0], 1)[0]?.label).toBe(2 ** 32 - 1);
  });

  it('replaces, removes and adds again', () => {
    const engine = filled(create(2), [
      [1, 0],
      [0, 1],
      [-1, 0],
    ]);
    engine.add(2, [1, 0.1]);
    expect(engine.search([1, 0], 2).map(({ label }) => label)).toEqual([0, 2]);
    expect([engine.remove(0), engine.remove(0), engine.remove(99)]).toEqual([true, false, false]);
    expect(engine.search([1, 0], 5).map(({ label }) => label)).toEqual([2, 1]);
    engine.add(0, [1, 0]);
    expect(engine.search([1, 0], 1).map(({ label }) => label)).toEqual([0]);
    expect(engine.size).toBe(3);
  });

  it('grows past its first capacity', () => {
    expect(
      filled(create(8), randomVectors(100, 8)).search(randomVectors(1, 8, 9)[0] ?? [], 100),
    ).toHaveLength(100);
  });

  it.each([1, 5, 30, 150, 299])('searches only among %i allowed of 300', (kept) => {
    const vectors = randomVectors(300, 8);
    const engine = filled(create(8), vectors);
    const labels = vectors
      .map((_, label) => label)
      .toSorted((a, b) => ((a * 7919) % 300) - ((b * 7919) % 300));
    const allowed = new Set(labels.slice(0, kept));
    const query = randomVectors(1, 8, 5)[0] ?? [];
    const expected = nearest(vectors, query, 300).filter((label) => allowed.has(label));
    const found = engine.search(query, 10, allowed).map(({ label }) => label);
    expect(found).toEqual(expected.slice(0, 10));
  });

  it('finds nothing among no allowed or unknown labels', () => {
    const engine = filled(create(2), [[1, 0]]);
    expect(engine.search([1, 0], 3, new Set())).toEqual([]);
    expect(engine.search([1, 0], 3, new Set([4]))).toEqual([]);
  });

  it('never runs the code of a filter inside hnswlib, where an error would end the process', () => {
    const engine = filled(create(8), randomVectors(100, 8));
    class Throwing extends Set<number> {
      override has(): boolean {
        throw new Error('from the filter');
      }
    }
    const allowed = new Throwing(Array.from({ length: 90 }, (_, label) => label));
    expect(engine.search(randomVectors(1, 8)[0] ?? [], 3, allowed)).toHaveLength(3);
  });

  it('writes the same bytes for the same vectors', async () => {
    const dir = await temporaryFolder();
    const vectors = randomVectors(500, 16);
    await saveVectors(filled(create(16), vectors), join(dir, 'a'));
    await saveVectors(filled(create(16), vectors), join(dir, 'b'));
    expect((await readFile(join(dir, 'a'))).equals(await readFile(join(dir, 'b')))).toBe(true);
  });
});

describe('graph search', () => {
  it('finds at least 95 % of the ten nearest of 3000 random vectors', () => {
    const vectors = randomVectors(3_000, 32);
    const engine = filled(createGraphVectors(32, parameters, 3_000), vectors);
    const queries = randomVectors(100, 32, 77);
    const shared = queries.map((query) => {
      const expected = new Set(nearest(vectors, query, 10));
      return engine.search(query, 10).filter(({ label }) => expected.has(label)).length;
    });
    expect(shared.reduce((sum, count) => sum + count, 0) / 1_000).toBeGreaterThanOrEqual(0.95);
  });
});

describe('the layout by number of vectors', () => {
  it.each([
    [0, { kind: 'exact' }, 200],
    [5_000, { kind: 'exact' }, 200],
    [5_001, { kind: 'graph', m: 16, efConstruction: 200 }, 200],
    [100_000, { kind: 'graph', m: 16, efConstruction: 200 }, 200],
    [100_001, { kind: 'graph', m: 32, efConstruction: 200 }, 400],
  ])('for %i', (count, layout, breadth) => {
    expect(vectorLayout(count, hnsw)).toEqual(layout);
    expect(searchBreadth(count, hnsw)).toBe(breadth);
  });
});
