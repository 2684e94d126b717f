import type { Article } from './article.ts';
import type { Span } from './span.ts';

/** A sentence inside an article, as a span of the article's text. */
export interface Sentence extends Span {
  /** True for a heading line, which gives context but is never quoted as an answer. */
  readonly heading?: true;
}

/**
 * A span of an article made of whole sentences.
 *
 * The passages of an article follow one another without overlap; outside of passages, and between the
 * sentences inside one, there is white space only.
 */
export interface Passage extends Span {
  /** `articleId:version8:start-end`, see {@link passageId}. */
  readonly id: string;
  readonly articleId: string;
  readonly articleVersion: string;
  readonly sentences: readonly Sentence[];
  /** Headings above the passage, outermost first. */
  readonly headingPath: readonly string[];
}

/** The id of the passage that covers `span` of `article`: stable for as long as the article's text is. */
export function passageId(article: Pick<Article, 'id' | 'version'>, span: Span): string {
  return `${article.id}:${article.version.slice(0, 8)}:${span.start}-${span.end}`;
}
