import type { Span } from './span.ts';

/** How far the cited evidence bears a sentence of the answer. */
export type Verdict = 'supported' | 'partial' | 'unsupported' | 'uncited';

/** One footnote. `article.text.slice(source.start, source.end) === quote` always holds. */
export interface Citation {
  /** The footnote's number, from 1 in order of first use. */
  readonly n: number;
  readonly articleId: string;
  readonly articleVersion: string;
  readonly passageId: string;
  readonly title: string;
  readonly publishedAt?: string;
  readonly publisher?: string;
  readonly sourceUrl?: string;
  /** The exact words of the article. */
  readonly quote: string;
  /** Where the quotation stands in the article's text, in UTF-16 code units, end exclusive. */
  readonly source: Span;
  /** The first sentence of the answer that this footnote supports, as a span of the answer's text. */
  readonly answer: Span;
  /** `score` 0–1: the share of what the sentence says that the quotation bears. */
  readonly support: { readonly verdict: Verdict; readonly score: number };
  readonly links: {
    /** The passage in this API. */
    readonly passage: string;
    /** The article, with the quotation highlighted, on this server. */
    readonly reader: string;
    /** The original page with a text fragment, where its address is known. */
    readonly original?: string;
  };
}
