import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { create, insertMultiple, load, save, searchVector } from '@orama/orama';

import { batchesOf, numberedVectors } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

const fileName = 'vectors.json';

/** Orama, which compares every vector, and is stored as the JSON of what it holds. */
export const createOramaStore: CreateAdapter = async (dimensions) => {
  const database = create({ schema: { vector: `vector[${dimensions}]` } });
  return {
    async build(set) {
      for (const range of batchesOf(set, 1_000)) {
        const documents = numberedVectors(set, range).map(({ label, vector }) => ({
          id: String(label),
          vector,
        }));
        await insertMultiple(database, documents, 1_000);
      }
    },
    async search(query, k) {
      const found = await searchVector(database, {
        vector: { value: query, property: 'vector' },
        similarity: -1,
        limit: k,
      });
      return found.hits.map(({ id }) => Number(id));
    },
    save: (folder) => writeFile(join(folder, fileName), JSON.stringify(save(database))),
    load: async (folder) => load(database, JSON.parse(await readFile(join(folder, fileName), 'utf8'))),
  };
};
