import { join } from 'node:path';

import { loadConfig } from '#footnote/config.js';
import { HnswVectorStore } from '#footnote/index/hnsw-vector-store.js';

import { documentOf, labelOf, noEmbeddings } from './documents.ts';
import { batchesOf, numberedVectors } from './vector-set.ts';
import type { CreateAdapter } from './vector-store-adapter.ts';

const fileName = 'vectors.footnote';

/** Footnote's vector store with its default settings, by the interface that it shares with LangChain's. */
export const createFootnoteStore: CreateAdapter = async (dimensions) => {
  const { hnsw } = loadConfig({});
  let store = new HnswVectorStore(noEmbeddings, { dimensions, hnsw });
  return {
    async build(set) {
      for (const range of batchesOf(set, 100_000)) {
        const batch = numberedVectors(set, range);
        await store.addVectors(
          batch.map(({ vector }) => vector),
          batch.map(({ label }) => documentOf(label)),
          { ids: batch.map(({ label }) => String(label)) },
        );
      }
    },
    search: async (query, k) =>
      (await store.similaritySearchVectorWithScore(query, k)).map(([document]) => labelOf(document.metadata)),
    save: (folder) => store.save(join(folder, fileName)),
    load: async (folder) => {
      store = await HnswVectorStore.load(join(folder, fileName), noEmbeddings, { dimensions, hnsw });
    },
  };
};
