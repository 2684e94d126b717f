import type { IngestJob, IngestProgress } from '../../domain/ingest-job.ts';
import type { BatchOptions } from '../jobs/run-batch.ts';
import type { JobQueue } from './job-queue.ts';

/** Shortest time between two reports of progress, in milliseconds: each is written to the database. */
const progressMs = 500;

/** What is told of a job while it is carried out. */
export interface JobReport {
  /** For those who carry it out. */
  readonly list: BatchOptions['list'];
  /** The job as it ended; undefined where it has not. */
  outcome(): IngestJob | undefined;
  /** The job as it waits to be begun again. */
  waiting(reason?: string): IngestJob;
  /** The job as it has failed. */
  failed(error: string): IngestJob;
  /** Resolves when nothing is being written any more. To be called when it is no longer carried out. */
  settled(): Promise<void>;
}

/** What {@link createJobReport} needs. */
export interface JobReportOptions {
  readonly job: IngestJob;
  readonly queue: Pick<JobQueue, 'show'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Told when the job is another worker's. */
  readonly onLost: () => void;
}

/** Shows how far a job is, now and then; its end is up to who asks for {@link JobReport.outcome}. */
export function createJobReport({ job, queue, now, onLost }: JobReportOptions): JobReport {
  const { id, kind, subject, createdAt } = job;
  const known = { id, kind, subject, createdAt };
  let shown: IngestJob = { ...known, state: 'queued' };
  let outcome: IngestJob | undefined;
  let shownAt = -Infinity;
  let writing: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isBehind = false;
  let isSettled = false;

  const instant = () => new Date(now()).toISOString();
  const started = () => ({ startedAt: shown.startedAt ?? instant() });

  function end(what: Pick<IngestJob, 'state' | 'result' | 'error'>): IngestJob {
    return { ...known, ...started(), endedAt: instant(), ...what };
  }

  /** What changes while one state is being written, or soon after, is shown with the next one. */
  function show(next: IngestJob, isUrgent: boolean): void {
    shown = next;
    if (writing) isBehind = true;
    else if (isUrgent || now() - shownAt >= progressMs) write();
    else timer ??= setTimeout(write, progressMs);
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    isBehind = false;
    shownAt = now();
    writing = tell().finally(() => {
      writing = undefined;
      if (isBehind && !isSettled) timer ??= setTimeout(write, progressMs);
    });
  }

  async function tell(): Promise<void> {
    try {
      if (!(await queue.show(shown))) onLost();
    } catch {
      // Whatever hinders it hinders the outcome as well, which is waited for.
    }
  }

  return {
    list: {
      start: () => show({ ...known, state: 'running', startedAt: instant() }, true),
      progress(_id, progress: IngestProgress) {
        const isEdge = shown.progress?.phase !== progress.phase;
        const { waiting: _over, ...rest } = shown;
        show({ ...rest, progress }, isEdge);
      },
      wait: (_id, waiting) => show({ ...shown, waiting }, true),
      finish(_id, result) {
        outcome = end({ state: 'done', result });
      },
      fail(_id, error) {
        outcome = end({ state: 'failed', error });
      },
    },
    outcome: () => outcome,
    waiting: (reason) => ({ ...known, state: 'queued', ...(reason !== undefined && { waiting: reason }) }),
    failed: (error) => end({ state: 'failed', error }),
    async settled() {
      isSettled = true;
      clearTimeout(timer);
      await writing;
    },
  };
}
