import { performance } from 'node:perf_hooks';

import { createBreather } from '../domain/breather.ts';
import { FootnoteError, isAbortError } from '../domain/errors.ts';
import { articleFingerprint } from '../domain/fingerprint.ts';
import type { FileNote, IngestProgress } from '../domain/ingest-job.ts';
import type { EmbeddingModel, GenerationInfo, IndexWriter, SourceRecord } from '../domain/ports.ts';
import { embedArticles } from './embed-articles.ts';
import { createIngestPlan, type IngestPlan } from './ingest-plan.ts';
import type { CorpusFiles } from './load/corpus-files.ts';
import { parseFiles, type ReadFile } from './parse-files.ts';
import type { FileParser, PreparedArticle } from './parse/parsed-file.ts';
import { splitterVersion } from './split/version.ts';
import { type CorpusSurvey, surveyCorpus } from './survey-corpus.ts';
import { surveySome } from './survey-some.ts';

/** What an ingest did. Articles are named by id, in the order of their files. */
export interface IngestReport {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  /** Files that could not be read. What the index holds of them stays as it was. */
  readonly failed: readonly FileNote[];
  /** Files that are no articles. */
  readonly skipped: readonly FileNote[];
  /** Ids of the articles that each file holds, by path. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  /** Pages of the web sources that were looked at before; absent where none were. */
  readonly fetched?: {
    readonly stored: number;
    readonly unchanged: number;
    /** Addresses at which there is nothing any more; what was fetched before stays. */
    readonly gone: readonly string[];
  };
  /** Whether it carried on what an interrupted ingest had begun. */
  readonly resumed: boolean;
  readonly generation: GenerationInfo;
  /** Milliseconds. */
  readonly durations: { readonly reading: number; readonly embedding: number; readonly total: number };
}

/** What {@link runIngest} needs. */
export interface IngestOptions {
  readonly files: CorpusFiles;
  readonly writer: IndexWriter;
  readonly embeddings: EmbeddingModel;
  readonly parser: FileParser;
  /** Largest file that is read, in bytes. */
  readonly maxFileBytes: number;
  /** Articles that are left out although their files are there. */
  readonly isWithdrawn?: ((articleId: string) => boolean) | undefined;
  /**
   * The files that may have changed, where that is known; no other is looked at then. Without effect where the index is
   * new or an interrupted ingest is carried on, because every file counts there.
   */
  readonly only?: readonly string[] | undefined;
  /** Whether `only` counts there as well: where others write the same index, the rest is theirs. */
  readonly onlyAlways?: boolean | undefined;
  /** Whether a corpus without any file empties the index; otherwise that is taken for a mistake. */
  readonly allowEmpty?: boolean | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Brings the index to the state of the corpus: reads the files that are new or changed, embeds the texts that are,
 * removes what is gone, and commits. What is being built is never served before it is whole; interrupted, it is kept for the
 * next ingest to carry on.
 *
 * @throws FootnoteError `configuration` when the corpus cannot be read, `model-failed` when embedding fails,
 * `unavailable` when the disk refuses.
 * @throws the signal's reason when it is aborted.
 */
export async function runIngest(options: IngestOptions): Promise<IngestReport> {
  const { writer, signal } = options;
  try {
    return await ingest(options);
  } catch (error) {
    await (isWorthKeeping(error, signal) ? writer.suspend() : writer.discard());
    throw error;
  }
}

/** A disk that is full needs the space, and an unexpected failure may lie in what was built. */
function isWorthKeeping(error: unknown, signal: AbortSignal | undefined): boolean {
  if (signal?.aborted === true || isAbortError(error)) return true;
  return error instanceof FootnoteError && (error.code === 'model-failed' || error.code === 'configuration');
}

async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { files, writer, signal, isWithdrawn = () => false } = options;
  const started = performance.now();
  const survey = await surveyFor(options);
  if (survey.isEmpty && writer.fingerprints.size > 0 && options.allowEmpty !== true) {
    throw new FootnoteError(
      'configuration',
      `There are no articles in ${files.place}; the index stays as it was.`,
      { remedy: 'Check the folder (CORPUS_DIR). To begin anew, name another INDEX_DIR.' },
    );
  }
  const surveyed = performance.now();
  const plan = await createIngestPlan({ survey, writer, isWithdrawn });
  await storeChanges(plan, survey, options);
  const removed = await plan.removed();
  for (const id of removed) await writer.remove(id);
  for (const { path } of survey.gone) await writer.removeSource(path);
  signal?.throwIfAborted();
  const embedded = performance.now();
  const generation = await writer.commit();
  return {
    ...(await plan.report()),
    removed,
    skipped: survey.skipped,
    resumed: writer.resumed,
    generation,
    durations: {
      reading: surveyed - started,
      embedding: embedded - surveyed,
      total: performance.now() - started,
    },
  };
}

function surveyFor(options: IngestOptions): Promise<CorpusSurvey> {
  const {
    files,
    writer,
    maxFileBytes,
    only,
    onlyAlways = false,
    onProgress,
    signal,
    isWithdrawn = () => false,
  } = options;
  const known = writer.sources;
  if (only && (onlyAlways || (known.size > 0 && !writer.resumed))) {
    if (only.length > 0) onProgress?.({ phase: 'reading', done: 0, total: only.length });
    return surveySome({ files, known, paths: only, isWithdrawn });
  }
  return surveyCorpus({
    files,
    maxFileBytes,
    known,
    isWithdrawn,
    onProgress: (done, total) => onProgress?.({ phase: 'reading', done, total }),
    signal,
  });
}

/** Reads what is new or changed, and stores it with its vectors. */
async function storeChanges(
  plan: IngestPlan,
  survey: CorpusSurvey,
  { files, writer, embeddings, parser, maxFileBytes, onProgress, signal }: IngestOptions,
): Promise<void> {
  let filesRead = 0;
  let articlesFound = 0;
  let articlesStored = 0;
  /** A file that has not been read yet counts as one article. */
  const showProgress = () => {
    const total = articlesFound + survey.toRead.length - filesRead;
    if (total > 0) onProgress?.({ phase: 'embedding', done: articlesStored, total });
  };

  /** Files whose articles are on their way to the index, in order. */
  const underWay: { readonly record: SourceRecord; left: number }[] = [];

  async function* readFiles(): AsyncGenerator<ReadFile> {
    const parsing = { files, parser, maxFileBytes, signal };
    yield* parseFiles(survey.toRead, parsing);
    yield* parseFiles(plan.postponed(), parsing);
  }

  async function* changedArticles(): AsyncGenerator<PreparedArticle> {
    for await (const file of readFiles()) {
      const taken = await plan.take(file);
      if (!taken) continue;
      const { changed, record } = taken;
      if (record) underWay.push({ record, left: changed.length });
      filesRead += 1;
      articlesFound += changed.length;
      showProgress();
      yield* changed;
    }
  }

  /** A file is remembered once its articles are stored, so that what is said of it holds after a crash as well. */
  async function rememberFiles(): Promise<void> {
    while (underWay[0]?.left === 0) {
      const done = underWay.shift();
      if (done) await writer.putSource(done.record);
    }
  }

  const stored = (id: string) => writer.stored(id);
  const breathe = createBreather();
  for await (const entry of embedArticles(changedArticles(), { embeddings, stored, signal })) {
    await rememberFiles();
    await writer.put(entry, articleFingerprint(entry.article, splitterVersion));
    const [file] = underWay;
    if (file) file.left -= 1;
    articlesStored += 1;
    showProgress();
    await breathe();
  }
  await rememberFiles();
}
