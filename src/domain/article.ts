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

/** A part of a listing of articles, newest first (undated last), then by id. */
export interface ArticlePage {
  /** Begins behind this article, whether or not it is still there. */
  readonly after?: { readonly id: string; readonly publishedAt?: string };
  readonly limit?: number;
}

/** What an index holds, counted. */
export interface CorpusStatistics {
  readonly articles: number;
  readonly passages: number;
  readonly sentences: number;
  /** By article language, of the languages that occur. */
  readonly languages: Partial<
    Readonly<
      Record<Language, { readonly articles: number; readonly passages: number; readonly sentences: number }>
    >
  >;
  /** Those with most articles first, a hundred at most. */
  readonly publishers: readonly { readonly name: string; readonly articles: number }[];
  /** Earliest and latest publication date; absent where no article has one. */
  readonly publishedFrom?: string;
  readonly publishedTo?: string;
  /** Articles without a date. */
  readonly undated: number;
}

/** Counts with the state of the index that they are of. */
export interface IndexStatistics extends CorpusStatistics {
  readonly indexGeneration: string;
  /** ISO 8601 instant at which that generation was made. */
  readonly indexedAt: string;
  readonly embeddingModel: string;
  /** Bytes that its files take. */
  readonly diskBytes: number;
}

/** An article in a listing: everything but the text. */
export interface ArticleSummary extends ArticleMetadata {
  readonly id: string;
  readonly version: string;
  /** Length of the text in UTF-16 code units. */
  readonly length: number;
}
