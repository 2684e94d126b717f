import { z } from 'zod';

import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Database } from '../../postgres/database.ts';
import { maxAttempts } from './job-queue.ts';
import { jobShard, shownColumns, shownJob, taskIn } from './job-rows.ts';

/** Jobs that are begun again at a time. */
const jobsAtOnce = 200;

const idRow = z.object({ id: z.string() });

/**
 * Lets jobs be begun again that were given up, where no later one has changed the same. What is read of the folder is not
 * among them: it is queued anew as it is now.
 */
export async function retryFailed(database: Database): Promise<void> {
  for (let last = ''; ;) {
    const rows = await database.query(
      `SELECT ${shownColumns} FROM jobs AS job WHERE id > $5 AND ${isGivenUp} ORDER BY id LIMIT $6`,
      [...parameters, last, jobsAtOnce],
    );
    for (const row of rows) {
      last = idRow.parse(row).id;
      const { id, kind, subject, createdAt } = shownJob(row).job;
      const queued: IngestJob = { id, kind, subject, createdAt, state: 'queued' };
      await database.query(
        `UPDATE jobs AS job
         SET state = 'queued', attempts = 0, run_after = now(), ended_at = NULL, revision = revision + 1, shown = $6
         WHERE id = $5 AND ${isGivenUp}`,
        [...parameters, id, JSON.stringify(queued)],
      );
    }
    if (rows.length < jobsAtOnce) return;
  }
}

const parameters = [jobShard, maxAttempts, taskIn('read'), taskIn('update')];

const isGivenUp = `job.shard = $1 AND job.state = 'failed' AND job.attempts >= $2
  AND position($3 IN job.job) = 0 AND position($4 IN job.job) = 0
  AND NOT EXISTS (
    SELECT 1 FROM jobs AS later
    WHERE later.shard = $1 AND later.id > job.id AND later.keys && job.keys
  )`;
