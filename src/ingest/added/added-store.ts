import { lstat, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { errorCode, errorMessage, FootnoteError } from '../../domain/errors.ts';
import { makeFolder, replaceFile, syncFolder } from '../../domain/files/durable-files.ts';
import type { GivenMetadata } from '../../domain/ingest-admin.ts';
import { addedPrefix } from '../load/corpus-roots.ts';
import { addedParts } from './added-path.ts';
import { distinctNames, nameKey, safeFileName } from './file-name.ts';
import { type Content, receiveBytes } from './receive-bytes.ts';
import { readSidecar, type Sidecar, sidecarEnding, writeSidecar } from './sidecar.ts';
import { type JobTask, type StagedFile, type StagedJob, jobIdSchema, stagedJobSchema } from './staged-job.ts';

/** Hidden, so that it is never taken for articles. */
export const incomingFolder = '.incoming';

const jobFile = 'job.json';

/** A file to be kept. */
export interface FileToKeep {
  /** As its sender calls it; it is made safe. */
  readonly name: string;
  readonly content: Content;
  readonly given?: GivenMetadata | undefined;
}

/** A job to be accepted: files to be added, or something else that is to be done even if the process ends before. */
export interface NewJob {
  readonly id: string;
  /** ISO 8601 instant. */
  readonly createdAt: string;
  readonly subject: readonly string[];
  readonly work: { readonly files: readonly FileToKeep[] } | Exclude<JobTask, { readonly type: 'add' }>;
}

/** The files that are added through Footnote, and the jobs that were accepted and are not done. */
export interface AddedStore {
  /** Resolves when everything is on the disk: from then on the job is carried out, whatever happens to the process. */
  accept(job: NewJob): Promise<StagedJob>;
  /**
   * The jobs that were accepted and not finished, in the order of their ids. What else is found among them is removed; so this
   * is for the start, before anything is received.
   */
  pending(): Promise<readonly StagedJob[]>;
  /** The path in the corpus under which a file is kept, or will be. */
  pathOf(file: StagedFile): Promise<string>;
  /** The bytes of a file that is not in its place yet; undefined when it is. */
  readStaged(job: StagedJob, file: StagedFile): Promise<Uint8Array | undefined>;
  /**
   * Puts files of the job in their places, each with what is said of it. It may be repeated, and carries on where it was
   * interrupted: a file is whole under its name or still with the job.
   *
   * @returns their paths in the corpus.
   */
  place(job: StagedJob, files: readonly StagedFile[]): Promise<readonly string[]>;
  /** Removes the file at this path of the corpus, with what is said of it; harmless where there is none. */
  remove(path: string): Promise<void>;
  /** What is said beside the file at this path of the corpus. @throws FootnoteError `unreadable-article` */
  sidecar(path: string): Promise<Sidecar | undefined>;
  /** Forgets a job, with those of its files that were not put in their places. */
  finish(jobId: string): Promise<void>;
}

/** Settings of {@link createAddedStore}. */
export interface AddedStoreOptions {
  /** ADDED_DIR; made with the first file. */
  readonly dir: string;
  /** Largest file that is accepted, in bytes. */
  readonly maxFileBytes: number;
  /** Told of a job that cannot be read any more; it stays where it is. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Keeps what is added as plain files in `dir`. A file with the name of an earlier one takes its place; letter case does not
 * tell names apart, as it does not everywhere.
 *
 * All methods throw FootnoteError `unavailable` when the folder cannot be used.
 */
export function createAddedStore(options: AddedStoreOptions): AddedStore {
  const { dir, maxFileBytes, onError = () => undefined } = options;
  const incoming = join(dir, incomingFolder);
  const accepting = new Set<string>();
  const folderOf = (jobId: string) => join(incoming, jobIdSchema.parse(jobId));

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw addedFailure(dir, error);
    }
  }

  async function accept({ id, createdAt, subject, work }: NewJob): Promise<StagedJob> {
    const folder = folderOf(id);
    accepting.add(id);
    try {
      await makeFolder(folder);
      const task = 'files' in work ? await stageFiles(folder, work.files) : work;
      const job: StagedJob = { id, createdAt, subject: [...subject], task };
      // Whatever has no job in it was never accepted.
      await replaceFile(join(folder, jobFile), `${JSON.stringify(job)}\n`);
      return job;
    } catch (error) {
      await rm(folder, { recursive: true, force: true }).catch(onError);
      throw error;
    } finally {
      accepting.delete(id);
    }
  }

  async function stageFiles(folder: string, files: readonly FileToKeep[]): Promise<JobTask> {
    const names = distinctNames(files.map(({ name }) => safeFileName(name)));
    const staged: StagedFile[] = [];
    for (const [index, { content, given }] of files.entries()) {
      const file = { name: names[index] ?? '', staged: String(index), ...(given && { given: { ...given } }) };
      await receiveBytes(content, join(folder, file.staged), maxFileBytes);
      staged.push(file);
    }
    return { type: 'add', files: staged };
  }

  async function pending(): Promise<readonly StagedJob[]> {
    const jobs: StagedJob[] = [];
    for (const name of (await namesIn(incoming)).toSorted()) {
      if (accepting.has(name)) continue;
      const folder = join(incoming, name);
      const text = await textOf(join(folder, jobFile));
      if (text === undefined) {
        await rm(folder, { recursive: true, force: true });
        continue;
      }
      try {
        jobs.push(stagedJobSchema.parse(JSON.parse(text)));
      } catch (cause) {
        onError(damagedJob(folder, cause));
      }
    }
    for (const name of await namesIn(dir)) {
      if (name.endsWith('.json.tmp')) await rm(join(dir, name), { force: true });
    }
    return jobs;
  }

  /** Under the spelling that is there already. */
  async function placeOf({ name }: StagedFile): Promise<string> {
    const key = nameKey(name);
    return (await namesIn(dir)).find((other) => nameKey(other) === key) ?? name;
  }

  async function placeOne(job: StagedJob, file: StagedFile): Promise<string> {
    const staged = join(folderOf(job.id), file.staged);
    const name = await placeOf(file);
    const target = join(dir, name);
    // Its place was taken last, so what is said of it is there as well.
    if (!(await exists(staged))) return name;
    // A file in which an article was given its id goes on being that article.
    const id = file.given?.id ?? (await readSidecar(target).catch(() => undefined))?.given?.id;
    const given = { ...file.given, ...(id !== undefined && { id }) };
    // First what is said of the file: without it, the file could be read as another article.
    if (Object.keys(given).length > 0) await writeSidecar(target, { given });
    else await rm(`${target}${sidecarEnding}`, { force: true });
    await rename(staged, target);
    await syncFolder(dir);
    return name;
  }

  return {
    accept: (job) => guarded(() => accept(job)),
    pending: () => guarded(pending),
    pathOf: (file) => guarded(async () => addedPrefix + (await placeOf(file))),
    readStaged: (job, file) =>
      guarded(async () => {
        try {
          return await readFile(join(folderOf(job.id), file.staged));
        } catch (error) {
          if (errorCode(error) === 'ENOENT') return undefined;
          throw error;
        }
      }),
    place: (job, files) =>
      guarded(async () => {
        const paths: string[] = [];
        for (const file of files) paths.push(addedPrefix + (await placeOne(job, file)));
        return paths;
      }),
    remove: (path) =>
      guarded(async () => {
        const file = fileAt(dir, path);
        await rm(file, { force: true });
        await rm(`${file}${sidecarEnding}`, { force: true });
        await syncFolder(dirname(file)).catch(ignoreMissing);
      }),
    sidecar: async (path) => readSidecar(fileAt(dir, path)),
    finish: (jobId) =>
      guarded(async () => {
        const folder = folderOf(jobId);
        await rm(join(folder, jobFile), { force: true });
        await rm(folder, { recursive: true, force: true });
        await syncFolder(incoming).catch(ignoreMissing);
      }),
  };
}

function fileAt(dir: string, path: string): string {
  return join(dir, ...addedParts(path));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    ignoreMissing(error);
    return false;
  }
}

function ignoreMissing(error: unknown): void {
  if (errorCode(error) !== 'ENOENT') throw error;
}

function damagedJob(folder: string, cause: unknown): FootnoteError {
  return new FootnoteError(
    'unavailable',
    `The accepted job in ${folder} cannot be read: ${errorMessage(cause)}`,
    { remedy: 'Add what is in that folder again, then delete the folder.', cause },
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'it cannot be written to',
  ENOTDIR: 'a file stands where the folder should be',
  EEXIST: 'a file stands where the folder should be',
};

/** A failure of the folder as one message; an expected one comes back as it is. */
function addedFailure(dir: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  const reason = reasons[errorCode(error) ?? ''] ?? errorMessage(error);
  return new FootnoteError(
    'unavailable',
    `The folder for added articles, ${dir}, cannot be used: ${reason}.`,
    {
      remedy: 'Free space or mend its permissions, or name another folder with ADDED_DIR.',
      cause: error,
    },
  );
}
