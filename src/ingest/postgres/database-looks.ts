import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { lookSchema, type SourceState } from '../web/sources/source-state.ts';

const lookRow = z.object({
  look: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(lookSchema),
});

/** When which source was looked at, in the table `source_looks`: whoever looks, the others know of it. */
export function createDatabaseLooks({ database }: { readonly database: Database }): SourceState {
  return {
    async get(key) {
      const [row] = await database.query('SELECT look FROM source_looks WHERE shard = $1 AND key = $2', [
        shardOf(key),
        key,
      ]);
      return row === undefined ? undefined : lookRow.parse(row).look;
    },
    async set(key, look) {
      await database.query(
        `INSERT INTO source_looks (shard, key, look) VALUES ($1, $2, $3)
         ON CONFLICT (shard, key) DO UPDATE SET look = EXCLUDED.look`,
        [shardOf(key), key, JSON.stringify(look)],
      );
    },
  };
}
