import { FootnoteError } from '../../../domain/errors.ts';
import type { ExtractedDocument } from '../document.ts';
import { withoutFurniture } from './furniture.ts';
import { readingOrder } from './lines.ts';
import { openPdf, unreadable } from './open-pdf.ts';
import { pdfBlocks } from './paragraphs.ts';
import { pdfMetadata } from './pdf-metadata.ts';
import { readPages } from './read-pages.ts';

/**
 * Reads the text layer of a PDF in reading order: columns one after the other, without running heads and page
 * numbers, words that were divided at the ends of lines whole again.
 *
 * @throws FootnoteError `unreadable-article` when it needs a password, is damaged, holds no text, or passes a limit.
 */
export async function extractPdf(bytes: Uint8Array): Promise<ExtractedDocument> {
  const document = await openPdf(bytes);
  try {
    const { pages, language } = await readPages(document);
    const characters = pages.flatMap((page) => page.runs).reduce((total, run) => total + run.text.length, 0);
    // A scan often has a few characters that a program stamped on it.
    if (characters < Math.min(20, pages.length * 5)) {
      throw new FootnoteError('unreadable-article', 'The PDF holds pictures of pages and no text.', {
        remedy: 'Run text recognition (OCR) over it and add the result.',
      });
    }
    const placed = pdfBlocks(readingOrder(withoutFurniture(pages)));
    const found = await pdfMetadata(document, placed, language);
    return { blocks: placed.map(({ block }) => block), ...found, guessHeadings: false };
  } catch (error) {
    throw unreadable(error);
  } finally {
    await document.destroy();
  }
}
