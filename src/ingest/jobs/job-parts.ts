import type { Article } from '../../domain/article.ts';
import type { WebSourceKind } from '../../domain/ingest-admin.ts';
import type { IngestJobResult, IngestProgress } from '../../domain/ingest-job.ts';
import type { SourceRecord } from '../../domain/ports.ts';
import type { AddedStore } from '../added/added-store.ts';
import type { StagedJob } from '../added/staged-job.ts';
import type { WithdrawnStore } from '../added/withdrawn.ts';
import type { FileParser } from '../parse/parsed-file.ts';
import type { IngestReport } from '../run-ingest.ts';
import type { FetchReport } from '../web/fetch-report.ts';

/** What a job hears of and tells while it is carried out. */
export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: IngestProgress) => void;
}

/** What an ingest did, as far as jobs are concerned. */
export type RunReport = Pick<
  IngestReport,
  'added' | 'changed' | 'unchanged' | 'removed' | 'failed' | 'files'
> & {
  readonly generation: { readonly id: string };
};

/**
 * Brings the index up to date with the corpus. `allowEmpty` where the corpus may have become empty by what a job deleted;
 * `only` names the files that jobs have changed, where that is all that is wanted.
 *
 * @throws FootnoteError `unavailable` while another process writes the index; the signal's reason.
 */
export type RunIngest = (
  options: WorkOptions & { readonly allowEmpty: boolean; readonly only?: readonly string[] | undefined },
) => Promise<RunReport>;

/** What a fetch did: the pages that it keeps, by their paths in the corpus, and those that it could not have. */
export type Fetched = Pick<FetchReport, 'stored' | 'unchanged' | 'gone' | 'skipped' | 'failed'>;

/** Fetches a page, or the pages that a list names, and keeps them. @throws FootnoteError; the signal's reason. */
export type FetchWeb = (
  source: { readonly url: string; readonly kind: WebSourceKind },
  options: WorkOptions,
) => Promise<Fetched>;

/** Rids stored answers of an article. */
export interface Purge {
  /** Whether anything of the article is stored. */
  holds(articleId: string): Promise<boolean>;
  purgeArticle(articleId: string): Promise<unknown>;
}

/** What jobs are carried out with. */
export interface JobParts {
  readonly run: RunIngest;
  readonly fetch?: FetchWeb;
  readonly added: AddedStore;
  readonly withdrawn: WithdrawnStore;
  readonly parser: Pick<FileParser, 'parse'>;
  /** What the index knows of the files now; nothing where there is no index yet. */
  readonly sources: () => Promise<readonly SourceRecord[]>;
  /** An article of the index. */
  readonly article: (id: string) => Promise<Pick<Article, 'title' | 'sourceUrl'> | undefined>;
  readonly purge?: Purge;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What a job has done so far, and what is to be done once the index is up to date. */
export interface Prepared {
  /** The files that it has changed; absent where any may have. */
  readonly touched?: readonly string[];
  /** Removes from stored answers what must not be there any more. */
  readonly afterRun?: () => Promise<void>;
  readonly result: (report: RunReport) => IngestJobResult;
}

/** A job with its part of a batch. */
export interface WorkUnderWay extends WorkOptions {
  readonly job: StagedJob;
  /** What the index knew of the files when the batch began. */
  readonly sources: readonly SourceRecord[];
  /** The file of an article, as far as `sources` has it. */
  readonly ownerOf: (articleId: string) => string | undefined;
  /** Files of this batch by the ids that they bring. */
  readonly claimed: Map<string, string>;
}
