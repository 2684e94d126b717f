import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';

import { documentOf, labelOf, noEmbeddings } from '../vectors/documents.ts';
import { batchesOf, numberedVectors } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

const ef = 100;

/** LangChain's store over hnswlib. M 16 and efConstruction 200 are its own; ef is set, as its own is 10. */
export const createLangchainHnswlibStore: CreateAdapter = async (dimensions) => {
  let store = new HNSWLib(noEmbeddings, { space: 'cosine', numDimensions: dimensions });
  return {
    async build(set) {
      for (const range of batchesOf(set, 100_000)) {
        const batch = numberedVectors(set, range);
        await store.addVectors(
          batch.map(({ vector }) => vector),
          batch.map(({ label }) => documentOf(label)),
        );
      }
      store.index.setEf(ef);
    },
    search: async (query, k) =>
      (await store.similaritySearchVectorWithScore(query, k)).map(([document]) => labelOf(document.metadata)),
    save: (folder) => store.save(folder),
    load: async (folder) => {
      store = await HNSWLib.load(folder, noEmbeddings);
      store.index.setEf(ef);
    },
  };
};
