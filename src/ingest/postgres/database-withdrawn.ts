import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import {
  matching,
  type Withdrawal,
  withdrawalSchema,
  withdrawalsOf,
  type WithdrawnStore,
} from '../added/withdrawn.ts';

const rows = z.array(z.object({ withdrawal: z.string() }));

const parse = (text: string): Withdrawal => withdrawalSchema.parse(JSON.parse(text));

/** The withdrawn articles in the table `withdrawals`, for all who share the database. */
export function createDatabaseWithdrawn({ database }: { readonly database: Database }): WithdrawnStore {
  let latest = withdrawalsOf([]);

  /** All of them, as they are kept: an operator withdraws one at a time. */
  async function read(): Promise<readonly string[]> {
    const found = rows.parse(await database.query('SELECT withdrawal FROM withdrawals ORDER BY article'));
    const texts = found.map(({ withdrawal }) => withdrawal);
    latest = withdrawalsOf(texts.map(parse));
    return texts;
  }

  return {
    async read() {
      await read();
      return latest;
    },
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
      const lifted: Withdrawal[] = [];
      for (const text of await read()) {
        const withdrawal = parse(text);
        if (!matching(which)(withdrawal)) continue;
        // One that was renewed meanwhile stays.
        const gone = await database.query(
          'DELETE FROM withdrawals WHERE shard = $1 AND article = $2 AND withdrawal = $3 RETURNING article',
          [shardOf(withdrawal.articleId), withdrawal.articleId, text],
        );
        if (gone.length > 0) lifted.push(withdrawal);
      }
      if (lifted.length > 0) await read();
      return lifted;
    },
  };
}
