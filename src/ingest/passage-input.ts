import type { Article } from '../domain/article.ts';
import type { Passage } from '../domain/passage.ts';

/**
 * What the embedding model reads of a passage: the title and the headings above it, which say what it is about,
 * then its text without the headings that are in the path already.
 */
export function passageInput(article: Article, passage: Passage): string {
  const first = passage.sentences.find((sentence) => sentence.heading !== true) ?? passage;
  const path = passage.headingPath.join(' › ');
  const text = article.text.slice(first.start, passage.end);
  return [article.title, path, text].filter((part) => part !== '').join('\n');
}
