import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import {
  matching,
  type Withdrawal,
  withdrawalSchema,
  withdrawalsOf,
  type WithdrawnStore,
} from '../added/withdrawn.ts';

const rows = z.array(
  z.object({
    withdrawal: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(withdrawalSchema),
  }),
);

/** The withdrawn articles in the table `withdrawals`, for all who share the database. */
export function createDatabaseWithdrawn({ database }: { readonly database: Database }): WithdrawnStore {
  let latest = withdrawalsOf([]);

  async function read(sql: Sql): Promise<readonly Withdrawal[]> {
    const found = rows.parse(await sql.query('SELECT withdrawal FROM withdrawals ORDER BY article'));
    const list = found.map(({ withdrawal }) => withdrawal);
    latest = withdrawalsOf(list);
    return list;
  }

  return {
    read: async () => withdrawalsOf(await read(database)),
    latest: () => latest,
    async withdraw(withdrawal) {
      const { articleId } = withdrawal;
      await database.query(
        `INSERT INTO withdrawals (shard, article, withdrawal) VALUES ($1, $2, $3)
         ON CONFLICT (shard, article) DO UPDATE SET withdrawal = EXCLUDED.withdrawal`,
        [shardOf(articleId), articleId, JSON.stringify(withdrawal)],
      );
      const others = latest.list.filter((entry) => entry.articleId !== articleId);
      latest = withdrawalsOf([withdrawal, ...others]);
    },
    async restore(which) {
      const lifted = (await read(database)).filter(matching(which));
      for (const { articleId } of lifted) {
        await database.query('DELETE FROM withdrawals WHERE shard = $1 AND article = $2', [
          shardOf(articleId),
          articleId,
        ]);
      }
      if (lifted.length > 0) await read(database);
      return lifted;
    },
  };
}
