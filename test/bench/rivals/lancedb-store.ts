import { connect, Index, type Table } from '@lancedb/lancedb';
import { z } from 'zod';

import { batchesOf, numberedVectors } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

const name = 'vectors';
const rowsSchema = z.array(z.object({ label: z.number() }));

/** LanceDB with a graph over vectors that it shortens to bytes, as it has no graph over whole ones. */
export const createLancedbStore: CreateAdapter = async () => {
  let table: Table | undefined;
  return {
    async build(set, folder) {
      const database = await connect(folder);
      for (const range of batchesOf(set, 10_000)) {
        const rows = numberedVectors(set, range);
        if (table) await table.add(rows);
        else table = await database.createTable(name, rows);
      }
      await table?.createIndex('vector', {
        config: Index.hnswSq({ distanceType: 'cosine', m: 16, efConstruction: 200, numPartitions: 1 }),
      });
    },
    async search(query, k) {
      const search = table
        ?.query()
        .nearestTo(query)
        .distanceType('cosine')
        .ef(100)
        .select(['label'])
        .limit(k);
      return rowsSchema.parse(await search?.toArray()).map(({ label }) => label);
    },
    // What is built is in its files already.
    save: () => Promise.resolve(),
    load: async (folder) => {
      table = await (await connect(folder)).openTable(name);
    },
  };
};
