import type { Verdict } from './citation.ts';
import type { Span } from './span.ts';

/**
 * Whether a quotation stands in a version of an article: where the answer says (`exact`), elsewhere (`moved`), not
 * (`missing-text`); or that version is not stored (`missing-article`).
 */
export type QuotationStatus = 'exact' | 'moved' | 'missing-text' | 'missing-article';

/** A quotation, looked up again. */
export interface QuotationCheck {
  readonly articleId: string;
  /** The version that the answer was given from. */
  readonly articleVersion: string;
  /** In that version. */
  readonly status: QuotationStatus;
  /** Where it stands, when that is elsewhere. */
  readonly foundAt?: Span;
  /**
   * The same in the article as it is indexed now: `same` where that is the same version. Says nothing of the answer,
   * which was given before. Absent where there is no index at the moment.
   */
  readonly present?: {
    readonly status: QuotationStatus | 'same';
    readonly version?: string;
    readonly foundAt?: Span;
  };
}

/** A footnote, checked again. */
export interface CitationCheck extends QuotationCheck {
  /** The footnote's number. */
  readonly n: number;
}

/** A sentence of the reply, verified again against those of its quotations that stand in their articles. */
export interface SentenceCheck {
  /** Position in the answer's `sentences`, from 0. */
  readonly index: number;
  /** The verdict now. Where a chat model judged before, rules can only refute it. */
  readonly verdict: Verdict;
  /** The verdict that the answer states. */
  readonly before: Verdict;
  readonly judgedBy?: 'chat';
  /** Whether the sentence is borne at least as far as the answer states. */
  readonly holds: boolean;
}

/** An answer, checked again. */
export interface AnswerCheck {
  readonly answerId: string;
  /** Whether everything holds: the hash, each quotation and each verdict. */
  readonly holds: boolean;
  /** Whether the answer is the one that its receipt was made for. */
  readonly hash: 'ok' | 'changed';
  readonly citations: readonly CitationCheck[];
  /** The quotations of `nearest`, in their order. */
  readonly nearest: readonly QuotationCheck[];
  readonly sentences: readonly SentenceCheck[];
  /** ISO 8601 instant. */
  readonly checkedAt: string;
}
