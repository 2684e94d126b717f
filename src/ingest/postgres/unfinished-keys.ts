import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { jobShard } from './job-rows.ts';

const keyRows = z.array(z.object({ key: z.string() }));

/** What the jobs change that are not over. */
export async function unfinishedKeys(database: Database): Promise<ReadonlySet<string>> {
  const rows = await database.query(
    `SELECT DISTINCT unnest(keys) AS key FROM jobs WHERE shard = $1 AND state IN ('queued', 'running')`,
    [jobShard],
  );
  return new Set(keyRows.parse(rows).map(({ key }) => key));
}
