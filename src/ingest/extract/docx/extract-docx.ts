import mammoth from 'mammoth';

import { FootnoteError } from '../../../domain/errors.ts';
import type { ExtractedDocument } from '../document.ts';
import { parseHtml, removeAll } from '../dom.ts';
import { htmlBlocks } from '../html-blocks.ts';
import { checkNesting } from '../markup-depth.ts';
import { decodeXml } from '../xml.ts';
import { readZip } from '../zip.ts';
import { docxMetadata } from './docx-metadata.ts';

const theDocument = 'The document';

/**
 * Reads a Word document as it would be printed with all changes accepted: insertions stay, deletions and comments go.
 * Notes come last. Pictures and everything outside of the file are left alone.
 *
 * @throws FootnoteError `unreadable-article` when it is damaged, hostile, or no Word document.
 */
export async function extractDocx(bytes: Uint8Array): Promise<ExtractedDocument> {
  const files = await readZip(bytes, (name) => /\.(?:xml|rels)$/iu.test(name));
  if (
    !files.has('[Content_Types].xml') ||
    !Array.from(files.keys()).some((name) => name.startsWith('word/'))
  ) {
    throw new FootnoteError('unreadable-article', 'The file is no Word document.', {
      remedy: 'Save it as .docx in the program that made it.',
    });
  }
  for (const [name, content] of files) {
    const xml = decodeXml(content, name);
    // Word never writes one, and the parser behind this reads what it defines.
    if (/<!DOCTYPE/iu.test(xml)) throw withDoctype(name);
    checkNesting(xml, { html: false, what: theDocument });
  }
  const html = await toHtml(files);
  checkNesting(html, { html: false, what: theDocument });
  const { body } = parseHtml(`<html><body>${html}</body></html>`);
  // The marks that lead to notes and back.
  removeAll(
    body,
    'a[href^="#footnote-ref"], a[href^="#endnote-ref"], sup > a[href^="#footnote-"], sup > a[href^="#endnote-"]',
  );
  return {
    blocks: htmlBlocks(body, { tables: 'data' }),
    ...docxMetadata(files.get('docProps/core.xml')),
    guessHeadings: false,
  };
}

/** mammoth reads from what was checked, so that it sees nothing else: it takes an opened archive as `file`. */
async function toHtml(files: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const file = {
    exists: (name: string) => files.has(name),
    read: async (name: string, encoding?: string) => {
      const content = files.get(name);
      if (!content) throw new Error(`${name} is missing`);
      return encoding === undefined ? content : new TextDecoder(encoding).decode(content);
    },
    write: () => undefined,
  };
  const input = { path: '', file };
  const { value } = await mammoth.convertToHtml(input, {
    externalFileAccess: false,
    includeEmbeddedStyleMap: false,
    convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
  });
  return value;
}

function withDoctype(name: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The file is refused: its part ${name} has a DOCTYPE.`, {
    remedy: 'If you trust it, save it anew in Word or LibreOffice.',
  });
}
