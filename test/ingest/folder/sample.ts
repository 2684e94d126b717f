import type { ArticleMetadata, FoundFields } from '../../../src/domain/article.ts';
import type { Sidecar } from '../../../src/ingest/added/sidecar.ts';

/** What an editor who has read a file expects of its article. Members that are absent must be absent there too. */
export interface ExpectedArticle extends ArticleMetadata {
  readonly id: string;
  /** The whole text, see {@link lines}. */
  readonly text: string;
  /** How the members that matter here must have been found. */
  readonly by?: FoundFields;
  /** `level text` of each heading; not looked at when absent. */
  readonly headings?: readonly string[];
}

/** A file with what it must become. */
export interface Sample {
  /** Path in the corpus. */
  readonly file: string;
  readonly content: string | Uint8Array;
  /** What stands beside the file. */
  readonly sidecar?: Sidecar;
  readonly articles: readonly ExpectedArticle[];
}

/** The text of an article: paragraphs and headings, and lists as arrays of items. */
export function lines(...parts: readonly (string | readonly string[])[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.join('\n'))).join('\n\n');
}

/** `texts` as paragraphs of HTML. */
export function paragraphs(texts: readonly string[], attributes = ''): string {
  return texts.map((text) => `<p${attributes}>${text}</p>`).join('\n');
}
