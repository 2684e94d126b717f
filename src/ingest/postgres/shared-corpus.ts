import { FootnoteError } from '../../domain/errors.ts';
import type { IngestAdmin } from '../../domain/ingest-admin.ts';
import type { IngestJob } from '../../domain/ingest-job.ts';
import type { IndexWriter } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { createCorpusViews } from '../admin/corpus-views.ts';
import { followWithWeb } from '../follow-with-web.ts';
import { createJobNames } from '../jobs/accept-job.ts';
import {
  type CorpusIndex,
  type IngestRun,
  type LocalCorpus,
  type LocalCorpusOptions,
} from '../local-corpus.ts';
import { createFileParser } from '../parse/file-parser.ts';
import type { IngestReport } from '../run-ingest.ts';
import { openWeb } from '../web/open-web.ts';
import { readSourcesFile } from '../web/sources/sources-file.ts';
import { awaitJobs } from './await-jobs.ts';
import { createDatabaseAdded } from './database-added.ts';
import { createDatabaseFiles } from './database-files.ts';
import { createDatabaseLooks } from './database-looks.ts';
import { createDatabasePages } from './database-pages.ts';
import { measureDatabase } from './database-size.ts';
import { createDatabaseWithdrawn } from './database-withdrawn.ts';
import { syncFolder } from './folder-sync.ts';
import { createDatabaseJobs } from './job-records.ts';
import { createJobTools } from './job-tools.ts';
import type { QueuedRead } from './read-jobs.ts';
import { renewDigests } from './reading-rules.ts';
import { retryFailed } from './retry-failed.ts';
import { reportOfSync } from './sync-report.ts';
import { createWorker, type WorkRun } from './worker.ts';

/** The articles of a database that several servers and workers share. */
export interface SharedCorpus extends LocalCorpus {
  /** Carries out jobs until the signal is aborted; the one at work then is handed back. */
  readonly work: (run: WorkRun) => Promise<void>;
}

/** What {@link createSharedCorpus} needs. */
export interface SharedCorpusOptions extends Pick<
  LocalCorpusOptions,
  'embeddings' | 'parse' | 'fetch' | 'refreshMs' | 'purge' | 'onError'
> {
  readonly database: Database;
  /** The folder that `ingest` and `follow` bring into the database. */
  readonly corpusDir: string;
  /** Not read, also where it stands inside `corpusDir`. */
  readonly addedDir: string;
  readonly index: Pick<CorpusIndex, 'sources' | 'articles' | 'article'>;
  /** @param purpose - whose work it is: what was interrupted is carried on for the same one. */
  readonly openWriter: (purpose: string) => Promise<IndexWriter>;
  /** Removes from the index for good what was removed a while ago; of the articles that are named, at once. */
  readonly collect: (articles?: readonly string[]) => Promise<unknown>;
}

/** Puts the parts together. Nothing is read, written or asked for before the first call. */
export function createSharedCorpus(options: SharedCorpusOptions): SharedCorpus {
  const { database, corpusDir, addedDir, index, openWriter, collect, purge, refreshMs, onError } = options;
  const { maxFileBytes } = options.parse;
  const roots = { corpusDir, addedDir };
  const parser = createFileParser(options.parse);
  const files = createDatabaseFiles({ database });
  const added = createDatabaseAdded({ database, maxFileBytes });
  const withdrawn = createDatabaseWithdrawn({ database });
  const web = openWeb({
    ...options.fetch,
    store: createDatabasePages({ database }),
    state: createDatabaseLooks({ database }),
    maxBytes: maxFileBytes,
    everyMs: refreshMs,
    isWithdrawn: (url) => withdrawn.latest().isWithdrawn({ url }),
  });
  const jobs = createDatabaseJobs({ database, added, withdrawn, sources: index.sources, purge });
  const newJob = createJobNames(Date.now);

  const tools: Parameters<typeof createJobTools>[0] = {
    ...options,
    files,
    parser,
    maxFileBytes,
    added,
    withdrawn,
    fetch: async (source, work) => {
      await withdrawn.read();
      return web.add(source, work);
    },
  };
  const worker = createWorker({
    database,
    toolsFor: (job) => createJobTools(tools, job),
    tidy: () => collect(),
  });

  /** Looks at the web sources that are due. */
  async function refresh({ signal, onProgress }: IngestRun) {
    const sources = await readSourcesFile(corpusDir);
    if (sources.length === 0) return undefined;
    await withdrawn.read();
    return web.refresh(sources, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
  }

  async function ingest(run: IngestRun = {}): Promise<IngestReport> {
    const { signal, onProgress } = run;
    const started = performance.now();
    const fetched = run.offline === true ? undefined : await refresh(run);
    await renewDigests({ database, files, maxFileBytes }, signal);
    await retryFailed(database);
    const current = await withdrawn.read();
    const synced = await syncFolder({
      database,
      roots,
      maxFileBytes,
      sources: await index.sources(),
      isWithdrawn: (articleId) => current.isWithdrawn({ articleId }),
      newJob,
      onProgress,
      signal,
    });
    const surveyed = performance.now();
    const ended = await carryOut(synced.jobs, run);
    const done = performance.now();
    const writer = await openWriter('report');
    const { sources } = writer;
    return reportOfSync({
      fetched,
      synced,
      jobs: ended,
      sources,
      // Nothing was changed, so this is the current one.
      generation: await writer.commit(),
      durations: { reading: surveyed - started, embedding: done - surveyed, total: done - started },
    });
  }

  /** Works until these jobs are over, together with whoever else does. */
  async function carryOut(
    queued: readonly QueuedRead[],
    { signal, onProgress }: IngestRun,
  ): Promise<readonly IngestJob[]> {
    if (queued.length === 0) return [];
    const stop = new AbortController();
    const ending = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
    const working = worker.run({ signal: ending, onError });
    try {
      return await awaitJobs(database, queued, {
        signal,
        onProgress: (done, total) => onProgress?.({ phase: 'embedding', done, total }),
      });
    } finally {
      stop.abort();
      await working;
    }
  }

  async function update({ offline, signal }: { readonly offline: boolean; readonly signal: AbortSignal }) {
    const { failed } = await ingest({ offline, signal });
    for (const { file, reason } of failed) onError(new FootnoteError('unavailable', `${file}: ${reason}`));
  }

  const admin: IngestAdmin = {
    ...jobs,
    ...createCorpusViews({ files, index, withdrawn, disk: () => measureDatabase(database) }),
  };

  return {
    admin,
    ingest,
    // Whatever was accepted is in the database, for whoever works on it.
    resumeJobs: async () => undefined,
    follow: ({ update: given, ...run }) =>
      followWithWeb({
        ...run,
        roots,
        web,
        refreshMs,
        update: given ?? (({ offline }) => update({ offline, signal: run.signal })),
      }),
    work: (run) => worker.run(run),
    async close() {
      jobs.close();
      await Promise.all([parser.close(), web.close()]);
    },
  };
}
