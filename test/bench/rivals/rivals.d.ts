// The used parts of packages that are installed beside the compiled benchmark only, see `install-rivals.ts`.

declare module '@langchain/classic/vectorstores/memory' {
  import type { EmbeddingsInterface } from '@langchain/core/embeddings';
  import type { VectorStore } from '@langchain/core/vectorstores';

  export const MemoryVectorStore: new (embeddings: EmbeddingsInterface) => VectorStore;
}

declare module '@langchain/community/vectorstores/hnswlib' {
  import type { EmbeddingsInterface } from '@langchain/core/embeddings';
  import type { VectorStore } from '@langchain/core/vectorstores';

  /** A VectorStore that can be stored. */
  export interface HNSWLib extends VectorStore {
    readonly index: { setEf(ef: number): void };
    save(directory: string): Promise<void>;
  }
  export const HNSWLib: {
    new (
      embeddings: EmbeddingsInterface,
      args: { readonly space: 'cosine'; readonly numDimensions: number },
    ): HNSWLib;
    load(directory: string, embeddings: EmbeddingsInterface): Promise<HNSWLib>;
  };
}

declare module 'usearch' {
  export class Index {
    constructor(options: {
      readonly dimensions: number;
      readonly metric: 'cos';
      readonly quantization: 'f32';
      readonly connectivity: number;
      readonly expansion_add: number;
      readonly expansion_search: number;
    });
    add(keys: BigUint64Array, vectors: Float32Array): void;
    search(vector: Float32Array, k: number): { readonly keys: BigUint64Array };
    save(path: string): void;
    load(path: string): void;
  }
}

declare module '@lancedb/lancedb' {
  interface Row {
    readonly label: number;
    readonly vector: number[];
  }
  interface Query {
    nearestTo(vector: number[]): Query;
    distanceType(type: 'cosine'): Query;
    ef(ef: number): Query;
    select(columns: string[]): Query;
    limit(limit: number): Query;
    toArray(): Promise<unknown[]>;
  }
  export interface Table {
    add(rows: Row[]): Promise<unknown>;
    createIndex(column: string, options: { readonly config: IndexSettings }): Promise<void>;
    query(): Query;
  }
  interface IndexSettings {
    readonly inner: unknown;
  }
  export const Index: {
    hnswSq(options: {
      readonly distanceType: 'cosine';
      readonly m: number;
      readonly efConstruction: number;
      readonly numPartitions: number;
    }): IndexSettings;
  };
  export function connect(folder: string): Promise<{
    createTable(name: string, rows: Row[]): Promise<Table>;
    openTable(name: string): Promise<Table>;
  }>;
}

declare module 'sqlite-vec' {
  export function load(database: { loadExtension(file: string): unknown }): void;
}

declare module '@orama/orama' {
  export interface Orama {
    readonly schema: Readonly<Record<string, string>>;
  }
  export function create(options: Orama): Orama;
  export function insertMultiple(
    database: Orama,
    documents: readonly { readonly id: string; readonly vector: number[] }[],
    batchSize: number,
  ): string[] | Promise<string[]>;
  export function searchVector(
    database: Orama,
    search: {
      readonly vector: { readonly value: number[]; readonly property: string };
      readonly similarity: number;
      readonly limit: number;
    },
  ): Promise<{ readonly hits: readonly { readonly id: string }[] }>;
  export function save(database: Orama): unknown;
  export function load(database: Orama, data: unknown): void;
}
