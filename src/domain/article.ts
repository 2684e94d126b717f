import type { Language } from './language.ts';
import type { Span } from './span.ts';

/** A heading inside an article's text. `level` 1 is the highest, 6 the lowest. */
export interface Heading extends Span {
  readonly level: number;
}

/** What is known of an article besides its text. What is not known is absent, never invented. */
export interface ArticleMetadata {
  readonly title: string;
  readonly language: Language;
  /** ISO 8601 calendar date, `YYYY-MM-DD`. */
  readonly publishedAt?: string;
  /** Absolute `http(s)` URL of the original page. */
  readonly sourceUrl?: string;
  readonly publisher?: string;
  readonly author?: string;
  /** What the article itself names as its sources: URLs or short descriptions. */
  readonly sources?: readonly string[];
}

/** One article as indexed. `text` is normalised (NFC, `\n`, no boilerplate) and immutable per `version`. */
export interface Article extends ArticleMetadata {
  /** Stable slug: `a-z`, `0-9`, `-` and `/`-free, 1–120 characters. */
  readonly id: string;
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  readonly version: string;
  readonly text: string;
  readonly headings: readonly Heading[];
}

/** An article in a listing: everything but the text. */
export interface ArticleSummary extends ArticleMetadata {
  readonly id: string;
  readonly version: string;
  /** Length of the text in UTF-16 code units. */
  readonly length: number;
}
