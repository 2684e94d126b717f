import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Sql } from '../../postgres/database.ts';
import type { StagedJob } from '../added/staged-job.ts';
import { keysOf, kindOf } from '../jobs/job-queue.ts';
import { jobShard } from './job-rows.ts';

/** Accepts a job: it waits from now on, once the transaction of `sql` has succeeded. */
export async function insertJob(sql: Sql, job: StagedJob): Promise<void> {
  const { id, subject, createdAt, task } = job;
  const shown: IngestJob = { id, kind: kindOf(task), subject, createdAt, state: 'queued' };
  await sql.query(
    `INSERT INTO jobs (shard, id, state, job, shown, keys) VALUES ($1, $2, 'queued', $3, $4, $5)`,
    [jobShard, id, JSON.stringify(job), JSON.stringify(shown), keysOf(task)],
  );
}
