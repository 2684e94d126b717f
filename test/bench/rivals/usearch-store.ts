import { join } from 'node:path';

import { Index } from 'usearch';

import { batchesOf } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

const fileName = 'vectors.usearch';

/** The usearch library with the settings of the others; it builds with all cores by itself. */
export const createUsearchStore: CreateAdapter = async (dimensions) => {
  const index = new Index({
    dimensions,
    metric: 'cos',
    quantization: 'f32',
    connectivity: 16,
    expansion_add: 200,
    expansion_search: 100,
  });
  return {
    async build(set) {
      for (const { start, end } of batchesOf(set, 10_000)) {
        index.add(
          BigUint64Array.from({ length: end - start }, (_, at) => BigInt(start + at)),
          set.values.subarray(start * dimensions, end * dimensions),
        );
      }
    },
    search: async (query, k) => Array.from(index.search(Float32Array.from(query), k).keys, Number),
    save: async (folder) => index.save(join(folder, fileName)),
    load: async (folder) => index.load(join(folder, fileName)),
  };
};
