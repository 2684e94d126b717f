import { extname } from 'node:path';

import { FootnoteError } from '../../domain/errors.ts';
import type { FileHints } from '../parse/parsed-file.ts';
import { decodeFile } from './decode-file.ts';
import type { ExtractedDocument } from './document.ts';
import { extractDocx } from './docx/extract-docx.ts';
import { extractEpub } from './epub/extract-epub.ts';
import { extractHtml } from './html.ts';
import { extractMarkdown } from './markdown.ts';
import { extractPdf } from './pdf/extract-pdf.ts';
import { extractCsv } from './records/csv.ts';
import { extractJsonLines } from './records/jsonl.ts';
import type { ExtractedRecords } from './records/row-reader.ts';
import { extractText } from './text.ts';

/**
 * Reads the bytes of a file by its extension.
 *
 * @returns its articles, and what of it could not be read, as one sentence each.
 * @throws FootnoteError `unreadable-article` when nothing of it can be read; what a library throws at a file that it
 *   cannot make sense of.
 */
export async function extractFile(
  file: string,
  bytes: Uint8Array,
  hints: FileHints,
): Promise<ExtractedRecords> {
  switch (extname(file).toLowerCase()) {
    case '.pdf':
      return one(await extractPdf(bytes));
    case '.docx':
      return one(await extractDocx(bytes));
    case '.epub':
      return one(await extractEpub(bytes));
    case '.csv':
    case '.tsv':
      return extractCsv(decodeFile(bytes, { html: false, charset: hints.charset }));
    case '.jsonl':
    case '.ndjson':
      return extractJsonLines(decodeFile(bytes, { html: false, charset: hints.charset }));
    default:
      return one(extractTextFile(file, bytes, hints));
  }
}

/** Reads a web page, Markdown or plain text. @throws FootnoteError `unreadable-article` */
export function extractTextFile(file: string, bytes: Uint8Array, hints: FileHints = {}): ExtractedDocument {
  const { charset } = hints;
  switch (extname(file).toLowerCase()) {
    case '.md':
    case '.markdown':
      return extractMarkdown(decodeFile(bytes, { html: false, charset }));
    case '.html':
    case '.htm':
    case '.xhtml':
      return extractHtml(decodeFile(bytes, { html: true, charset }), hints.url);
    case '.txt':
      return extractText(decodeFile(bytes, { html: false, charset }));
    default:
      throw new FootnoteError('unreadable-article', 'The file is of no format that is read.', {
        remedy: 'Save it as text, Markdown, HTML, PDF, DOCX, EPUB, CSV or JSONL.',
      });
  }
}

function one(document: ExtractedDocument): ExtractedRecords {
  return { documents: [document], failures: [] };
}
