import { setTimeout as sleepFor } from 'node:timers/promises';

import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import type { IngestAdmin } from '../../domain/ingest-admin.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import type { NewJob } from '../added/added-store.ts';
import type { StagedJob } from '../added/staged-job.ts';
import { checkDeletable, checkQueued, checkRestorable, createJobNames } from './accept-job.ts';
import { workOf } from './addition-work.ts';
import { createJobList } from './job-list.ts';
import type { JobParts } from './job-parts.ts';
import { keysOf, kindOf, takeBatch } from './job-queue.ts';
import { keptNote, runBatch } from './run-batch.ts';

/** For how long another process that writes the index is waited for, in milliseconds. */
const defaultPatienceMs = 600_000;

/** The changes of the index: accepted durably, carried out one after the other. */
export interface IngestJobs extends Pick<
  IngestAdmin,
  'add' | 'delete' | 'restore' | 'update' | 'jobs' | 'job'
> {
  follow: IngestAdmin['follow'];
  /** Takes up what was accepted before the last process ended; once, before anything is received. */
  resume(): Promise<readonly IngestJob[]>;
  /** Stops what runs. What was accepted is done after the next start. */
  close(): Promise<void>;
}

/** What {@link createIngestJobs} needs beside the parts that do the work. */
export interface IngestJobsOptions extends Omit<JobParts, 'now'> {
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly maxQueued?: number;
  readonly patienceMs?: number;
  /** Told of what nobody is waiting for, and of failures that nobody expected. */
  readonly onError?: (error: unknown) => void;
}

/** Creates the jobs of one server. Nothing runs before the first is accepted or {@link IngestJobs.resume} finds one. */
export function createIngestJobs(options: IngestJobsOptions): IngestJobs {
  const {
    now = Date.now,
    sleep = (ms, signal) => sleepFor(ms, undefined, { signal }),
    patienceMs = defaultPatienceMs,
    onError = () => undefined,
  } = options;
  const parts: JobParts = { ...options, now };
  const list = createJobList({ now });
  const closing = new AbortController();
  let queue: StagedJob[] = [];
  /** Failed, and tried again with the next job. */
  let deferred: readonly StagedJob[] = [];
  let running: readonly StagedJob[] = [];
  let accepting = 0;
  let working: Promise<void> | undefined;
  const newJob = createJobNames(now);

  function enqueue(job: StagedJob): IngestJob {
    for (const earlier of deferred) list.add(shownOf(earlier));
    // First what was accepted first.
    queue = [...deferred, ...queue, job];
    deferred = [];
    const shown = list.add(shownOf(job));
    working ??= work();
    return shown;
  }

  async function work(): Promise<void> {
    // Jobs that arrive together go together.
    await Promise.resolve();
    while (!closing.signal.aborted && queue.length > 0) {
      running = holdBack(takeBatch(queue));
      try {
        const batchOptions = { list, patienceMs, sleep, signal: closing.signal, onError };
        deferred = [...deferred, ...(await runBatch(running, parts, batchOptions))];
      } catch (error) {
        if (closing.signal.aborted) for (const { id } of running) list.requeue(id);
        else fail(running, error);
      }
      running = [];
    }
    working = undefined;
  }

  /** What would overtake a job that is to be tried again waits with it; returns the others. */
  function holdBack(jobs: readonly StagedJob[]): readonly StagedJob[] {
    const undone = new Set(deferred.flatMap(({ task }) => keysOf(task)));
    const held = jobs.filter(({ task }) => keysOf(task).some((key) => undone.has(key)));
    for (const { id } of held) list.fail(id, `An earlier change of the same has failed. ${keptNote}`);
    deferred = [...deferred, ...held];
    return jobs.filter((job) => !held.includes(job));
  }

  function fail(jobs: readonly StagedJob[], error: unknown): void {
    onError(error);
    for (const { id } of jobs) list.fail(id, errorMessage(error));
    deferred = [...deferred, ...jobs.filter(({ task }) => task.type !== 'update')];
  }

  function mustTakeMore(): void {
    if (closing.signal.aborted) throw new FootnoteError('unavailable', 'The server is stopping.');
    checkQueued(queue.length + accepting, options.maxQueued);
  }

  async function accept(subject: readonly string[], jobWork: NewJob['work']): Promise<IngestJob> {
    mustTakeMore();
    accepting += 1;
    let job: StagedJob;
    try {
      job = await parts.added.accept({ ...newJob(subject), work: jobWork });
    } finally {
      accepting -= 1;
    }
    // Accepted is accepted: in a server that stops, it is done after the next start.
    return enqueue(job);
  }

  const unfinished = () => [...running, ...queue];

  return {
    add: async (addition) => {
      const { subject, work: jobWork } = workOf(addition);
      return accept(subject, jobWork);
    },
    async delete(articleId, { purge }) {
      mustTakeMore();
      await checkDeletable(parts, articleId, { purge });
      return accept([articleId], { type: 'delete', articleId, purge });
    },
    async restore(articleId) {
      mustTakeMore();
      await checkRestorable(parts, articleId, unfinished());
      return accept([articleId], { type: 'restore', articleId });
    },
    async update() {
      const waiting = queue.find(({ task }) => task.type === 'update');
      if (waiting) return list.get(waiting.id);
      mustTakeMore();
      // Not kept: it needs no folder that can be written to, and a start brings the index up to date as well.
      return enqueue({ ...newJob([]), subject: [], task: { type: 'update' } });
    },
    jobs: async () => list.all(),
    job: async (id) => list.get(id),
    follow: (id, { signal }) => list.follow(id, { signal }),
    async resume() {
      const jobs = await parts.added.pending();
      return jobs.map(enqueue);
    },
    async close() {
      closing.abort();
      await working;
      list.close();
    },
  };
}

function shownOf({ id, createdAt, subject, task }: StagedJob) {
  return { id, kind: kindOf(task), subject, createdAt };
}
