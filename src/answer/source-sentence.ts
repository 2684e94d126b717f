import type { Evidence } from '../domain/evidence.ts';
import type { Sentence } from '../domain/passage.ts';

/** A stored sentence that a reply points at. */
export interface SourceSentence {
  readonly evidence: Evidence;
  readonly sentence: Sentence;
}
