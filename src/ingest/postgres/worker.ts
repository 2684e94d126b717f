import { randomBytes } from 'node:crypto';

import { FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import type { Database } from '../../postgres/database.ts';
import type { StagedJob } from '../added/staged-job.ts';
import type { JobParts } from '../jobs/job-parts.ts';
import { runBatch } from '../jobs/run-batch.ts';
import { pause } from '../pause.ts';
import { keepLease } from './job-lease.ts';
import { createJobQueue, maxAttempts } from './job-queue.ts';
import { createJobReport, type JobReport } from './job-report.ts';
import type { ClaimedJob } from './job-rows.ts';

/** For how long a job is a worker's that says nothing more, in milliseconds. */
const defaultLeaseMs = 30_000;

/** Shortest and longest time between two looks for a job where there was none, in milliseconds. */
const idle = { shortest: 50, longest: 500 };

/** Time between two times of tidying up, in milliseconds. */
const tidyMs = 60_000;

/** Shortest and longest time until a database that failed is asked again, in milliseconds. */
const backoff = { shortest: 250, longest: 15_000 };

/** Until a job that failed is begun again, in milliseconds; twice as long each time. */
const retryMs = { conflict: 300, failure: 2_000 };

/** The means to carry out one job. */
export interface JobTools extends JobParts {
  /** To be called in the end, whatever came of the job. */
  close(): Promise<void>;
}

/** What {@link createWorker} needs. */
export interface WorkerOptions {
  readonly database: Database;
  readonly toolsFor: (job: StagedJob) => JobTools;
  /** Removes from the database what is no longer needed; called now and then. */
  readonly tidy?: () => Promise<unknown>;
  readonly leaseMs?: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** How a worker is run. */
export interface WorkRun {
  /** Ends it; the job at work then is handed back. */
  readonly signal: AbortSignal;
  /** Told of what went wrong; the work goes on. */
  readonly onError: (error: unknown) => void;
  /** Told of each job that is over. */
  readonly onJob?: ((job: IngestJob) => void) | undefined;
}

/** Carries out jobs of the database. */
export interface Worker {
  /** Resolves after `signal` is aborted. */
  run(run: WorkRun): Promise<void>;
}

/** A worker; any number of them may work on the same database. */
export function createWorker(options: WorkerOptions): Worker {
  const { database, toolsFor, tidy, leaseMs = defaultLeaseMs, now = Date.now } = options;

  async function run({ signal, onError, onJob }: WorkRun): Promise<void> {
    const queue = createJobQueue({ database, leaseMs, worker: randomBytes(9).toString('base64url') });
    let tidiedAt = -Infinity;

    async function tidyUp(): Promise<void> {
      if (performance.now() - tidiedAt < tidyMs) return;
      tidiedAt = performance.now();
      await queue.sweep();
      await tidy?.();
    }

    /** Whether there was a job. */
    async function workOnce(): Promise<boolean> {
      const claimed = await queue.claim();
      if (claimed) await carryOut(claimed);
      await tidyUp();
      return claimed !== undefined;
    }

    async function carryOut(claimed: ClaimedJob): Promise<void> {
      const { job } = claimed;
      const lease = keepLease(job.id, { queue, leaseMs });
      const report = createJobReport({ job: claimed.shown, queue, now, onLost: lease.lose });
      try {
        const failure = await attempt(claimed, report, AbortSignal.any([signal, lease.lost]));
        await report.settled();
        await untilTold(lease.lost, () => settle(claimed, report, failure));
      } finally {
        lease.stop();
      }
    }

    /** Why it was not done, where it was not. */
    async function attempt(
      { job, attempts }: ClaimedJob,
      report: JobReport,
      ending: AbortSignal,
    ): Promise<unknown> {
      // The last worker neither finished it nor gave it back.
      if (attempts > maxAttempts) return new Error('Whoever carried it out ended before it was done.');
      const tools = toolsFor(job);
      let failure: unknown;
      try {
        const onFailed = (_job: StagedJob, error: unknown) => {
          failure = error;
        };
        const batch = { list: report.list, patienceMs: 0, sleep: pause, signal: ending, onError, onFailed };
        await runBatch([job], tools, batch);
      } catch (error) {
        failure = error;
      }
      try {
        await tools.close();
      } catch (error) {
        onError(error);
      }
      return failure;
    }

    /** Writes down what became of it. */
    async function settle({ attempts }: ClaimedJob, report: JobReport, failure: unknown): Promise<void> {
      const outcome = report.outcome();
      if (outcome) {
        if (await queue.end(outcome)) onJob?.(outcome);
      } else if (signal.aborted) {
        await queue.putBack(report.waiting(), { delayMs: 0, counts: false });
      } else if (attempts < maxAttempts) {
        const isConflict = failure instanceof FootnoteError && failure.code === 'unavailable';
        const longest = (isConflict ? retryMs.conflict : retryMs.failure) * 2 ** attempts;
        const reason = `${messageWithRemedy(failure)} It is tried again.`;
        await queue.putBack(report.waiting(reason), { delayMs: jittered(longest), counts: true });
      } else {
        const failed = report.failed(
          `${messageWithRemedy(failure)} It was tried ${maxAttempts} times. To try it again: npm run -s ingest`,
        );
        if (await queue.end(failed)) onJob?.(failed);
      }
    }

    /** Tries to write until it is done, or another worker may have the job; a few times where the worker is to end. */
    async function untilTold(lost: AbortSignal, write: () => Promise<void>): Promise<void> {
      for (let failures = 0; !lost.aborted && !(signal.aborted && failures > 2); failures += 1) {
        try {
          return await write();
        } catch (error) {
          onError(error);
          await pause(growing(backoff, failures), lost).catch(() => undefined);
        }
      }
    }

    let failures = 0;
    let looks = 0;
    while (!signal.aborted) {
      let delay: number;
      try {
        looks = (await workOnce()) ? 0 : looks + 1;
        failures = 0;
        delay = looks === 0 ? 0 : growing(idle, looks - 1);
      } catch (error) {
        onError(error);
        delay = growing(backoff, failures);
        failures += 1;
      }
      await pause(delay, signal).catch(() => undefined);
    }
  }

  return { run };
}

/** Twice as long each time. */
function growing({ shortest, longest }: typeof backoff, times: number): number {
  return jittered(Math.min(longest, shortest * 2 ** Math.min(times, 16)));
}

/** Between half of it and all of it, so that workers that began together do not go on together. */
function jittered(ms: number): number {
  return ms * (0.5 + Math.random() / 2);
}
