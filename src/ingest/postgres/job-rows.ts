import { z } from 'zod';

import type { IngestJob } from '../../domain/ingest-job.ts';
import { ingestJobSchema } from '../../domain/schemas/ingest-job-schema.ts';
import { whole } from '../../postgres/rows.ts';
import { type JobTask, type StagedJob, stagedJobSchema } from '../added/staged-job.ts';

/** Shard of all jobs: whoever takes one locks it and looks at those before it, which has to be in one place. */
export const jobShard = 0;

/**
 * What the column `job` holds exactly of jobs with such a task: within a text of it, the quotes would be escaped. The
 * database must not read it as JSON, because it takes no NUL there either, which names and titles may have.
 */
export function taskIn(type: JobTask['type']): string {
  return `"task":{"type":${JSON.stringify(type)}`;
}

/** What is read of a job that is shown. */
export const shownColumns = 'id, state, shown, revision';

const shownRow = z.object({
  id: z.string(),
  state: ingestJobSchema.shape.state,
  shown: z.string(),
  revision: whole,
});

/** A job as those see it who look on. */
export interface ShownJob {
  readonly job: IngestJob;
  /** Grows with every change. */
  readonly revision: number;
}

/** Of a row with {@link shownColumns}. */
export function shownJob(row: unknown): ShownJob {
  const { state, shown, revision } = shownRow.parse(row);
  // A job is taken in one statement, and described a moment later.
  return { job: { ...ingestJobSchema.parse(JSON.parse(shown)), state }, revision };
}

/** Whether nothing more becomes of it. */
export function isOver({ state }: Pick<IngestJob, 'state'>): boolean {
  return state === 'done' || state === 'failed';
}

/** A job that a worker has taken. */
export interface ClaimedJob {
  readonly job: StagedJob;
  readonly shown: IngestJob;
  /** How often it was begun, this time included. */
  readonly attempts: number;
}

/** What is read of a job that is taken. */
export const claimedColumns = 'id, job, shown, attempts';

const claimedRow = z.object({ job: z.string(), shown: z.string(), attempts: whole });

/** Of a row with {@link claimedColumns}. */
export function claimedJob(row: unknown): ClaimedJob {
  const { job, shown, attempts } = claimedRow.parse(row);
  return {
    job: stagedJobSchema.parse(JSON.parse(job)),
    shown: ingestJobSchema.parse(JSON.parse(shown)),
    attempts,
  };
}
