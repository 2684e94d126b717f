import { join } from 'node:path';

import { FootnoteError, messageWithRemedy } from '../../domain/errors.ts';
import type { FileNote, IngestProgress } from '../../domain/ingest-job.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import type { NewJob } from '../added/added-store.ts';
import { nameKey } from '../added/file-name.ts';
import { addedPrefix, type CorpusRoots } from '../load/corpus-roots.ts';
import { listFiles } from '../load/list-files.ts';
import { readSource } from '../load/read-source.ts';
import { isAsBefore } from '../source-digest.ts';
import { createReadJobs, type FileToRead, type QueuedRead } from './read-jobs.ts';
import { storedDigests } from './stored-files.ts';
import { unfinishedKeys } from './unfinished-keys.ts';

/** Files that are looked at together: as many as there are threads that wait for the disk. */
const filesAtOnce = 4;

/** What {@link syncFolder} needs. */
export interface FolderSyncOptions {
  readonly database: Database;
  /** The operator's own files; what stands in the other folder is no part of them. */
  readonly roots: CorpusRoots;
  readonly maxFileBytes: number;
  /** What the index knows of the files. */
  readonly sources: readonly SourceRecord[];
  readonly isWithdrawn: (articleId: string) => boolean;
  readonly newJob: (subject: readonly string[]) => Pick<NewJob, 'id' | 'createdAt' | 'subject'>;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What became of a look at the folder. */
export interface FolderSync {
  readonly jobs: readonly QueuedRead[];
  /** Files and folders that could not be looked at; what is known of them stays. */
  readonly failed: readonly FileNote[];
  readonly skipped: readonly FileNote[];
}

/**
 * Brings the files in the database to the state of the folder, and queues what is to be read because of that: files that are new,
 * changed or gone, and whatever else the index does not know as it is. What was added through Footnote stays.
 *
 * @throws FootnoteError `configuration` when the folder cannot be read, or is empty and was not before; the signal's reason.
 */
export async function syncFolder(options: FolderSyncOptions): Promise<FolderSync> {
  const { database, roots, isWithdrawn, onProgress, signal } = options;
  const listing = withoutAdded(await listFiles(roots, signal));
  const stored = await storedDigests(database, signal);
  const indexed = new Map(options.sources.map((record) => [record.path, record]));
  const waiting = await unfinishedKeys(database);
  const failed: FileNote[] = [...listing.failed];

  const isAdded = (path: string) => path.startsWith(addedPrefix);
  const own = Array.from(stored.keys()).filter((path) => !isAdded(path));
  if (listing.files.length === 0 && listing.failed.length === 0 && own.length > 0) {
    throw new FootnoteError(
      'configuration',
      `There are no articles in ${roots.corpusDir}; the index stays as it was.`,
      { remedy: 'Check the folder (CORPUS_DIR). To begin anew, name another STORE_SCHEMA.' },
    );
  }

  const there = new Set([...listing.files, ...listing.failed.map(({ file }) => file)]);
  const closed = listing.failed.map(({ file }) => `${file}/`);
  const isGone = (path: string) =>
    !there.has(path) && !isAdded(path) && !closed.some((folder) => path.startsWith(folder));
  const gone = new Set([...own, ...indexed.keys()].filter(isGone));
  const moved = groupBy(gone, (path) => stored.get(path));

  const isWaiting = (path: string) =>
    waiting.has(`path ${path}`) ||
    (isAdded(path) && waiting.has(`file ${nameKey(path.slice(addedPrefix.length))}`));
  const isIndexed = (path: string, digest: string) => {
    const record = indexed.get(path);
    return record !== undefined && isAsBefore(record, digest, isWithdrawn);
  };

  const jobs = createReadJobs({
    database,
    newJob: options.newJob,
    expected: listing.files.filter((path) => !stored.has(path)).length,
  });

  /** What is to be done about a file of the folder. */
  async function lookAt(path: string): Promise<readonly FileToRead[]> {
    try {
      const { bytes, sidecar, digest } = await readSource(join(roots.corpusDir, path), {
        maxBytes: options.maxFileBytes,
        signal,
      });
      if (stored.get(path) === digest) return isIndexed(path, digest) || isWaiting(path) ? [] : [{ path }];
      // A file that was moved takes its articles along, so both are read together.
      const before = (moved.get(digest) ?? []).filter((other) => gone.delete(other));
      return [
        { path, store: { path, bytes, sidecar, digest } },
        ...before.map((other) => ({ path: other, isGone: true }) as const),
      ];
    } catch (error) {
      signal?.throwIfAborted();
      failed.push({ file: path, reason: messageWithRemedy(error) });
      return [];
    }
  }

  const total = listing.files.length;
  for (let first = 0; first < total; first += filesAtOnce) {
    signal?.throwIfAborted();
    const some = listing.files.slice(first, first + filesAtOnce);
    for (const files of await Promise.all(some.map(lookAt))) await jobs.add(files);
    onProgress?.({ phase: 'reading', done: first + some.length, total });
  }
  for (const path of gone) {
    if (stored.has(path) || !isWaiting(path)) await jobs.add([{ path, isGone: true }]);
  }
  const added = new Set([...stored.keys(), ...indexed.keys()].filter(isAdded));
  for (const path of added) {
    const digest = stored.get(path);
    const isKnown = digest === undefined ? !indexed.has(path) : isIndexed(path, digest);
    if (!isKnown && !isWaiting(path)) await jobs.add([{ path }]);
  }
  return { jobs: await jobs.finish(), failed, skipped: listing.skipped };
}

/** The folder without what may stand inside it and is kept in the database only. */
function withoutAdded(listing: Awaited<ReturnType<typeof listFiles>>) {
  const folder = addedPrefix.slice(0, -1);
  const isOwn = ({ file }: FileNote) => file !== folder && !file.startsWith(addedPrefix);
  return {
    files: listing.files.filter((path) => !path.startsWith(addedPrefix)),
    skipped: listing.skipped.filter(isOwn),
    failed: listing.failed.filter(isOwn),
  };
}

function groupBy(
  paths: Iterable<string>,
  keyOf: (path: string) => string | undefined,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const key = keyOf(path);
    if (key === undefined) continue;
    const group = groups.get(key) ?? [];
    group.push(path);
    groups.set(key, group);
  }
  return groups;
}
