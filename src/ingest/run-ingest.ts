import { performance } from 'node:perf_hooks';

import type { Article } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import { articleFingerprint } from '../domain/fingerprint.ts';
import type { EmbeddingModel, GenerationInfo, IndexWriter } from '../domain/ports.ts';
import { embedArticles } from './embed-articles.ts';
import { loadCorpus } from './load-corpus.ts';
import type { FileNote } from './load/list-files.ts';
import { splitterVersion } from './split/version.ts';

/** How far an ingest has come: files while reading, texts (passages and sentences) while embedding. */
export interface IngestProgress {
  readonly phase: 'reading' | 'embedding';
  readonly done: number;
  readonly total: number;
}

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
  readonly generation: GenerationInfo;
  /** Milliseconds. */
  readonly durations: { readonly reading: number; readonly embedding: number; readonly total: number };
}

/** What {@link runIngest} needs. */
export interface IngestOptions {
  /** The corpus folder. */
  readonly dir: string;
  readonly writer: IndexWriter;
  readonly embeddings: EmbeddingModel;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/**
 * Brings the index to the state of the corpus folder: embeds and puts what is new or changed, removes what is
 * gone, leaves the rest alone, and commits. On any error and when aborted, the index stays as it was.
 *
 * @throws FootnoteError `configuration` when the folder cannot be read, `model-failed` when embedding fails.
 * @throws the signal's reason when it is aborted.
 */
export async function runIngest(options: IngestOptions): Promise<IngestReport> {
  const { writer } = options;
  try {
    return await ingest(options);
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function ingest({ dir, writer, embeddings, onProgress, signal }: IngestOptions): Promise<IngestReport> {
  const started = performance.now();
  const corpus = await readCorpus({
    dir,
    writer,
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  });
  if (corpus.isEmpty && writer.fingerprints.size > 0) {
    throw new FootnoteError('configuration', `There are no articles in ${dir}; the index stays as it was.`, {
      remedy: 'Check the folder (CORPUS_DIR), or delete the index folder to begin anew.',
    });
  }
  const read = performance.now();
  const entries = embedArticles(corpus.pending, {
    embeddings,
    onProgress: (done, total) => onProgress?.({ phase: 'embedding', done, total }),
    ...(signal && { signal }),
  });
  for await (const entry of entries) {
    await writer.put(entry, articleFingerprint(entry.article, splitterVersion));
  }
  for (const id of corpus.removed) await writer.remove(id);
  signal?.throwIfAborted();
  const embedded = performance.now();
  const generation = await writer.commit();
  const { added, changed, unchanged, removed, failed, skipped } = corpus;
  const durations = {
    reading: read - started,
    embedding: embedded - read,
    total: performance.now() - started,
  };
  return { added, changed, unchanged, removed, failed, skipped, generation, durations };
}

async function readCorpus(options: Omit<IngestOptions, 'embeddings'>) {
  const { dir, writer, onProgress, signal } = options;
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  const failed: FileNote[] = [];
  const skipped: FileNote[] = [];
  const pending: Article[] = [];
  // Ids that stay: those read, and those of files that could not be read this time.
  const present = new Set<string>();
  let unknownFailure = false;
  for await (const loaded of loadCorpus({ dir, ...(signal && { signal }) })) {
    const { file, done, total } = loaded;
    if (loaded.kind === 'skipped') skipped.push({ file, reason: loaded.reason });
    else if (loaded.kind === 'failed') {
      failed.push({ file, reason: loaded.reason });
      if (loaded.id === undefined) unknownFailure = true;
      else present.add(loaded.id);
    } else {
      const { article } = loaded;
      present.add(article.id);
      const known = writer.fingerprints.get(article.id);
      const same = known === articleFingerprint(article, splitterVersion);
      (known === undefined ? added : same ? unchanged : changed).push(article.id);
      if (!same) pending.push(article);
    }
    if (done > 0) onProgress?.({ phase: 'reading', done, total });
  }
  // A file that cannot be opened may be any of the articles that seem to be gone, so none is removed.
  const gone = Array.from(writer.fingerprints.keys()).filter((id) => !present.has(id));
  const removed = unknownFailure ? [] : gone.toSorted();
  return {
    added,
    changed,
    unchanged,
    removed,
    failed,
    skipped,
    pending,
    isEmpty: present.size === 0 && failed.length === 0,
  };
}
