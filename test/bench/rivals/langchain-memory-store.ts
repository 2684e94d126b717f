import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';

import { documentOf, labelOf, noEmbeddings } from '../vectors/documents.ts';
import { batchesOf, numberedVectors } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

/** LangChain's store in memory, which compares every vector. */
export const createLangchainMemoryStore: CreateAdapter = async () => {
  const store = new MemoryVectorStore(noEmbeddings);
  return {
    async build(set) {
      for (const range of batchesOf(set, 1_000)) {
        const batch = numberedVectors(set, range);
        await store.addVectors(
          batch.map(({ vector }) => vector),
          batch.map(({ label }) => documentOf(label)),
        );
      }
    },
    search: async (query, k) =>
      (await store.similaritySearchVectorWithScore(query, k)).map(([document]) => labelOf(document.metadata)),
  };
};
