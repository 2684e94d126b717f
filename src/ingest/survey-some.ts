import { stat } from 'node:fs/promises';

import type { SourceRecord } from '../domain/ports.ts';
import { corpusFile, type CorpusRoots } from './load/corpus-roots.ts';
import { hasWithdrawnAsBefore } from './source-digest.ts';
import type { CorpusSurvey } from './survey-corpus.ts';

/**
 * As `surveyCorpus`, where it is known which files may have changed: nothing else is looked at, so that one more article
 * costs the same in a corpus of any size.
 */
export async function surveySome({
  roots,
  known,
  paths,
  isWithdrawn,
}: {
  readonly roots: CorpusRoots;
  /** What the index knows of the files, by path; all of them. */
  readonly known: ReadonlyMap<string, SourceRecord>;
  /** The files that may have changed. */
  readonly paths: readonly string[];
  readonly isWithdrawn: (articleId: string) => boolean;
}): Promise<CorpusSurvey> {
  const touched = new Set(paths);
  const same: SourceRecord[] = [];
  const toLookAt = new Set(touched);
  for (const record of known.values()) {
    if (touched.has(record.path)) continue;
    if (hasWithdrawnAsBefore(record, isWithdrawn)) same.push(record);
    else toLookAt.add(record.path);
  }
  const toRead: string[] = [];
  const gone: SourceRecord[] = [];
  for (const path of Array.from(toLookAt).toSorted()) {
    const isThere = await stat(corpusFile(roots, path)).then(
      (status) => status.isFile(),
      () => false,
    );
    const record = known.get(path);
    if (isThere) toRead.push(path);
    else if (record) gone.push(record);
  }
  return { same, toRead, failed: [], skipped: [], unseen: [], gone, isEmpty: false };
}
