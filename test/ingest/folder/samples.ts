import type { Sample } from './sample.ts';
import { books } from './samples/books.ts';
import { wordFiles } from './samples/docx.ts';
import { newsPages } from './samples/html-news.ts';
import { portalPages } from './samples/html-portal.ts';
import { markdownFiles } from './samples/markdown.ts';
import { mixedFiles } from './samples/mixed.ts';
import { pdfFiles } from './samples/pdf.ts';
import { tables } from './samples/tables.ts';
import { textFiles } from './samples/text.ts';

/** The whole folder. */
export const samples: readonly Sample[] = [
  ...newsPages,
  ...portalPages,
  ...textFiles,
  ...markdownFiles,
  ...pdfFiles,
  ...wordFiles,
  ...books,
  ...tables,
  ...mixedFiles,
];
