import { writeFile } from 'node:fs/promises';

import hnswlib from 'hnswlib-node';

import { checkLabel, unitVector } from './vector-checks.ts';
import { compareHits, type VectorEngine } from './vector-engine.ts';
import { emptyExactFile } from './vector-header.ts';
import { createVectorMemory, type VectorMemory } from './vector-memory.ts';

/** What a vector file holds, as read back. */
export interface LoadedExactVectors {
  readonly vectors: VectorMemory;
  readonly native: hnswlib.BruteforceSearch;
}

/**
 * Vectors compared one by one: exact, and fast enough for thousands.
 *
 * hnswlib's `BruteforceSearch` does the comparing, four times as fast as a loop here would, but is never asked to remove (it reads freed memory), to
 * filter (it drops results: its bound is set before it has `limit` of them) or to give a vector back (it
 * cannot). The vectors are therefore also kept here, and the native copy is rebuilt after a change.
 */
export function createExactVectors(dimensions: number, loaded?: LoadedExactVectors): VectorEngine {
  const vectors = loaded?.vectors ?? createVectorMemory(dimensions);
  let native = loaded?.native;

  function built(): hnswlib.BruteforceSearch {
    if (native) return native;
    native = new hnswlib.BruteforceSearch('cosine', dimensions);
    // Exactly as large as needed: unused room would be written to the file as it happens to be in memory.
    native.initIndex(vectors.size);
    for (const [label, vector] of vectors.entries()) native.addPoint(Array.from(vector), label);
    return native;
  }

  return {
    kind: 'exact',
    dimensions,
    get size() {
      return vectors.size;
    },
    removed: 0,
    add(label, vector) {
      checkLabel(label);
      vectors.put(label, unitVector(vector, dimensions));
      native = undefined;
    },
    remove(label) {
      const removed = vectors.remove(label);
      if (removed) native = undefined;
      return removed;
    },
    entries: () => vectors.entries(),
    search(vector, limit, allowed) {
      const query = unitVector(vector, dimensions);
      const count = Math.min(limit, vectors.size);
      if (count < 1) return [];
      if (allowed) return vectors.scan(query, count, vectors.places(allowed));
      const { neighbors, distances } = built().searchKnn(Array.from(query), count);
      return neighbors
        .map((label, index) => ({ label, score: 1 - (distances[index] ?? 2) }))
        .toSorted(compareHits);
    },
    async write(file) {
      if (vectors.size === 0) await writeFile(file, emptyExactFile(dimensions));
      else await built().writeIndex(file);
    },
  };
}
