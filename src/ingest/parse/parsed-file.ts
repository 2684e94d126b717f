import type { Article } from '../../domain/article.ts';
import type { Passage } from '../../domain/passage.ts';
import type { FoundMetadata } from '../extract/document.ts';

/** What is said of a file beside it: by whoever added it, and by the server that it was fetched from. */
export interface FileHints {
  /** Wins over everything that the file says of itself. */
  readonly given?: FoundMetadata;
  /** What a feed or sitemap said; counts where the file itself says nothing. */
  readonly feed?: FoundMetadata;
  /** The address that it was fetched from, after redirects. */
  readonly url?: string;
  /** Of the `Content-Type` header, such as `windows-1258`. */
  readonly charset?: string;
}

/** A file to be read. */
export interface FileToParse {
  /** Path relative to the corpus, with `/`: tells the format by its extension, and the id where nothing else does. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly hints: FileHints;
}

/** An article with its passages and the signature by which near copies are found. */
export interface PreparedArticle {
  readonly article: Article;
  readonly passages: readonly Passage[];
  readonly signature: Uint32Array;
}

/** What a file holds. */
export interface ParsedFile {
  readonly articles: readonly PreparedArticle[];
  /** What could not be read of it, as one sentence each with the way to mend it. */
  readonly failures: readonly string[];
}

/** Reads files off the main thread, within limits of time and memory. */
export interface FileParser {
  /**
   * Never rejects because of what the file holds: that is a failure in the result.
   *
   * @throws the signal's reason when it is aborted; FootnoteError `unavailable` when no worker can be started.
   */
  parse(input: FileToParse, options?: { readonly signal?: AbortSignal }): Promise<ParsedFile>;
  close(): Promise<void>;
}

/** What a thread that reads files says: that it can begin, and what it read, of which the last part is `parsed`. */
export type ThreadMessage =
  | { readonly kind: 'ready' }
  /** The next one is sent when it is asked for. */
  | { readonly kind: 'part'; readonly articles: readonly PreparedArticle[] }
  | { readonly kind: 'parsed'; readonly parsed: ParsedFile };

/** Asks a thread that reads files for the next part. */
export interface NextPart {
  readonly next: true;
}
