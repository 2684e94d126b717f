import hnswlib from 'hnswlib-node';

import { overwriteRemoved } from './overwrite-removed.ts';
import { checkLabel, unitVector } from './vector-checks.ts';
import { compareHits, scanVectors, type VectorEngine, type VectorHit } from './vector-engine.ts';

/** Fixed, so that the same vectors in the same order give the same graph. */
const randomSeed = 100;

/** A filter that keeps less than this share is slower in the graph than comparing what it keeps. */
const scanShare = 0.1;

/** How a graph is built and searched. */
export interface GraphParameters {
  readonly m: number;
  readonly efConstruction: number;
  readonly ef: number;
}

/** A graph just read from a verified file, with its vectors. */
export interface LoadedGraph {
  readonly vectors: Map<number, Float32Array>;
  /** Labels that the graph holds marked as removed. */
  readonly removed: Set<number>;
  readonly native: hnswlib.HierarchicalNSW;
}

/**
 * Vectors in a hierarchical navigable small world graph (Malkov and Yashunin, 2018), as hnswlib builds it.
 *
 * The vectors are kept here as well, at twice the memory: getting one out of the graph costs as much as
 * comparing a hundred, and a filter that keeps few asks for many.
 *
 * @param capacity - expected number of vectors; the graph grows past it when it must.
 */
export function createGraphVectors(
  dimensions: number,
  parameters: GraphParameters,
  capacity: number,
  loaded?: LoadedGraph,
): VectorEngine {
  const native = loaded?.native ?? emptyGraph(dimensions, parameters, capacity);
  native.setEf(parameters.ef);
  const vectors = loaded?.vectors ?? new Map<number, Float32Array>();
  const removed = loaded?.removed ?? new Set<number>();

  function searchGraph(query: ArrayLike<number>, limit: number, allowed?: ReadonlySet<number>): VectorHit[] {
    // The filter is a look-up in our own Set and nothing else: a filter that throws ends the process.
    const filter = allowed && ((label: number) => allowed.has(label));
    const { neighbors, distances } = native.searchKnn(Array.from(query), limit, filter);
    return neighbors
      .map((label, index) => ({ label, score: 1 - (distances[index] ?? 2) }))
      .toSorted(compareHits);
  }

  return {
    kind: 'graph',
    dimensions,
    get size() {
      return vectors.size;
    },
    get removed() {
      return removed.size;
    },
    add(label, vector) {
      checkLabel(label);
      const unit = unitVector(vector, dimensions);
      if (removed.delete(label)) native.unmarkDelete(label);
      else if (!vectors.has(label) && native.getCurrentCount() === native.getMaxElements()) {
        native.resizeIndex(Math.ceil(native.getMaxElements() * 1.5) + 1);
      }
      native.addPoint(Array.from(unit), label);
      vectors.set(label, unit);
    },
    remove(label) {
      if (!vectors.delete(label)) return false;
      native.markDelete(label);
      removed.add(label);
      return true;
    },
    entries: () => vectors.entries(),
    search(vector, limit, allowed) {
      const query = unitVector(vector, dimensions);
      const count = Math.min(limit, vectors.size);
      if (count < 1) return [];
      if (!allowed) return searchGraph(query, count);
      const accepted = new Set<number>();
      for (const label of allowed) if (vectors.has(label)) accepted.add(label);
      const wanted = Math.min(count, accepted.size);
      if (accepted.size > Math.max(limit, vectors.size * scanShare)) {
        const hits = searchGraph(query, wanted, accepted);
        if (hits.length === wanted) return hits;
      }
      return scanVectors(query, limit, vectors, accepted);
    },
    async write(file) {
      await native.writeIndex(file);
      if (removed.size > 0) await overwriteRemoved(file, vectors);
    },
  };
}

function emptyGraph(dimensions: number, { m, efConstruction }: GraphParameters, capacity: number) {
  const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
  graph.initIndex(Math.max(1, capacity), m, efConstruction, randomSeed);
  return graph;
}
