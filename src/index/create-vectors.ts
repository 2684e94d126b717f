import { createExactVectors } from './exact-vectors.ts';
import { createGraphVectors } from './graph-vectors.ts';
import { searchBreadth, vectorLayout, type HnswOptions } from './hnsw-options.ts';
import type { VectorEngine } from './vector-engine.ts';

/** An empty engine suited to `count` vectors. */
export function createVectors(dimensions: number, count: number, options: HnswOptions): VectorEngine {
  const layout = vectorLayout(count, options);
  return layout.kind === 'exact'
    ? createExactVectors(dimensions)
    : createGraphVectors(dimensions, { ...layout, ef: searchBreadth(count, options) }, count);
}
