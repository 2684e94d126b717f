import type { Language } from './language.ts';
import type { Span } from './span.ts';

/** How far the cited evidence bears a sentence of the answer. */
export type Verdict = 'supported' | 'partial' | 'unsupported' | 'uncited';

/** A quotation in the language of the reply, made by a machine: a help to read it, never evidence. */
export interface QuoteTranslation {
  readonly text: string;
  readonly language: Language;
  /** Who translated. */
  readonly by: 'chat';
  /** `<provider>:<model>`. */
  readonly model: string;
}

/** Where nearly the same passage stands: a copy in another article, as of a wire story. */
export interface AlsoIn {
  readonly articleId: string;
  readonly title: string;
  readonly publisher?: string;
  readonly publishedAt?: string;
  readonly passageId: string;
}

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
  /** Other articles that hold the quotation word for word; absent where none is known. */
  readonly alsoIn?: readonly AlsoIn[];
  /** The exact words of the article. */
  readonly quote: string;
  /**
   * For a quotation in another language than the reply's, where translating is configured. It comes with the finished
   * answer only, not with the `citation` event, and nothing is verified against it.
   */
  readonly translation?: QuoteTranslation;
  /** Where the quotation stands in the article's text, in UTF-16 code units, end exclusive. */
  readonly source: Span;
  /** The first sentence of the answer that this footnote supports, as a span of the answer's text. */
  readonly answer: Span;
  /**
   * `score` 0–1: the share of what the sentence says that the quotation bears, by rules; also where a chat model gave
   * the verdict, which `judgedBy` tells.
   */
  readonly support: { readonly verdict: Verdict; readonly score: number; readonly judgedBy?: 'chat' };
  readonly links: {
    /** The passage in this API. */
    readonly passage: string;
    /** The article, with the quotation highlighted, on this server. */
    readonly reader: string;
    /** The original page with a text fragment, where its address is known. */
    readonly original?: string;
  };
}
