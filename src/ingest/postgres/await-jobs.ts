import { FootnoteError } from '../../domain/errors.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Database } from '../../postgres/database.ts';
import { pause } from '../pause.ts';
import { isOver, jobShard, shownColumns, shownJob } from './job-rows.ts';
import type { QueuedRead } from './read-jobs.ts';

/** Time between two looks, in milliseconds. */
const lookMs = 250;

/** Jobs that are looked at together. */
const jobsAtOnce = 200;

/**
 * Waits until the jobs are over, whoever carries them out, also while the database is away. Returns them as they ended;
 * those that were forgotten by then are left out.
 *
 * @throws the signal's reason.
 */
export async function awaitJobs(
  database: Database,
  awaited: readonly QueuedRead[],
  {
    signal,
    onProgress,
  }: {
    readonly signal?: AbortSignal | undefined;
    /** Files that are done, of those of all jobs. */
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<readonly IngestJob[]> {
  const over = new Map<string, IngestJob>();
  const sizes = new Map(awaited.map(({ id, paths }) => [id, paths.length]));
  const total = awaited.reduce((sum, { paths }) => sum + paths.length, 0);
  let done = 0;
  let left = awaited.map(({ id }) => id);
  while (left.length > 0) {
    signal?.throwIfAborted();
    const some = left.slice(0, jobsAtOnce);
    const rows = await database
      .query(`SELECT ${shownColumns} FROM jobs WHERE shard = $1 AND id = ANY($2::text[])`, [jobShard, some], {
        signal,
      })
      .catch((error: unknown) => {
        if (!(error instanceof FootnoteError && error.code === 'unavailable')) throw error;
      });
    if (rows) {
      const jobs = new Map(rows.map((row) => shownJob(row)).map(({ job }) => [job.id, job]));
      for (const job of jobs.values()) if (isOver(job)) over.set(job.id, job);
      const isDone = new Set(some.filter((id) => over.has(id) || !jobs.has(id)));
      left = left.filter((id) => !isDone.has(id));
      for (const id of isDone) done += sizes.get(id) ?? 0;
      const halfDone = Array.from(jobs.values(), (job) => partOf(job) * (sizes.get(job.id) ?? 0));
      onProgress?.(Math.floor(halfDone.reduce((sum, part) => sum + part, done)), total);
      if (isDone.size === some.length) continue;
    }
    await pause(lookMs, signal);
  }
  return Array.from(over.values());
}

/** How much of a job is done that is being carried out, 0–1. */
function partOf({ state, progress }: IngestJob): number {
  return state === 'running' && progress?.phase === 'embedding' ? progress.done / progress.total : 0;
}
