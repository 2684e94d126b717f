import { createLabelTable } from './label-table.ts';
import { compareHits, type VectorHit } from './vector-engine.ts';

const blockBits = 10;
const vectorsPerBlock = 1 << blockBits;
const inBlock = vectorsPerBlock - 1;

/** Hits kept beside the wanted ones before they are sorted again. */
const spareHits = 256;

/** Vectors of one length, one after another in large blocks. A label's place changes when another is removed. */
export interface VectorMemory {
  readonly size: number;
  has(label: number): boolean;
  /** The vector itself, not a copy: it may change with the next change. */
  get(label: number): Float32Array | undefined;
  /** Adds or replaces, with a copy. */
  put(label: number, vector: Float32Array): void;
  /** False when there was none. The last vector moves to its place. */
  remove(label: number): boolean;
  /** In the order of their places; see {@link get}. */
  entries(): Generator<[label: number, vector: Float32Array]>;
  /** Place of the label, from 0 to `size` − 1; -1 when there is none. */
  place(label: number): number;
  /** Places of those of the labels that are there. */
  places(labels: Iterable<number>): Int32Array;
  /**
   * Compares `query` with the vectors in `places`, all of unit length: the best `limit`, nearest first, equal scores by
   * label. Linear in the number of places.
   */
  scan(query: Float32Array, limit: number, places: Int32Array): VectorHit[];
}

interface Block {
  readonly labels: Uint32Array;
  readonly numbers: Float32Array;
}

/** Memory for vectors of so many dimensions, with none in it. */
export function createVectorMemory(dimensions: number): VectorMemory {
  const blocks: Block[] = [];
  const table = createLabelTable();
  let size = 0;

  function block(place: number): Block {
    let found = blocks[place >>> blockBits];
    if (!found) {
      const numbers = new Float32Array(vectorsPerBlock * dimensions);
      blocks.push((found = { labels: new Uint32Array(vectorsPerBlock), numbers }));
    }
    return found;
  }

  function at(place: number): Float32Array {
    const start = (place & inBlock) * dimensions;
    return block(place).numbers.subarray(start, start + dimensions);
  }

  function store(place: number, label: number, vector: Float32Array): void {
    const { labels, numbers } = block(place);
    labels[place & inBlock] = label;
    numbers.set(vector, (place & inBlock) * dimensions);
    table.set(label, place);
  }

  const labelAt = (place: number) => block(place).labels[place & inBlock] ?? 0;

  return {
    get size() {
      return size;
    },
    has: (label) => table.get(label) >= 0,
    get(label) {
      const place = table.get(label);
      return place < 0 ? undefined : at(place);
    },
    put(label, vector) {
      const known = table.get(label);
      store(known < 0 ? size : known, label, vector);
      if (known < 0) size += 1;
    },
    remove(label) {
      const place = table.get(label);
      if (place < 0) return false;
      size -= 1;
      if (place !== size) store(place, labelAt(size), at(size));
      table.remove(label);
      if (blocks.length * vectorsPerBlock - size > 2 * vectorsPerBlock) blocks.pop();
      return true;
    },
    *entries() {
      for (let place = 0; place < size; place += 1) yield [labelAt(place), at(place)];
    },
    place: (label) => table.get(label),
    places(labels) {
      const found: number[] = [];
      for (const label of labels) {
        const place = table.get(label);
        if (place >= 0) found.push(place);
      }
      return Int32Array.from(found);
    },
    scan(query, limit, places) {
      const hits: VectorHit[] = [];
      let worst = Number.NEGATIVE_INFINITY;
      for (const place of places) {
        const { numbers } = block(place);
        const score = dotProduct(query, numbers, (place & inBlock) * dimensions);
        // An equal score may still come first by its label.
        if (score < worst) continue;
        hits.push({ label: labelAt(place), score });
        if (hits.length < limit + spareHits) continue;
        hits.sort(compareHits);
        hits.length = limit;
        worst = hits.at(-1)?.score ?? worst;
      }
      return hits.toSorted(compareHits).slice(0, limit);
    },
  };
}

/** Four sums at once, since each addition would wait for the one before it. */
function dotProduct(query: Float32Array, numbers: Float32Array, start: number): number {
  const { length } = query;
  const fours = length - (length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let index = 0; index < fours; index += 4) {
    const position = start + index;
    first += (query[index] ?? 0) * (numbers[position] ?? 0);
    second += (query[index + 1] ?? 0) * (numbers[position + 1] ?? 0);
    third += (query[index + 2] ?? 0) * (numbers[position + 2] ?? 0);
    fourth += (query[index + 3] ?? 0) * (numbers[position + 3] ?? 0);
  }
  for (let index = fours; index < length; index += 1) {
    first += (query[index] ?? 0) * (numbers[start + index] ?? 0);
  }
  return first + second + third + fourth;
}
