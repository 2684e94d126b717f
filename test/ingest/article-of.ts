import type { Article } from '../../src/domain/article.ts';
import { sliceSpan } from '../../src/domain/span.ts';
import { buildArticle } from '../../src/ingest/build-article.ts';
import { decodeFile } from '../../src/ingest/extract/decode-file.ts';
import type { ExtractedDocument } from '../../src/ingest/extract/document.ts';
import { extractHtml } from '../../src/ingest/extract/html.ts';
import { extractMarkdown } from '../../src/ingest/extract/markdown.ts';
import { extractText } from '../../src/ingest/extract/text.ts';
import type { FileHints } from '../../src/ingest/parse/parsed-file.ts';
import { splitArticle } from '../../src/ingest/split/passages.ts';

/** The article that a file with this name and text becomes. */
export function articleOf(file: string, text: string, hints: FileHints = {}): Article {
  return buildArticle({ id: 'test', file, document: documentOf(file, text, hints), hints });
}

function documentOf(file: string, text: string, { charset, url }: FileHints): ExtractedDocument {
  const html = /\.x?html?$/iu.test(file);
  const decoded = decodeFile(new TextEncoder().encode(text), { html, charset });
  if (html) return extractHtml(decoded, url);
  return /\.(?:md|markdown)$/iu.test(file) ? extractMarkdown(decoded) : extractText(decoded);
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
