import type { Database } from '../../postgres/database.ts';
import type { NewJob } from '../added/added-store.ts';
import { insertJob } from './insert-job.ts';
import { type FileToStore, forgetFile, storeFile } from './stored-files.ts';

/** Files and bytes of one job. Where very many are new, each has more of them, so that there are not too many jobs. */
const jobSize = { files: 20, mostFiles: 500, bytes: 4_000_000, mostBytes: 16_000_000, jobs: 400 };

/** Names of files that a job is shown with. */
const shownPaths = 10;

/** A file that is to be read, and what is to be done with it before. */
export type FileToRead =
  | { readonly path: string; readonly store?: FileToStore }
  | { readonly path: string; readonly isGone: true };

/** A job that was queued. */
export interface QueuedRead {
  readonly id: string;
  readonly paths: readonly string[];
}

/** Makes jobs of files that are to be read, some in each. */
export interface ReadJobs {
  /** Files that are to be in one job; kept and queued when there are enough for it. */
  add(files: readonly FileToRead[]): Promise<void>;
  /** Keeps and queues the rest. Returns all jobs. */
  finish(): Promise<readonly QueuedRead[]>;
}

/** @param options.expected - about how many files there will be. */
export function createReadJobs({
  database,
  newJob,
  expected,
}: {
  readonly database: Database;
  readonly newJob: (subject: readonly string[]) => Pick<NewJob, 'id' | 'createdAt' | 'subject'>;
  readonly expected: number;
}): ReadJobs {
  const maxFiles = Math.min(jobSize.mostFiles, Math.max(jobSize.files, Math.ceil(expected / jobSize.jobs)));
  const maxBytes = Math.min(jobSize.mostBytes, (jobSize.bytes * maxFiles) / jobSize.files);
  const queued: QueuedRead[] = [];
  let batch: FileToRead[] = [];
  let bytes = 0;

  async function flush(): Promise<void> {
    if (batch.length === 0) return;
    const files = batch;
    const paths = files.map(({ path }) => path);
    const { id, createdAt, subject } = newJob(paths.slice(0, shownPaths));
    // What is kept is also going to be read, whatever happens to this process.
    await database.transaction(async (sql) => {
      for (const file of files) {
        if ('isGone' in file) await forgetFile(sql, file.path);
        else if (file.store) await storeFile(sql, file.store);
      }
      await insertJob(sql, { id, createdAt, subject: [...subject], task: { type: 'read', paths } });
    });
    queued.push({ id, paths });
    batch = [];
    bytes = 0;
  }

  return {
    async add(files) {
      batch.push(...files);
      for (const file of files) if ('store' in file) bytes += file.store?.bytes.length ?? 0;
      if (batch.length >= maxFiles || bytes >= maxBytes) await flush();
    },
    async finish() {
      await flush();
      return queued;
    },
  };
}
