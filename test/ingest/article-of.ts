import type { Article } from '../../src/domain/article.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { buildArticle } from '../../src/ingest/build-article.ts';
import { extract } from '../../src/ingest/read-article.ts';
import { splitArticle } from '../../src/ingest/split/passages.ts';

/** The article that a file with this name and text becomes. */
export function articleOf(file: string, text: string): Article {
  return buildArticle('test', extract(file, new TextEncoder().encode(text)));
}

/** The quotable sentences of an article. */
export function sentencesOf(article: Article): string[] {
  return splitArticle(article)
    .flatMap((passage) => passage.sentences)
    .filter((sentence) => sentence.heading !== true)
    .map((sentence) => sliceSpan(article.text, sentence));
}

/** The headings of an article as `level text`. */
export function headingsOf(article: Article): string[] {
  return article.headings.map((heading) => `${heading.level} ${sliceSpan(article.text, heading)}`);
}
