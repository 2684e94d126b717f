import { extname } from 'node:path';

import { FootnoteError } from '../../domain/errors.ts';
import type { FileHints } from '../parse/parsed-file.ts';
import { decodeFile } from './decode-file.ts';
import type { ExtractedDocument } from './document.ts';
import type { ExtractedRecords } from './records/row-reader.ts';

/**
 * Reads the bytes of a file by its extension. What reads a format is loaded with the first file of that format, so that a
 * thread that reads Markdown starts without the libraries for books and PDFs.
 *
 * @returns its articles, and what of it could not be read, as one sentence each.
 * @throws FootnoteError `unreadable-article` when nothing of it can be read; what a library throws at a file that it
 *   cannot make sense of.
 */
export async function extractFile(
  file: string,
  bytes: Uint8Array,
  { charset, url }: FileHints,
): Promise<ExtractedRecords> {
  const text = () => decodeFile(bytes, { html: false, charset });
  switch (extname(file).toLowerCase()) {
    case '.md':
    case '.markdown': {
      const { extractMarkdown } = await import('./markdown.ts');
      return one(extractMarkdown(text()));
    }
    case '.html':
    case '.htm':
    case '.xhtml': {
      const { extractHtml } = await import('./html.ts');
      return one(extractHtml(decodeFile(bytes, { html: true, charset }), url));
    }
    case '.txt': {
      const { extractText } = await import('./text.ts');
      return one(extractText(text()));
    }
    case '.pdf': {
      const { extractPdf } = await import('./pdf/extract-pdf.ts');
      return one(await extractPdf(bytes));
    }
    case '.docx': {
      const { extractDocx } = await import('./docx/extract-docx.ts');
      return one(await extractDocx(bytes));
    }
    case '.epub': {
      const { extractEpub } = await import('./epub/extract-epub.ts');
      return one(await extractEpub(bytes));
    }
    case '.csv':
    case '.tsv': {
      const { extractCsv } = await import('./records/csv.ts');
      return extractCsv(text());
    }
    case '.jsonl':
    case '.ndjson': {
      const { extractJsonLines } = await import('./records/jsonl.ts');
      return extractJsonLines(text());
    }
    default:
      throw new FootnoteError('unreadable-article', 'The file is of no format that is read.', {
        remedy: 'Save it as text, Markdown, HTML, PDF, DOCX, EPUB, CSV or JSONL.',
      });
  }
}

function one(document: ExtractedDocument): ExtractedRecords {
  return { documents: [document], failures: [] };
}
