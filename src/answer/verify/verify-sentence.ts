import type { Verdict } from '../../domain/citation.ts';
import { type ExamineOptions, examineSentence } from './examine-sentence.ts';

/** How far the cited quotations bear a sentence. */
export interface Verification {
  readonly verdict: Verdict;
  /** 0–1: the share of the sentence's numbers, names and content words that the quotations hold. */
  readonly score: number;
  /** Present where the sentence is at odds with the quotations in a matter of fact, not of wording alone. */
  readonly refuted?: true;
}

/** Checks a sentence of a reply against the quotations that it cites, see {@link examineSentence}. */
export function verifySentence(options: ExamineOptions): Verification {
  const { verdict, score, refuted } = examineSentence(options);
  return { verdict, score, ...(refuted && { refuted }) };
}
