import { createBreather } from '../domain/breather.ts';
import { messageWithRemedy } from '../domain/errors.ts';
import type { FileNote } from '../domain/ingest-job.ts';
import type { SourceRecord } from '../domain/ports.ts';
import type { CorpusFiles } from './load/corpus-files.ts';
import { hasWithdrawnAsBefore, readAgain } from './source-digest.ts';
import type { CorpusSurvey } from './survey-corpus.ts';

/**
 * As `surveyCorpus`, where it is known which files may have changed: nothing else is looked at, so that one more article
 * costs the same in a corpus of any size.
 */
export async function surveySome({
  files,
  known,
  paths,
  isWithdrawn,
}: {
  readonly files: CorpusFiles;
  /** What the index knows of the files, by path; all of them. */
  readonly known: ReadonlyMap<string, SourceRecord>;
  /** The files that may have changed. */
  readonly paths: readonly string[];
  readonly isWithdrawn: (articleId: string) => boolean;
}): Promise<CorpusSurvey> {
  const breathe = createBreather();
  const touched = new Set(paths);
  const same: SourceRecord[] = [];
  const toLookAt = new Set(touched);
  // An article that one of them gives up may be that of another file.
  const mayGiveUp = paths.some((path) => (known.get(path)?.articles.length ?? 0) > 0);
  for (const record of known.values()) {
    await breathe();
    if (touched.has(record.path)) continue;
    const isWaiting = mayGiveUp && record.digest === readAgain;
    if (!isWaiting && hasWithdrawnAsBefore(record, isWithdrawn)) same.push(record);
    else toLookAt.add(record.path);
  }
  const toRead: string[] = [];
  const gone: SourceRecord[] = [];
  const failed: FileNote[] = [];
  for (const path of Array.from(toLookAt).toSorted()) {
    const record = known.get(path);
    try {
      if (await files.has(path)) toRead.push(path);
      else if (record) gone.push(record);
    } catch (error) {
      failed.push({ file: path, reason: messageWithRemedy(error) });
    }
  }
  return { same, toRead, failed, skipped: [], unseen: [], gone, isEmpty: false };
}
