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
  /** The vectors themselves, not copies: they may change with the next change. */
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
