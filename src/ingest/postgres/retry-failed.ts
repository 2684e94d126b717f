import type { Database } from '../../postgres/database.ts';
import { maxAttempts } from './job-queue.ts';
import { jobShard } from './job-rows.ts';

/**
 * Lets jobs be begun again that were given up, where no later one has changed the same. What is read of the folder is not
 * among them: it is queued anew as it is now.
 */
export async function retryFailed(database: Database): Promise<void> {
  await database.query(
    `UPDATE jobs AS job
     SET state = 'queued', attempts = 0, run_after = now(), ended_at = NULL, revision = revision + 1,
         shown = (shown::jsonb - 'error' - 'startedAt' - 'endedAt')::text
     WHERE job.shard = $1 AND job.state = 'failed' AND job.attempts >= $2
       AND job.job::json -> 'task' ->> 'type' NOT IN ('read', 'update')
       AND NOT EXISTS (
         SELECT 1 FROM jobs AS later
         WHERE later.shard = $1 AND later.id > job.id AND later.keys && job.keys
       )`,
    [jobShard, maxAttempts],
  );
}
