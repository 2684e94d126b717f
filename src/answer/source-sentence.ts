import type { Evidence } from '../domain/evidence.ts';
import type { Sentence } from '../domain/passage.ts';

/** A stored sentence that a reply points at. */
export interface SourceSentence {
  readonly evidence: Evidence;
  readonly sentence: Sentence;
}

/** What tells stored sentences apart, also where passages of several searches hold them. */
export function sourceKey({ evidence, sentence }: SourceSentence): string {
  return `${evidence.article.id}:${sentence.start}-${sentence.end}`;
}
