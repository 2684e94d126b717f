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

/** Members of {@link ArticleMetadata} that are found in or beside an article. */
export type ArticleField = 'title' | 'language' | 'publishedAt' | 'sourceUrl' | 'publisher' | 'author';

/**
 * How a member of an article's metadata was found.
 *
 * - `given`: said by whoever added the article.
 * - `front-matter`, `properties`: the fields of the file's own format: Markdown's front matter; the properties of a PDF,
 *   DOCX or EPUB; the columns of a table.
 * - `json-ld`, `meta`, `time-element`, `link`, `page-title`, `page-language`: what a web page says of itself.
 * - `feed`: the feed or sitemap that named the page.
 * - `dateline`, `byline`, `date-line`, `source-line`: lines of the article.
 * - `heading`, `first-line`: the beginning of the text.
 * - `address`: the address of the page. `file-name`: the name of the file.
 * - `detected`: the words of the text, statistically.
 */
export const foundBy = [
  'given',
  'front-matter',
  'properties',
  'json-ld',
  'meta',
  'time-element',
  'link',
  'page-title',
  'page-language',
  'feed',
  'dateline',
  'byline',
  'date-line',
  'source-line',
  'heading',
  'first-line',
  'address',
  'file-name',
  'detected',
] as const;

/** See {@link foundBy}. */
export type FoundBy = (typeof foundBy)[number];

/** How each member that is known was found. */
export type FoundFields = Readonly<Partial<Record<ArticleField, FoundBy>>>;

/** One article as indexed. `text` is normalised (NFC, `\n`, no boilerplate) and immutable per `version`. */
export interface Article extends ArticleMetadata {
  /** Stable slug: `a-z`, `0-9`, `-` and `/`-free, 1–120 characters. */
  readonly id: string;
  /** SHA-256 of `text`, 64 hexadecimal digits. */
  readonly version: string;
  readonly text: string;
  readonly headings: readonly Heading[];
  /** How its metadata were found; absent in articles stored before this was recorded. */
  readonly found?: FoundFields;
}

/** Articles that are nearly the same text: a wire story in several papers, or two versions of one article. */
export interface CopyGroup {
  /** The newest, of one date the longest; it stands for the others. */
  readonly leader: ArticleSummary;
  /** Newest first, at least one. */
  readonly others: readonly ArticleSummary[];
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
  /** Bytes of all generations and of what is being built: up to about three times `diskBytes` during an ingest. */
  readonly folderBytes: number;
}

/** An article in a listing: everything but the text. */
export interface ArticleSummary extends ArticleMetadata {
  readonly id: string;
  readonly version: string;
  /** Length of the text in UTF-16 code units. */
  readonly length: number;
}
