import type { CorpusListing } from './list-files.ts';
import type { SourceFile } from './read-source.ts';

/** What is known of a file without reading it. */
export interface FileDescription {
  readonly bytes: number;
  /** Of a page: where it was fetched. */
  readonly address?: string;
}

/** The files of a corpus, wherever they are kept. Paths have `/`; those of what was added begin with `added/`. */
export interface CorpusFiles {
  /** For messages: where the operator's own files are. */
  readonly place: string;
  /** @throws FootnoteError `configuration` when they cannot be listed; the signal's reason. */
  list(signal?: AbortSignal): Promise<CorpusListing>;
  /** Whether there is a file, of whatever kind. */
  has(path: string): Promise<boolean>;
  /** A file with what is said of it beside it. @throws see `readSource` */
  read(
    path: string,
    options: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
  ): Promise<SourceFile>;
  /** By path; what is not there, or cannot be looked at, is left out. */
  describe(paths: readonly string[]): Promise<ReadonlyMap<string, FileDescription>>;
  /** The bytes as they are now, in parts; undefined where there are none, or not within the corpus. */
  open(
    path: string,
  ): Promise<{ readonly bytes: number; readonly content: AsyncIterable<Uint8Array> } | undefined>;
}
