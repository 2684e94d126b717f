import { getDocumentProxy } from 'unpdf';

import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { maxPdfPages } from '../../limits.ts';
import { completeArrayBuffer } from './array-buffer.ts';

/** An open PDF. Must be destroyed. */
export type PdfDocument = Awaited<ReturnType<typeof getDocumentProxy>>;

/**
 * Opens a PDF for reading its text: nothing of it is drawn, run, or fetched from anywhere.
 *
 * @throws FootnoteError `unreadable-article` when it needs a password, is damaged, or has too many pages.
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  completeArrayBuffer();
  const document = await open(bytes);
  if (document.numPages <= maxPdfPages) return document;
  await document.destroy();
  throw new FootnoteError(
    'unreadable-article',
    `The PDF has ${document.numPages} pages; at most ${maxPdfPages} are read.`,
    { remedy: 'Divide it into smaller files.' },
  );
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    // pdf.js takes the bytes away from whoever hands them over.
    return await getDocumentProxy(new Uint8Array(bytes), {
      verbosity: 0,
      stopAtErrors: false,
      isEvalSupported: false,
      useWasm: false,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      disableAutoFetch: true,
      disableRange: true,
      disableStream: true,
      isOffscreenCanvasSupported: false,
      isImageDecoderSupported: false,
      // Pixels: no image is ever decoded.
      maxImageSize: 1,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new FootnoteError('unreadable-article', 'The PDF can be opened only with a password.', {
        remedy: 'Save a copy without a password.',
        cause: error,
      });
    }
    throw unreadable(error);
  }
}

/** What is said of a PDF that pdf.js stumbles over, whose own words tell only its authors something. */
export function unreadable(error: unknown): unknown {
  if (error instanceof FootnoteError || error instanceof RangeError) return error;
  const problem = /circular|loop/iu.test(errorMessage(error))
    ? 'The list of pages of the PDF leads back to itself, so that it has no end.'
    : 'The PDF is damaged or incomplete.';
  return new FootnoteError('unreadable-article', problem, {
    remedy: 'Get the file again, or export it anew from the program that made it.',
    cause: error,
  });
}
