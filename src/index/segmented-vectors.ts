import { join } from 'node:path';

import type { HnswOptions } from './hnsw-options.ts';
import { compareHits, type VectorEngine } from './vector-engine.ts';
import { loadVectors } from './vector-file.ts';
import type { GenerationVectors } from './vector-segments.ts';

/**
 * The vectors of the generation in `folder`, all segments as one.
 *
 * @throws FootnoteError `index-unusable` when one of the files is missing or damaged.
 */
export async function loadSegments(
  folder: string,
  { dimensions, segments }: GenerationVectors,
  options: HnswOptions,
): Promise<VectorEngine> {
  const engines: VectorEngine[] = [];
  for (const segment of segments) {
    engines.push(await loadVectors(join(folder, segment.name), { ...segment, dimensions }, options));
  }
  return joinVectors(engines);
}

/** Several engines, no label in two of them, as one. What is added goes to the last one. */
export function joinVectors(engines: readonly VectorEngine[]): VectorEngine {
  const last = engines.at(-1);
  if (!last) throw new RangeError('There are no vectors to join.');
  if (engines.length === 1) return last;
  return {
    kind: 'graph',
    dimensions: last.dimensions,
    get size() {
      return engines.reduce((sum, { size }) => sum + size, 0);
    },
    get removed() {
      return engines.reduce((sum, { removed }) => sum + removed, 0);
    },
    add(label, vector) {
      last.add(label, vector);
      for (const engine of engines) if (engine !== last) engine.remove(label);
    },
    remove: (label) => engines.some((engine) => engine.remove(label)),
    *entries() {
      for (const engine of engines) yield* engine.entries();
    },
    search: (vector, limit, allowed) =>
      engines
        .flatMap((engine) => engine.search(vector, limit, allowed))
        .toSorted(compareHits)
        .slice(0, Math.max(0, limit)),
    write: () => Promise.reject(new TypeError('Vectors of several files cannot be written to one.')),
  };
}
