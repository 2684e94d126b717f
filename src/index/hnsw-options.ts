/** How vectors are searched, by their number. See `.env.example` for the meaning of each setting. */
export interface HnswOptions {
  /** Up to this many vectors are compared one by one. */
  readonly exactLimit: number;
  /** Above this many vectors `largeM` and `largeEf` apply. */
  readonly largeLimit: number;
  readonly m: number;
  readonly efConstruction: number;
  readonly ef: number;
  readonly largeM: number;
  readonly largeEf: number;
  /** Vectors in one graph at most; {@link defaultShardLimit} when absent. */
  readonly shardLimit?: number | undefined;
}

/** Graphs of this size are built in minutes, several at a time, and searched one after another in milliseconds. */
export const defaultShardLimit = 250_000;

/** What of the options is built into a vector file. */
export type VectorLayout =
  | { readonly kind: 'exact' }
  | { readonly kind: 'graph'; readonly m: number; readonly efConstruction: number };

/** The layout for `count` vectors. */
export function vectorLayout(count: number, options: HnswOptions): VectorLayout {
  return count <= options.exactLimit ? { kind: 'exact' } : { kind: 'graph', ...graphLayout(count, options) };
}

/** The layout of a graph of `count` vectors. */
export function graphLayout(count: number, options: HnswOptions): { m: number; efConstruction: number } {
  const m = count > options.largeLimit ? options.largeM : options.m;
  return { m, efConstruction: options.efConstruction };
}

/** Candidates kept while searching a graph of `count` vectors; not stored in the file, so set after loading. */
export function searchBreadth(count: number, options: HnswOptions): number {
  return count > options.largeLimit ? options.largeEf : options.ef;
}
