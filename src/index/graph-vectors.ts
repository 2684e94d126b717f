import hnswlib from 'hnswlib-node';

import { oncePer } from '../domain/once-per.ts';
import { overwriteRemoved } from './overwrite-removed.ts';
import { checkLabel, unitVector } from './vector-checks.ts';
import { compareHits, type VectorEngine, type VectorHit } from './vector-engine.ts';
import { createVectorMemory, type VectorMemory } from './vector-memory.ts';

/** Fixed, so that the same vectors in the same order give the same graph. */
const randomSeed = 100;

/** A filter that keeps less than this share is slower in the graph than comparing what it keeps. */
const scanShare = 0.1;

/** How many more are asked for than a filter should leave over, so that it does. */
const spare = 1.5;

/** How a graph is built and searched. */
export interface GraphParameters {
  readonly m: number;
  readonly efConstruction: number;
  readonly ef: number;
}

/** What a filter keeps. */
interface Chosen {
  readonly places: Int32Array;
  /** A look-up in our own memory and nothing else: what throws inside hnswlib ends the process. */
  readonly has: (label: number) => boolean;
}

/** A graph just read from a verified file, with its vectors. */
export interface LoadedGraph {
  readonly vectors: VectorMemory;
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
  const vectors = loaded?.vectors ?? createVectorMemory(dimensions);
  const removed = loaded?.removed ?? new Set<number>();

  function choose(allowed: ReadonlySet<number>): Chosen {
    const places = vectors.places(allowed);
    const marks = markPlaces(places, vectors.size);
    return { places, has: (label) => marks[vectors.place(label)] === 1 };
  }

  /** Filters are few and asked for again and again; anew after each change, as places change too. */
  let chosen = oncePer(choose);

  function searchGraph(query: Float32Array, limit: number, filter?: Chosen['has']): VectorHit[] {
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
      chosen = oncePer(choose);
      checkLabel(label);
      const unit = unitVector(vector, dimensions);
      if (removed.delete(label)) native.unmarkDelete(label);
      else if (!vectors.has(label) && native.getCurrentCount() === native.getMaxElements()) {
        native.resizeIndex(Math.ceil(native.getMaxElements() * 1.5) + 1);
      }
      native.addPoint(Array.from(unit), label);
      vectors.put(label, unit);
    },
    remove(label) {
      if (!vectors.remove(label)) return false;
      chosen = oncePer(choose);
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
      const { places, has } = chosen(allowed);
      const wanted = Math.min(count, places.length);
      if (places.length > Math.max(limit, vectors.size * scanShare)) {
        // hnswlib calls a filter back for each vector that it compares, which takes longer than to find more of them.
        const enough = Math.ceil((wanted / places.length) * vectors.size * spare);
        const kept = searchGraph(query, Math.min(enough, vectors.size)).filter(({ label }) => has(label));
        if (kept.length >= wanted) return kept.slice(0, wanted);
        const hits = searchGraph(query, wanted, has);
        if (hits.length === wanted) return hits;
      }
      return vectors.scan(query, count, places);
    },
    async write(file) {
      await native.writeIndex(file);
      if (removed.size > 0) await overwriteRemoved(file, vectors);
    },
  };
}

function markPlaces(places: Int32Array, size: number): Uint8Array {
  const marks = new Uint8Array(size);
  for (const place of places) marks[place] = 1;
  return marks;
}

function emptyGraph(dimensions: number, { m, efConstruction }: GraphParameters, capacity: number) {
  const graph = new hnswlib.HierarchicalNSW('cosine', dimensions);
  graph.initIndex(Math.max(1, capacity), m, efConstruction, randomSeed);
  return graph;
}
