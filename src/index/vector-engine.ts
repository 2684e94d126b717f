/** A vector found, with its cosine similarity, -1 to 1. */
export interface VectorHit {
  readonly label: number;
  readonly score: number;
}

/**
 * Vectors by label, in memory. Vectors are scaled to unit length when added.
 *
 * Every method throws FootnoteError `model-failed` for a vector of another length, with numbers that are not
 * finite, or without a direction (all zeros).
 */
export interface VectorEngine {
  readonly kind: 'exact' | 'graph';
  readonly dimensions: number;
  /** Number of vectors, without removed ones. */
  readonly size: number;
  /** Number of removed vectors whose places {@link write} keeps, without what they held. */
  readonly removed: number;
  /** Adds or replaces. @throws RangeError when `label` is no integer from 0 to 2³² − 1. */
  add(label: number, vector: ArrayLike<number>): void;
  /** False when there was none. */
  remove(label: number): boolean;
  entries(): Iterable<[label: number, vector: Float32Array]>;
  /** Nearest first; equal scores by label. At most `limit`, among `allowed` where it is given. */
  search(vector: ArrayLike<number>, limit: number, allowed?: ReadonlySet<number>): VectorHit[];
  /** Writes everything to `file`, which must not be in use. Not atomic: see `saveVectors`. */
  write(file: string): Promise<void>;
}

/** Better score first, then the lower label, so that the order never depends on anything else. */
export function compareHits(a: VectorHit, b: VectorHit): number {
  return b.score - a.score || a.label - b.label;
}

/**
 * Compares `query` with the vectors of `labels`; labels without one are passed over. All of unit length.
 * Linear in the number of labels.
 */
export function scanVectors(
  query: Float32Array,
  limit: number,
  vectors: ReadonlyMap<number, Float32Array>,
  labels: Iterable<number>,
): VectorHit[] {
  const hits: VectorHit[] = [];
  for (const label of labels) {
    const vector = vectors.get(label);
    if (vector) hits.push({ label, score: dotProduct(query, vector) });
  }
  return hits.toSorted(compareHits).slice(0, limit);
}

function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
