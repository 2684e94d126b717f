import type { Verdict } from '../domain/citation.ts';
import type { CitedQuote } from './verify/examine-sentence.ts';

/** A verdict on a sentence that cites something. */
export type CitedVerdict = Exclude<Verdict, 'uncited'>;

/** A sentence on which rules are unsure, with the quotations that it cites. */
export interface JudgeInput {
  readonly sentence: string;
  /** At least one. */
  readonly cited: readonly CitedQuote[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * A second opinion on the sentences of one answer.
 *
 * @returns `undefined` where it has none: then the rules' verdict stands.
 * @throws the reason of the signal when it is aborted, and nothing else.
 */
export type SentenceJudge = (input: JudgeInput) => Promise<CitedVerdict | undefined>;
