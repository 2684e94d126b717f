import type { Article } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { IngestAdmin, SourceArticle } from '../domain/ingest-admin.ts';
import type { IngestProgress } from '../domain/ingest-job.ts';
import type { EmbeddingModel, IndexWriter, SourceRecord } from '../domain/ports.ts';
import { createAddedStore } from './added/added-store.ts';
import { createWithdrawnStore, type Withdrawals } from './added/withdrawn.ts';
import { createCorpusViews } from './admin/corpus-views.ts';
import { measureDisk } from './admin/disk-use.ts';
import { followWithWeb } from './follow-with-web.ts';
import { createIngestJobs } from './jobs/ingest-jobs.ts';
import type { Purge } from './jobs/job-parts.ts';
import type { CorpusRoots } from './load/corpus-roots.ts';
import { createDiskFiles } from './load/disk-files.ts';
import { createFileParser } from './parse/file-parser.ts';
import { type IngestReport, runIngest } from './run-ingest.ts';
import { openWeb, type WebOptions } from './web/open-web.ts';
import { createSourceState } from './web/sources/source-state.ts';
import { readSourcesFile } from './web/sources/sources-file.ts';
import { createPageStore } from './web/store/page-store.ts';

/** One ingest. */
export interface IngestRun {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: IngestProgress) => void) | undefined;
  /** Whether the sources on the web are left alone; otherwise those that are due are looked at first. */
  readonly offline?: boolean | undefined;
}

/** Following the corpus. */
export interface FollowRun {
  readonly signal: AbortSignal;
  /** Told of what went wrong; following goes on. */
  readonly onError: (error: unknown) => void;
  /** Told once changes are noticed. */
  readonly onReady?: () => void;
  /** Brings the index up to date; by a job when absent. */
  readonly update?: (run: { readonly offline: boolean }) => Promise<void>;
}

/** The articles of this machine: their files, what is added to them, and the index that is made of them. */
export interface LocalCorpus {
  readonly admin: IngestAdmin;
  /** Brings the index up to date with the corpus, see {@link runIngest}. */
  readonly ingest: (run?: IngestRun) => Promise<IngestReport>;
  /** Takes up the jobs that were accepted before the last process ended. To be called once, by who accepts jobs. */
  readonly resumeJobs: () => Promise<void>;
  /** Follows files and web sources until `signal` is aborted. */
  readonly follow: (run: FollowRun) => Promise<void>;
  close(): Promise<void>;
}

/** The index as far as the corpus needs it; empty answers where there is none yet. */
export interface CorpusIndex {
  readonly openWriter: () => Promise<IndexWriter>;
  readonly sources: () => Promise<readonly SourceRecord[]>;
  readonly articles: () => Promise<readonly SourceArticle[]>;
  readonly article: (id: string) => Promise<Article | undefined>;
}

/** What {@link createLocalCorpus} needs. */
export interface LocalCorpusOptions {
  readonly roots: CorpusRoots;
  readonly indexDir: string;
  readonly index: CorpusIndex;
  readonly embeddings: EmbeddingModel;
  readonly parse: {
    readonly maxFileBytes: number;
    readonly workers: number;
    readonly timeoutMs: number;
    readonly memoryMb: number;
  };
  readonly fetch: Pick<WebOptions, 'allowedHosts' | 'delayMs' | 'timeoutMs' | 'userAgent'>;
  /** Milliseconds between two looks at a web source that names no interval, and at files whose changes nobody tells of. */
  readonly refreshMs: number;
  readonly purge: Purge;
  /** Told of failures that nobody waits for. */
  readonly onError: (error: unknown) => void;
}

/** Puts the parts together. Nothing is read, written or asked for before the first call. */
export function createLocalCorpus(options: LocalCorpusOptions): LocalCorpus {
  const { roots, index, embeddings, refreshMs, purge, onError } = options;
  const { maxFileBytes } = options.parse;
  const files = createDiskFiles(roots);
  const parser = createFileParser(options.parse);
  const added = createAddedStore({ dir: roots.addedDir, maxFileBytes, onError });
  const withdrawn = createWithdrawnStore({ dir: roots.addedDir });
  const web = openWeb({
    ...options.fetch,
    store: createPageStore({ addedDir: roots.addedDir }),
    state: createSourceState({ addedDir: roots.addedDir }),
    maxBytes: maxFileBytes,
    everyMs: refreshMs,
    isWithdrawn: (url) => withdrawn.latest().isWithdrawn({ url }),
  });

  async function run({
    signal,
    onProgress,
    allowEmpty = false,
    only,
  }: IngestRun & {
    readonly allowEmpty?: boolean;
    readonly only?: readonly string[] | undefined;
  }): Promise<IngestReport> {
    // Taken before the list is read: what is withdrawn from now on waits for the next ingest.
    const writer = await index.openWriter();
    let current: Withdrawals;
    try {
      await web.recover();
      current = await withdrawn.read();
    } catch (error) {
      await writer.suspend();
      throw error;
    }
    const isWithdrawn = (articleId: string) => current.isWithdrawn({ articleId });
    return runIngest({
      files,
      writer,
      embeddings,
      parser,
      maxFileBytes,
      isWithdrawn,
      allowEmpty,
      only,
      signal,
      onProgress,
    });
  }

  /** Looks at the web sources that are due. */
  async function refresh({ signal, onProgress }: IngestRun) {
    const sources = await readSourcesFile(roots.corpusDir);
    if (sources.length === 0) return undefined;
    await withdrawn.read();
    return web.refresh(sources, { ...(signal && { signal }), ...(onProgress && { onProgress }) });
  }

  async function ingest(wanted: IngestRun = {}): Promise<IngestReport> {
    const fetched = wanted.offline === true ? undefined : await refresh(wanted);
    const report = await run(wanted);
    if (!fetched) return report;
    return {
      ...report,
      failed: [...fetched.failed, ...report.failed],
      fetched: {
        stored: fetched.stored.length,
        unchanged: fetched.unchanged.length,
        gone: fetched.gone.map(({ address }) => address),
      },
    };
  }

  const jobs = createIngestJobs({
    run,
    added,
    withdrawn,
    parser,
    purge,
    onError,
    sources: index.sources,
    article: index.article,
    fetch: async (source, work) => {
      await withdrawn.read();
      return web.add(source, work);
    },
  });

  async function updateByJob({ offline }: { readonly offline: boolean }, signal: AbortSignal): Promise<void> {
    const fetched = offline ? undefined : await refresh({ signal });
    for (const { file, reason } of fetched?.failed ?? [])
      onError(new FootnoteError('unavailable', `${file}: ${reason}`));
    const { id } = await jobs.update();
    for await (const { error } of jobs.follow(id, { signal })) {
      if (error !== undefined) throw new FootnoteError('unavailable', error);
    }
  }

  const admin: IngestAdmin = {
    ...jobs,
    ...createCorpusViews({ files, index, withdrawn, disk: () => measureDisk(options.indexDir, files) }),
  };

  return {
    admin,
    ingest,
    async resumeJobs() {
      await jobs.resume();
    },
    follow: ({ update, ...following }) =>
      followWithWeb({
        ...following,
        roots,
        web,
        refreshMs,
        update: update ?? ((wanted) => updateByJob(wanted, following.signal)),
      }),
    async close() {
      await jobs.close();
      await Promise.all([parser.close(), web.close()]);
    },
  };
}
