import { FootnoteError } from '../../domain/errors.ts';
import type { IngestJob, IngestJobResult, IngestProgress } from '../../domain/ingest-job.ts';

/** Most jobs that are over and remembered. */
export const rememberedJobs = 200;

/** Shortest time between two reports of progress, in milliseconds. */
const progressMs = 100;

/** What is known of the jobs, for those who look on. */
export interface JobList {
  /** Adds a job that waits; also one that is over, or forgotten, and is to be done again. */
  add(job: Pick<IngestJob, 'id' | 'kind' | 'subject' | 'createdAt'>): IngestJob;
  get(id: string): IngestJob;
  /** Newest first. */
  all(): readonly IngestJob[];
  start(id: string): void;
  /** At most ten times a second; more often where a phase begins or ends. */
  progress(id: string, progress: IngestProgress): void;
  /** Says what it waits for, until there is progress again. */
  wait(id: string, waiting: string): void;
  finish(id: string, result: IngestJobResult): void;
  fail(id: string, error: string): void;
  /** Back to where it waits, unless it is over. */
  requeue(id: string): void;
  /** See `IngestAdmin.follow`. */
  follow(id: string, options: { readonly signal: AbortSignal }): AsyncIterable<IngestJob>;
  /** Ends following. */
  close(): void;
}

interface Entry {
  job: IngestJob;
  progressAt: number;
  /** Wake those who follow it. */
  readonly followers: Set<() => void>;
}

/** @param options.now - epoch milliseconds. */
export function createJobList({ now }: { readonly now: () => number }): JobList {
  const entries = new Map<string, Entry>();
  let closed = false;

  function entryOf(id: string): Entry {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new FootnoteError('not-found', `There is no job with the id "${id}", or no longer.`, {
      remedy: `The last ${rememberedJobs} jobs since the start of the server are remembered.`,
    });
  }

  function set(id: string, change: (job: IngestJob) => IngestJob): void {
    const entry = entryOf(id);
    entry.job = change(entry.job);
    for (const wake of entry.followers) wake();
  }

  const instant = () => new Date(now()).toISOString();

  function end(id: string, outcome: Pick<IngestJob, 'state' | 'result' | 'error'>): void {
    set(id, (job) => ({ ...known(job), ...started(job), endedAt: instant(), ...outcome }));
    // To the end: those that ended first are forgotten first.
    const entry = entryOf(id);
    entries.delete(id);
    entries.set(id, entry);
    const over = Array.from(entries.values()).filter(({ job }) => isOver(job));
    for (const { job } of over.slice(0, Math.max(0, over.length - rememberedJobs))) entries.delete(job.id);
  }

  async function* follow(entry: Entry, signal: AbortSignal): AsyncGenerator<IngestJob> {
    let seen: IngestJob | undefined;
    for (;;) {
      signal.throwIfAborted();
      if (entry.job === seen) await nextChange(entry, signal);
      else {
        seen = entry.job;
        yield seen;
        if (isOver(seen)) return;
      }
      if (closed) return;
    }
  }

  return {
    add(job) {
      const added: IngestJob = { ...job, state: 'queued' };
      entries.set(job.id, { job: added, progressAt: -Infinity, followers: new Set() });
      return added;
    },
    get: (id) => entryOf(id).job,
    all: () =>
      Array.from(entries.values(), ({ job }) => job).toSorted((one, other) => (one.id < other.id ? 1 : -1)),
    start: (id) => set(id, (job) => ({ ...known(job), state: 'running', startedAt: instant() })),
    progress(id, progress) {
      const entry = entryOf(id);
      const isEdge = entry.job.progress?.phase !== progress.phase || progress.done >= progress.total;
      if (!isEdge && now() - entry.progressAt < progressMs) return;
      entry.progressAt = now();
      set(id, ({ waiting: _over, ...job }) => ({ ...job, progress }));
    },
    wait: (id, waiting) => set(id, (job) => ({ ...job, waiting })),
    finish: (id, result) => end(id, { state: 'done', result }),
    fail: (id, error) => end(id, { state: 'failed', error }),
    requeue(id) {
      const entry = entries.get(id);
      if (entry && !isOver(entry.job)) set(id, (job) => ({ ...known(job), state: 'queued' }));
    },
    follow: (id, { signal }) => follow(entryOf(id), signal),
    close() {
      closed = true;
      for (const { followers } of entries.values()) for (const wake of followers) wake();
    },
  };
}

function known({ id, kind, subject, createdAt }: IngestJob) {
  return { id, kind, subject, createdAt };
}

function started({ startedAt }: IngestJob) {
  return startedAt === undefined ? {} : { startedAt };
}

function isOver({ state }: IngestJob): boolean {
  return state === 'done' || state === 'failed';
}

async function nextChange({ followers }: Entry, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = withResolvers();
  followers.add(resolve);
  signal.addEventListener('abort', resolve, { once: true });
  try {
    await promise;
  } finally {
    followers.delete(resolve);
    signal.removeEventListener('abort', resolve);
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let settle: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle() };
}
