import type { PassageIndex } from '../../domain/ports.ts';
import type { Word } from '../../domain/text/words.ts';

/** The words of a question to be corrected, see `correctTypos`. */
export interface TypoSearch {
  readonly index: Pick<PassageIndex, 'documentFrequencies' | 'similarTerms'>;
  /** All words of the question. */
  readonly all: readonly Word[];
  /** Those that occur nowhere in the index; of at least 4 letters `a`–`z` once folded. */
  readonly suspects: readonly Word[];
  readonly isKnownWord?: (word: string) => boolean;
}
