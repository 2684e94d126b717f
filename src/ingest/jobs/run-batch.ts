import { FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { IngestProgress } from '../../domain/ingest-job.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { StagedJob } from '../added/staged-job.ts';
import { addFiles } from './add-files.ts';
import { deleteArticle, restoreArticle } from './delete-article.ts';
import { fetchPages } from './fetch-pages.ts';
import type { JobList } from './job-list.ts';
import type { JobParts, Prepared, RunReport, WorkUnderWay } from './job-parts.ts';

/** Shortest and longest time between two attempts while another process writes the index, in milliseconds. */
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** Said of a job that failed. */
export const keptNote = 'It is kept, and tried again with the next job or when the server starts.';

/** What {@link runBatch} needs beside the parts. */
export interface BatchOptions {
  readonly list: Pick<JobList, 'start' | 'progress' | 'wait' | 'finish' | 'fail'>;
  /** For how long to wait for another process that writes the index, in milliseconds. */
  readonly patienceMs: number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onError: (error: unknown) => void;
  /** Takes over what is to become of a job that failed; without it, the job is told of as failed, and returned. */
  readonly onFailed?: (job: StagedJob, error: unknown) => void;
}

/**
 * Carries jobs out with one ingest, and says of each what became of it.
 *
 * @returns the jobs that failed and are to be tried again.
 * @throws the signal's reason: the jobs are then as if they had not begun.
 */
export async function runBatch(
  jobs: readonly StagedJob[],
  parts: JobParts,
  options: BatchOptions,
): Promise<readonly StagedJob[]> {
  const { list, signal, onError, onFailed } = options;
  const again: StagedJob[] = [];
  for (const { id } of jobs) list.start(id);

  const fail = (job: StagedJob, error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof FootnoteError)) onError(error);
    if (onFailed) {
      onFailed(job, error);
      return;
    }
    const isKept = job.task.type !== 'update';
    if (isKept) again.push(job);
    list.fail(job.id, isKept ? `${messageWithRemedy(error)} ${keptNote}` : messageWithRemedy(error));
  };
  const end = async (job: StagedJob, tell: () => void) => {
    // Whatever is left is done once more after the next start, to no harm.
    if (job.task.type !== 'update') await parts.added.finish(job.id).catch(onError);
    tell();
  };

  const prepared = new Map<StagedJob, Prepared>();
  const claimed = new Map<string, string>();
  let owners: ReadonlyMap<string, string> | undefined;
  const sources = await parts.sources().catch((error: unknown) => {
    for (const job of jobs) fail(job, error);
  });
  if (!sources) return again;
  const ownerOf = (id: string) => (owners ??= ownersOf(sources)).get(id);
  for (const job of jobs) {
    const onProgress = (progress: IngestProgress) => list.progress(job.id, progress);
    try {
      prepared.set(job, await prepare(parts, { job, sources, ownerOf, claimed, signal, onProgress }));
    } catch (error) {
      if (job.task.type === 'fetch' && !signal.aborted) {
        // Asking the same address again is up to whoever asked.
        await end(job, () => list.fail(job.id, messageWithRemedy(error)));
      } else fail(job, error);
    }
  }
  if (prepared.size === 0) return again;

  let report: RunReport;
  try {
    report = await runPatiently(prepared, parts, options);
  } catch (error) {
    for (const job of prepared.keys()) fail(job, error);
    return again;
  }
  for (const [job, { afterRun, result }] of prepared) {
    try {
      await afterRun?.();
    } catch (error) {
      fail(job, error);
      continue;
    }
    await end(job, () => list.finish(job.id, result(report)));
  }
  return again;
}

function prepare(parts: JobParts, work: WorkUnderWay): Promise<Prepared> | Prepared {
  const { task } = work.job;
  switch (task.type) {
    case 'add':
      return addFiles(parts, work);
    case 'fetch':
      return fetchPages(parts, work, task);
    case 'delete':
      return deleteArticle(parts, work, task);
    case 'restore':
      return restoreArticle(parts, task.articleId);
    case 'read':
      return readFiles(task.paths);
    case 'update':
      return {
        result: ({ added, changed, removed, failed, generation }) => {
          return { added, changed, removed, unchanged: [], failed, generation: generation.id };
        },
      };
  }
}

/** What an ingest of these files does, also to files that an article of theirs goes over to. */
function readFiles(paths: readonly string[]): Prepared {
  const own = new Set(paths);
  return {
    touched: paths,
    result: ({ added, changed, removed, failed, generation }) => ({
      added,
      changed,
      removed,
      unchanged: [],
      failed: failed.filter(({ file }) => own.has(file)),
      generation: generation.id,
    }),
  };
}

/** The file of each article. */
function ownersOf(sources: readonly SourceRecord[]): ReadonlyMap<string, string> {
  return new Map(sources.flatMap(({ path, articles }) => articles.map((id) => [id, path] as const)));
}

/** Ingests; waits while another process does. */
async function runPatiently(
  prepared: ReadonlyMap<StagedJob, Prepared>,
  { run, now }: JobParts,
  { list, patienceMs, sleep, signal }: BatchOptions,
): Promise<RunReport> {
  const jobs = Array.from(prepared.keys());
  const allowEmpty = jobs.some(({ task }) => task.type === 'delete');
  const touched = Array.from(prepared.values(), (one) => one.touched);
  const only = touched.includes(undefined) ? undefined : touched.flatMap((paths) => paths ?? []);
  const end = now() + patienceMs;
  for (let delay = firstDelayMs; ; delay = Math.min(2 * delay, longestDelayMs)) {
    let hasBegun = false;
    const onProgress = (progress: IngestProgress) => {
      hasBegun = true;
      for (const { id } of jobs) list.progress(id, progress);
    };
    try {
      return await run({ signal, onProgress, allowEmpty, only });
    } catch (error) {
      signal.throwIfAborted();
      // What fails midway, such as on a full disk, does not pass by itself.
      const mayPass = error instanceof FootnoteError && error.code === 'unavailable' && !hasBegun;
      if (!mayPass || now() + delay > end) throw error;
      for (const { id } of jobs) list.wait(id, `${error.message} It is tried again.`);
      await sleep(delay, signal);
    }
  }
}
