import type { ArticleMetadata, FoundFields } from './article.ts';
import type { IngestJob } from './ingest-job.ts';

/** What somebody says of an article that they add; it wins over what the article says of itself. */
export interface GivenMetadata extends Partial<Omit<ArticleMetadata, 'sources'>> {
  readonly id?: string;
}

/** A file that was sent. */
export interface SentFile {
  /** As its sender calls it: one component of a path, without control characters, unique among those sent together. */
  readonly name: string;
  /** Where it is for now. It is removed as soon as `add` is settled: what is to be kept has been moved or copied by then. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly given?: GivenMetadata;
}

/** An article that was typed in. */
export interface TypedArticle extends GivenMetadata {
  readonly title: string;
  readonly text: string;
}

/** What is at an address: one page, or what names many. `auto` finds out. */
export const webSourceKinds = ['auto', 'page', 'feed', 'sitemap', 'list'] as const;

/** See {@link webSourceKinds}. */
export type WebSourceKind = (typeof webSourceKinds)[number];

/** What can be added at a time. */
export type Addition =
  | { readonly files: readonly SentFile[] }
  | { readonly article: TypedArticle }
  | { readonly url: string; readonly kind: WebSourceKind };

/** An article of a source, as indexed; without a date where it has none. */
export interface SourceArticle extends Pick<ArticleMetadata, 'title' | 'language' | 'publishedAt'> {
  readonly id: string;
  /** How its metadata were found; absent in articles stored before this was recorded. */
  readonly found?: FoundFields;
}

/** A file of the corpus, and what became of it. */
export interface SourceOverview {
  /** Relative to the corpus, with `/`; what was added through Footnote begins with `added/`. */
  readonly path: string;
  readonly bytes: number;
  /** Where it was fetched. */
  readonly address?: string;
  readonly articles: readonly SourceArticle[];
  /** What could not be read of it, and how to mend that. */
  readonly failures: readonly string[];
  /** Whether all of it is withdrawn, so that none of its articles is indexed. */
  readonly withdrawn: boolean;
}

/** An article that was deleted and stays away, also when its file or its address is read again, until it is restored. */
export interface WithdrawnArticle {
  readonly id: string;
  readonly title?: string;
  /** ISO 8601 instant. */
  readonly withdrawnAt: string;
  /** Whether it can be restored from what is kept. */
  readonly restorable: boolean;
}

/** The file of a source, as it was read. */
export interface OriginalFile {
  /** Without folders. */
  readonly name: string;
  /** Such as `text/html`; `application/octet-stream` where it is not known. */
  readonly mediaType: string;
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Bytes on the disk. */
export interface DiskUse {
  /** All generations of the index. */
  readonly index: number;
  /** The files of the corpus, with what was added. */
  readonly corpus: number;
  /** What is free where the index is; absent where that cannot be told. */
  readonly free?: number;
}

/** What those who look after the articles can do. Jobs are carried out one after the other, in the order of arrival. */
export interface IngestAdmin {
  /** @throws FootnoteError `invalid-request` where nothing of it can be taken on, `too-many-requests` when too much waits */
  add(addition: Addition): Promise<IngestJob>;
  /**
   * Takes the article out of the index and keeps it out. With `purge`, its file and the versions that stored answers quote are
   * removed too, for good.
   *
   * @throws FootnoteError `not-found`
   */
  delete(articleId: string, options: { readonly purge: boolean }): Promise<IngestJob>;
  /** Undoes a deletion that purged nothing. @throws FootnoteError `not-found` */
  restore(articleId: string): Promise<IngestJob>;
  /** Brings the index up to date with the corpus. */
  update(): Promise<IngestJob>;
  /** Those that are remembered, newest first. */
  jobs(): Promise<readonly IngestJob[]>;
  /** @throws FootnoteError `not-found` */
  job(id: string): Promise<IngestJob>;
  /**
   * The job as it is, then again whenever it has changed; ends after it is done or has failed. Readers who are slow miss
   * states in between, never the last.
   *
   * @throws FootnoteError `not-found`; the signal's reason
   */
  follow(id: string, options: { readonly signal: AbortSignal }): AsyncIterable<IngestJob>;
  /** In the order of their paths, by UTF-16 code units. */
  sources(): Promise<readonly SourceOverview[]>;
  /** @throws FootnoteError `not-found` for whatever is no path of {@link sources} */
  original(path: string): Promise<OriginalFile>;
  /** Latest first. */
  withdrawn(): Promise<readonly WithdrawnArticle[]>;
  disk(): Promise<DiskUse>;
}
