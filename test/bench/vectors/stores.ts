import type { CreateAdapter } from './vector-store-adapter.ts';

/** A store that is compared. */
export interface ComparedStore {
  readonly label: string;
  /** What makes its figures comparable, or not. */
  readonly settings: string;
  /** Whether every search compares every vector. */
  readonly scans: boolean;
  /** Loaded in the child that measures it, so that one store's memory is not counted for another. */
  readonly create: () => Promise<CreateAdapter>;
}

/** The stores by name; the first is what the others are compared with. */
export const comparedStores = {
  footnote: {
    label: 'Footnote',
    settings:
      'HnswVectorStore, default settings: exact up to 2,000 vectors, then M 16, efConstruction 200, ef 100',
    scans: false,
    create: async () => (await import('./footnote-store.ts')).createFootnoteStore,
  },
  'langchain-memory': {
    label: 'LangChain MemoryVectorStore',
    settings: '@langchain/classic; compares every vector',
    scans: true,
    create: async () => (await import('../rivals/langchain-memory-store.ts')).createLangchainMemoryStore,
  },
  'langchain-hnswlib': {
    label: 'LangChain HNSWLib',
    settings:
      '@langchain/community over the same hnswlib-node; M 16, efConstruction 200, ef set to 100 (its own is 10)',
    scans: false,
    create: async () => (await import('../rivals/langchain-hnswlib-store.ts')).createLangchainHnswlibStore,
  },
  usearch: {
    label: 'usearch',
    settings: 'f32, connectivity 16, expansion 200 when adding and 100 when searching; adds with all cores',
    scans: false,
    create: async () => (await import('../rivals/usearch-store.ts')).createUsearchStore,
  },
  lancedb: {
    label: 'LanceDB',
    settings:
      'HNSW over vectors shortened to bytes (hnswSq), one partition, m 16, efConstruction 200, ef 100; on disk',
    scans: false,
    create: async () => (await import('../rivals/lancedb-store.ts')).createLancedbStore,
  },
  'sqlite-vec': {
    label: 'sqlite-vec',
    settings: 'vec0 table, f32; compares every vector; on disk',
    scans: true,
    create: async () => (await import('../rivals/sqlite-vec-store.ts')).createSqliteVecStore,
  },
  orama: {
    label: 'Orama',
    settings: 'vector search without a least similarity; compares every vector; stored as JSON',
    scans: true,
    create: async () => (await import('../rivals/orama-store.ts')).createOramaStore,
  },
} as const satisfies Record<string, ComparedStore>;

export type StoreName = keyof typeof comparedStores;

export const storeNames = [
  'footnote',
  'langchain-memory',
  'langchain-hnswlib',
  'usearch',
  'lancedb',
  'sqlite-vec',
  'orama',
] as const satisfies readonly StoreName[];
