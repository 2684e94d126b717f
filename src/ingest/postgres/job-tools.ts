import type { EmbeddingModel, IndexWriter } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import type { AddedStore } from '../added/added-store.ts';
import type { JobTask, StagedJob } from '../added/staged-job.ts';
import type { WithdrawnStore } from '../added/withdrawn.ts';
import type { FetchWeb, JobParts, Purge, RunIngest } from '../jobs/job-parts.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';
import type { CorpusIndex } from '../local-corpus.ts';
import type { FileParser } from '../parse/parsed-file.ts';
import { runIngest } from '../run-ingest.ts';
import { forgetFailedAdditions, forgetJobsOf } from './forget-jobs.ts';
import { createOwnWithdrawals } from './own-withdrawals.ts';
import type { JobTools } from './worker.ts';

/** What {@link createJobTools} needs. */
export interface JobToolsOptions {
  readonly files: CorpusFiles;
  readonly index: Pick<CorpusIndex, 'sources' | 'article'>;
  /** @param purpose - what was interrupted is carried on for the same one. */
  readonly openWriter: (purpose: string) => Promise<IndexWriter>;
  readonly embeddings: EmbeddingModel;
  readonly parser: FileParser;
  readonly maxFileBytes: number;
  readonly added: AddedStore;
  readonly withdrawn: WithdrawnStore;
  readonly fetch: FetchWeb;
  readonly purge: Purge;
  /** Removes for good what the index has had of these articles. */
  readonly collect: (articles: readonly string[]) => Promise<unknown>;
  /** For the jobs that are over, which are to be forgotten with what they were about. */
  readonly database: Database;
}

/** The means to carry out one job beside others: what it reads and writes of the index is its own. */
export function createJobTools(options: JobToolsOptions, { id, task }: StagedJob): JobTools {
  const { files, index, openWriter, embeddings, parser, maxFileBytes, added, purge, collect, database } =
    options;
  const withdrawn = createOwnWithdrawals(options.withdrawn, articlesOf(task));
  let opened: IndexWriter | undefined;

  async function writer(): Promise<IndexWriter> {
    return (opened ??= await openWriter(id));
  }

  const run: RunIngest = async ({ signal, onProgress, allowEmpty, only }) => {
    // Taken before the list is read: what is withdrawn from now on is up to its own job.
    const taken = await writer();
    // What was restored is found by what was left out of its file.
    const touched = task.type === 'restore' ? [] : only;
    const current = await withdrawn.store.read();
    const known = taken.sources.values();
    const isWithdrawn = touched
      ? withdrawn.within(current, known, touched)
      : (articleId: string) => current.isWithdrawn({ articleId });
    // It is ended with the ingest, whatever becomes of that.
    opened = undefined;
    return runIngest({
      files,
      writer: taken,
      embeddings,
      parser,
      maxFileBytes,
      isWithdrawn,
      allowEmpty,
      only: touched,
      onlyAlways: true,
      signal,
      onProgress,
    });
  };

  const parts: JobParts = {
    run,
    added: {
      ...added,
      // Forgotten together with its end being told.
      finish: async () => undefined,
      async remove(path) {
        await added.remove(path);
        await forgetFailedAdditions(database, path);
      },
    },
    withdrawn: withdrawn.store,
    parser,
    fetch: options.fetch,
    // What is decided now is to hold when the job is done. Fetching may take long, and decides nothing by it.
    sources: async () =>
      task.type === 'fetch' ? index.sources() : Array.from((await writer()).sources.values()),
    article: index.article,
    purge: {
      holds: (articleId) => purge.holds(articleId),
      async purgeArticle(articleId) {
        await purge.purgeArticle(articleId);
        await collect([articleId]);
        await forgetJobsOf(database, articleId);
      },
    },
    now: Date.now,
  };

  return {
    ...parts,
    async close() {
      await opened?.suspend();
      opened = undefined;
    },
  };
}

/** The articles whose withdrawal it is about. */
function articlesOf(task: JobTask): readonly string[] {
  return task.type === 'delete' || task.type === 'restore' ? [task.articleId] : [];
}
