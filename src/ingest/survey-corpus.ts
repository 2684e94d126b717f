import { createBreather } from '../domain/breather.ts';
import { messageWithRemedy } from '../domain/errors.ts';
import type { FileNote } from '../domain/ingest-job.ts';
import type { SourceRecord } from '../domain/ports.ts';
import type { CorpusFiles } from './load/corpus-files.ts';
import { isAsBefore } from './source-digest.ts';

/** Files that are looked at together: as many as there are threads that wait for the disk. */
const filesAtOnce = 4;

/** What of a corpus has to be read again. */
export interface CorpusSurvey {
  /** Files that are as the index knows them. */
  readonly same: readonly SourceRecord[];
  /** Paths of the files that are new or changed, in order. */
  readonly toRead: readonly string[];
  /** Files and folders that could not be looked at; what the index holds of them stays. */
  readonly failed: readonly FileNote[];
  /** Files that the index knows and that may still be there, in folders that could not be looked at. */
  readonly unseen: readonly SourceRecord[];
  readonly skipped: readonly FileNote[];
  /** Files that the index knows and that are no longer there. */
  readonly gone: readonly SourceRecord[];
  readonly isEmpty: boolean;
}

/** What {@link surveyCorpus} needs. */
export interface SurveyOptions {
  readonly files: CorpusFiles;
  readonly maxFileBytes: number;
  /** What the index knows of the files, by path. */
  readonly known: ReadonlyMap<string, SourceRecord>;
  readonly isWithdrawn: (articleId: string) => boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares the files of a corpus with what the index knows of them, by their bytes: neither times nor sizes are
 * trusted, because copying and version control set them anew.
 *
 * @throws FootnoteError `configuration` when the corpus cannot be read; the signal's reason when it is aborted.
 */
export async function surveyCorpus(options: SurveyOptions): Promise<CorpusSurvey> {
  const { files, maxFileBytes, known, isWithdrawn, onProgress, signal } = options;
  const listing = await files.list(signal);
  const same: SourceRecord[] = [];
  const toRead: string[] = [];
  const failed: FileNote[] = [...listing.failed];
  const breathe = createBreather();
  let done = 0;

  async function lookAt(path: string): Promise<void> {
    const record = known.get(path);
    try {
      // A file that nothing is known of is read once, later.
      const digest = record && (await digestOf(path));
      if (record && digest !== undefined && isAsBefore(record, digest, isWithdrawn)) same.push(record);
      else toRead.push(path);
    } catch (error) {
      signal?.throwIfAborted();
      failed.push({ file: path, reason: messageWithRemedy(error) });
    }
    done += 1;
    onProgress?.(done, listing.files.length);
  }

  async function digestOf(path: string): Promise<string> {
    return (await files.read(path, { maxBytes: maxFileBytes, signal })).digest;
  }

  for (let first = 0; first < listing.files.length; first += filesAtOnce) {
    signal?.throwIfAborted();
    await breathe();
    await Promise.all(listing.files.slice(first, first + filesAtOnce).map(lookAt));
  }
  const there = new Set([...listing.files, ...listing.failed.map(({ file }) => file)]);
  const closed = listing.failed.map(({ file }) => `${file}/`);
  const missing = Array.from(known.values()).filter(({ path }) => !there.has(path));
  const isUnseen = ({ path }: SourceRecord) => closed.some((folder) => path.startsWith(folder));
  return {
    same: same.toSorted(byPath),
    toRead: toRead.toSorted(),
    failed: failed.toSorted((one, other) => (one.file < other.file ? -1 : 1)),
    skipped: listing.skipped,
    unseen: missing.filter(isUnseen),
    gone: missing.filter((record) => !isUnseen(record)),
    isEmpty: there.size === 0,
  };
}

function byPath(one: SourceRecord, other: SourceRecord): number {
  return one.path < other.path ? -1 : 1;
}
