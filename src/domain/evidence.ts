import type { ArticleMetadata } from './article.ts';
import type { AlsoIn } from './citation.ts';
import type { Passage, Sentence } from './passage.ts';

/** A passage of another article that was left out of the evidence because it is nearly the same text. */
export interface EvidenceCopy extends AlsoIn {
  readonly text: string;
}

/** A retrieved passage with the article it stands in, best first in any list of them. */
export interface Evidence {
  readonly passage: Passage;
  /** The passage's own text: `article.text.slice(passage.start, passage.end)`. */
  readonly text: string;
  readonly article: ArticleMetadata & { readonly id: string; readonly version: string };
  /** Fused relevance, 0–1, comparable within one question only. */
  readonly score: number;
  /** The scores behind `score`, where that retriever found the passage: cosine, and BM25 (higher is better). */
  readonly signals: { readonly dense?: number; readonly lexical?: number };
  /** Copies of the passage that it stands for, best first; absent where it has none. */
  readonly alsoIn?: readonly EvidenceCopy[];
}

/** A copy as answers and citations list it. */
export function toAlsoIn({ text: _text, ...place }: EvidenceCopy): AlsoIn {
  return place;
}

/** What stands above a passage, a line each: its article's title and the headings. It names what it is about. */
export function frameOf(title: string, headingPath: readonly string[]): string {
  return [title, ...headingPath].join('\n');
}

/** The text of a sentence of `evidence`. */
export function sentenceText(evidence: Evidence, sentence: Sentence): string {
  const { start } = evidence.passage;
  return evidence.text.slice(sentence.start - start, sentence.end - start);
}
