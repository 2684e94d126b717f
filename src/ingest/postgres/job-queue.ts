import { z } from 'zod';

import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { rememberedJobs } from '../jobs/job-list.ts';
import { claimedColumns, claimedJob, type ClaimedJob, jobShard } from './job-rows.ts';

/** How often a job is begun before it counts as failed. */
export const maxAttempts = 5;

/** Jobs that are over stay at least for so long, in minutes: those who wait for many of them look now and then. */
const rememberedMinutes = 10;

/** Until a job that was not understood is looked at again, in milliseconds. */
const asideMs = 60_000;

const idRow = z.object({ id: z.string() });

/** The jobs in the database, for those who carry them out. Times are those of the database's clock. */
export interface JobQueue {
  /**
   * Takes the first job that may be begun: it waits, or its worker is gone, and no earlier one that is not over changes the
   * same, nor one that is being carried out.
   */
  claim(): Promise<ClaimedJob | undefined>;
  /** Keeps a job for another while. @returns whether it still belongs to this worker. */
  renew(id: string): Promise<boolean>;
  /** Shows how far it is, as long as it belongs to this worker. */
  show(job: IngestJob): Promise<boolean>;
  /** Says what became of it, as long as it belongs to this worker. */
  end(job: IngestJob): Promise<boolean>;
  /** Puts it back to be begun again after `delayMs`. */
  putBack(job: IngestJob, options: { readonly delayMs: number; readonly counts: boolean }): Promise<boolean>;
  /** Removes those that ended long ago. */
  sweep(): Promise<void>;
}

/** What {@link createJobQueue} needs. */
export interface JobQueueOptions {
  readonly database: Database;
  /** Tells workers apart. */
  readonly worker: string;
  /** For how long a job is a worker's that says nothing more, in milliseconds. */
  readonly leaseMs: number;
}

/** The queue, as one worker sees it. */
export function createJobQueue({ database, worker, leaseMs }: JobQueueOptions): JobQueue {
  /** Changes a job that is this worker's. */
  async function change(sql: Sql, assignments: string, values: readonly unknown[]): Promise<boolean> {
    const rows = await sql.query(
      `UPDATE jobs SET ${assignments}
       WHERE shard = $1 AND id = $2 AND worker = $3 AND state = 'running' RETURNING id`,
      values,
    );
    return rows.length > 0;
  }

  /** Leaves a job that this version does not understand to a later one, some times: those behind it go on meanwhile. */
  async function setAside(id: string): Promise<void> {
    await database.query(
      `UPDATE jobs SET state = CASE WHEN attempts > $4 THEN 'failed' ELSE 'queued' END,
         ended_at = CASE WHEN attempts > $4 THEN now() END, run_after = now() + $5::float8 * interval '1 millisecond',
         revision = revision + 1, worker = NULL, lease_until = NULL
       WHERE shard = $1 AND id = $2 AND worker = $3 AND state = 'running'`,
      [jobShard, id, worker, maxAttempts, asideMs],
    );
  }

  return {
    async claim() {
      const [row] = await database.query(claimStatement, [jobShard, worker, leaseMs]);
      if (row === undefined) return undefined;
      try {
        return claimedJob(row);
      } catch (error) {
        await setAside(idRow.parse(row).id);
        throw error;
      }
    },
    renew: (id) =>
      change(database, "lease_until = now() + $4::float8 * interval '1 millisecond'", [
        jobShard,
        id,
        worker,
        leaseMs,
      ]),
    show: (job) =>
      change(database, 'shown = $4, revision = revision + 1', [
        jobShard,
        job.id,
        worker,
        JSON.stringify(job),
      ]),
    end: (job) =>
      database.transaction(async (sql) => {
        const isOurs = await change(
          sql,
          'state = $5, shown = $4, revision = revision + 1, worker = NULL, lease_until = NULL, ended_at = now()',
          [jobShard, job.id, worker, JSON.stringify(job), job.state],
        );
        // What failed may be tried again with what was sent.
        if (isOurs && job.state === 'done') {
          await sql.query('DELETE FROM job_files WHERE shard = $1 AND job = $2', [jobShard, job.id]);
        }
        return isOurs;
      }),
    putBack: (job, { delayMs, counts }) =>
      change(
        database,
        `state = 'queued', shown = $4, revision = revision + 1, worker = NULL, lease_until = NULL,
         attempts = attempts - $5, run_after = now() + $6::float8 * interval '1 millisecond'`,
        [jobShard, job.id, worker, JSON.stringify(job), counts ? 0 : 1, delayMs],
      ),
    async sweep() {
      await database.query(sweepStatement, [jobShard, rememberedJobs, rememberedMinutes]);
    },
  };
}

/** The lists of keys are long, and are to be compared last: hence the CASE. */
const claimStatement = `
  UPDATE jobs
  SET state = 'running', worker = $2, lease_until = now() + $3::float8 * interval '1 millisecond',
      attempts = attempts + 1, revision = revision + 1
  WHERE shard = $1 AND id = (
    SELECT job.id FROM jobs AS job
    WHERE job.shard = $1 AND job.state IN ('queued', 'running')
      AND (job.state = 'queued' AND job.run_after <= now() OR job.state = 'running' AND job.lease_until < now())
      AND NOT EXISTS (
        SELECT 1 FROM jobs AS other
        WHERE other.shard = $1 AND other.state IN ('queued', 'running')
          AND CASE
            WHEN other.id < job.id OR other.id > job.id AND other.state = 'running' AND other.lease_until >= now()
            THEN other.keys && job.keys
            ELSE false
          END
      )
    ORDER BY job.id
    LIMIT 1
    FOR UPDATE OF job SKIP LOCKED
  )
  RETURNING ${claimedColumns}`;

const sweepStatement = `
  DELETE FROM jobs
  WHERE shard = $1 AND state IN ('done', 'failed') AND ended_at < now() - $3::float8 * interval '1 minute'
    AND id NOT IN (
      SELECT id FROM jobs
      WHERE shard = $1 AND state IN ('done', 'failed')
      ORDER BY ended_at DESC, id DESC
      LIMIT $2
    )`;
