import { setTimeout as sleepFor } from 'node:timers/promises';

import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import type { IngestAdmin } from '../../domain/ingest-admin.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Database } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import type { NewJob } from '../added/added-store.ts';
import { stagedJobSchema, type StagedJob } from '../added/staged-job.ts';
import { checkDeletable, checkQueued, checkRestorable, createJobNames } from '../jobs/accept-job.ts';
import { workOf } from '../jobs/addition-work.ts';
import { rememberedJobs } from '../jobs/job-list.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { insertJob } from './insert-job.ts';
import { isOver, jobShard, shownColumns, shownJob, type ShownJob, taskIn } from './job-rows.ts';

/** Time between two looks at a job that is followed, in milliseconds. */
const lookMs = 300;

/** Most jobs that are listed. */
const maxListed = 2_000;

/** Changes of the index, accepted for whichever worker takes them. */
export type DatabaseJobs = Pick<
  IngestAdmin,
  'add' | 'delete' | 'restore' | 'update' | 'jobs' | 'job' | 'follow'
> & {
  /** Ends following. */
  close(): void;
};

/** What {@link createDatabaseJobs} needs. */
export interface DatabaseJobsOptions extends Pick<JobParts, 'added' | 'withdrawn' | 'sources' | 'purge'> {
  readonly database: Database;
  readonly maxQueued?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** The jobs of all servers that share the database. */
export function createDatabaseJobs(options: DatabaseJobsOptions): DatabaseJobs {
  const { database, added, now = Date.now } = options;
  const newJob = createJobNames(now);
  const closing = new AbortController();

  async function mustTakeMore(): Promise<void> {
    if (closing.signal.aborted) throw new FootnoteError('unavailable', 'The server is stopping.');
    const [row] = await database.query(countStatement, [jobShard, taskIn('read')]);
    checkQueued(z.object({ queued: whole }).parse(row).queued, options.maxQueued);
  }

  async function accept(subject: readonly string[], work: NewJob['work']): Promise<IngestJob> {
    return get((await added.accept({ ...newJob(subject), work })).id);
  }

  async function look(id: string): Promise<ShownJob> {
    // PostgreSQL takes no NUL, so no job has an id with one.
    const [row] = id.includes('\0')
      ? []
      : await database.query(`SELECT ${shownColumns} FROM jobs WHERE shard = $1 AND id = $2`, [jobShard, id]);
    if (row !== undefined) return shownJob(row);
    throw new FootnoteError('not-found', `There is no job with the id "${id}", or no longer.`, {
      remedy: `The last ${rememberedJobs} jobs that are over are remembered.`,
    });
  }

  const get = async (id: string) => (await look(id)).job;

  /** Also waits while the database is away, once it has told of the job. */
  async function* follow(id: string, signal: AbortSignal): AsyncGenerator<IngestJob> {
    let seen: number | undefined;
    while (!closing.signal.aborted) {
      signal.throwIfAborted();
      const found = await look(id).catch((error: unknown) => {
        if (seen === undefined || !isAway(error)) throw error;
      });
      if (found && found.revision !== seen) {
        seen = found.revision;
        yield found.job;
        if (isOver(found.job)) return;
      }
      await pause(lookMs, AbortSignal.any([signal, closing.signal]));
    }
  }

  async function unfinished(type: 'delete' | 'update'): Promise<readonly StagedJob[]> {
    const rows = await database.query(unfinishedStatement, [jobShard, taskIn(type), maxListed]);
    return z
      .array(z.object({ job: z.string() }))
      .parse(rows)
      .map(({ job }) => stagedJobSchema.parse(JSON.parse(job)));
  }

  return {
    async add(addition) {
      const { subject, work } = workOf(addition);
      await mustTakeMore();
      return accept(subject, work);
    },
    async delete(articleId, { purge }) {
      await mustTakeMore();
      await checkDeletable(options, articleId, { purge });
      return accept([articleId], { type: 'delete', articleId, purge });
    },
    async restore(articleId) {
      await mustTakeMore();
      await checkRestorable(options, articleId, await unfinished('delete'));
      return accept([articleId], { type: 'restore', articleId });
    },
    async update() {
      const waiting = (await Promise.all((await unfinished('update')).map(({ id }) => get(id)))).find(
        ({ state }) => state === 'queued',
      );
      if (waiting) return waiting;
      await mustTakeMore();
      const job: StagedJob = { ...newJob([]), subject: [], task: { type: 'update' } };
      await insertJob(database, job);
      return get(job.id);
    },
    async jobs() {
      const rows = await database.query(
        `SELECT ${shownColumns} FROM jobs WHERE shard = $1 ORDER BY id DESC LIMIT $2`,
        [jobShard, maxListed],
      );
      return rows.map((row) => shownJob(row).job);
    },
    job: get,
    follow: (id, { signal }) => follow(id, signal),
    close: () => closing.abort(),
  };
}

/** What is to be read of the folder is not counted: it is queued at once, however much it is. */
const countStatement = `
  SELECT count(*) AS queued FROM jobs
  WHERE shard = $1 AND state = 'queued' AND position($2 IN job) = 0`;

const unfinishedStatement = `
  SELECT job FROM jobs
  WHERE shard = $1 AND state IN ('queued', 'running') AND position($2 IN job) > 0
  ORDER BY id LIMIT $3`;

function isAway(error: unknown): boolean {
  return error instanceof FootnoteError && error.code === 'unavailable';
}

/** Ends early without complaint. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleepFor(ms, undefined, { signal }).catch(() => undefined);
}
