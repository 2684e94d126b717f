import type { VectorSet } from './vector-set.ts';

/** A vector store as far as it is compared. Vectors go by their number in the set. */
export interface VectorStoreAdapter {
  /** Puts all vectors into an empty store. Those that live in files keep them in `folder`. */
  build(vectors: VectorSet, folder: string): Promise<void>;
  /** Numbers of the nearest vectors by cosine similarity, best first. */
  search(query: number[], k: number): Promise<number[]>;
  /** Makes it durable in `folder`. Absent where a store offers nothing of the kind. */
  save?(folder: string): Promise<void>;
  /** Opens what {@link save} left in `folder`. */
  load?(folder: string): Promise<void>;
}

/** Makes an empty store for vectors of a length. */
export type CreateAdapter = (dimensions: number) => Promise<VectorStoreAdapter>;
