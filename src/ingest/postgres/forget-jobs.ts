import { z } from 'zod';

import type { Database } from '../../postgres/database.ts';
import { nameKey } from '../added/file-name.ts';
import { addedPrefix } from '../load/corpus-roots.ts';
import { jobShard, shownColumns, shownJob } from './job-rows.ts';

/** Jobs that are looked through at a time. */
const pageSize = 200;

const idRow = z.object({ id: z.string() });

/** Forgets the jobs that are over and changed the article: what they are called may be its title. */
export async function forgetJobsOf(database: Database, articleId: string): Promise<void> {
  if (articleId.includes('\0')) return;
  for (let last = ''; ;) {
    const rows = await database.query(
      `SELECT ${shownColumns} FROM jobs
       WHERE shard = $1 AND id > $2 AND state IN ('done', 'failed') AND position($3 IN shown) > 0
       ORDER BY id LIMIT $4`,
      [jobShard, last, JSON.stringify(articleId), pageSize],
    );
    const meant = rows
      .map((row) => shownJob(row).job)
      .filter(({ subject, result }) => {
        const { added = [], changed = [], unchanged = [], removed = [] } = result ?? {};
        return [subject, added, changed, unchanged, removed].some((ids) => ids.includes(articleId));
      });
    await database.query(
      `DELETE FROM jobs WHERE shard = $1 AND id = ANY ($2::text[]) AND state IN ('done', 'failed')`,
      [jobShard, meant.map(({ id }) => id)],
    );
    if (rows.length < pageSize) return;
    last = idRow.parse(rows.at(-1)).id;
  }
}

/** Forgets the jobs that failed to add this one file, with what was sent. */
export async function forgetFailedAdditions(database: Database, path: string): Promise<void> {
  await database.query("DELETE FROM jobs WHERE shard = $1 AND state = 'failed' AND keys = ARRAY[$2::text]", [
    jobShard,
    `file ${nameKey(path.slice(addedPrefix.length))}`,
  ]);
}
