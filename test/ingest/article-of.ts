import type { Article } from '../../src/domain/article.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { buildArticle } from '../../src/ingest/build-article.ts';
import { extractTextFile } from '../../src/ingest/extract/extract-file.ts';
import type { FileHints } from '../../src/ingest/parse/parsed-file.ts';
import { splitArticle } from '../../src/ingest/split/passages.ts';

/** The article that a file with this name and text becomes. */
export function articleOf(file: string, text: string, hints: FileHints = {}): Article {
  const document = extractTextFile(file, new TextEncoder().encode(text), hints);
  return buildArticle({ id: 'test', file, document, hints });
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
