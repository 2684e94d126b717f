import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

import { FootnoteError } from '../../../domain/errors.ts';

/** What may be said to a server of the packings that {@link readBody} undoes. */
export const acceptedEncodings = 'gzip, br';

/**
 * Reads and unpacks the body of a response.
 *
 * Bytes are counted as they come and again as they are unpacked, so that a small body cannot become a large one.
 *
 * @param limit.maxBytes - most bytes, packed and unpacked.
 * @param limit.truncate - cut what is longer instead of refusing it.
 * @throws FootnoteError `unreadable-article` for too much, and for packings that were not asked for.
 */
export async function readBody(
  body: Readable,
  encoding: string | undefined,
  limit: { readonly maxBytes: number; readonly truncate: boolean; readonly url: string },
): Promise<Buffer> {
  const decoder = decoderOf(encoding, limit.url);
  let received = 0;
  body.on('data', (chunk: Buffer) => {
    received += chunk.length;
    if (received > limit.maxBytes && !limit.truncate) body.destroy(tooLarge(limit));
  });
  if (decoder) {
    body.once('error', (error) => decoder.destroy(error));
    body.pipe(decoder);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of decoder ?? body) {
      if (!Buffer.isBuffer(chunk)) continue;
      chunks.push(chunk);
      size += chunk.length;
      if (size <= limit.maxBytes) continue;
      if (!limit.truncate) throw tooLarge(limit);
      break;
    }
  } finally {
    body.on('error', () => undefined);
    body.destroy();
    decoder?.destroy();
  }
  return Buffer.concat(chunks).subarray(0, limit.maxBytes);
}

/** The refusal of a body that is too large. */
export function tooLarge({
  url,
  maxBytes,
}: {
  readonly url: string;
  readonly maxBytes: number;
}): FootnoteError {
  return new FootnoteError('unreadable-article', `${url} has more than ${maxBytes} bytes.`, {
    remedy: 'Raise MAX_FILE_BYTES if it is meant to be this large.',
  });
}

function decoderOf(encoding: string | undefined, url: string) {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return undefined;
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'br') return createBrotliDecompress();
  if (name === 'deflate') return createInflate();
  throw new FootnoteError(
    'unreadable-article',
    `${url} is packed as "${name.slice(0, 40)}", which was not asked for.`,
  );
}
