import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { decodeAs } from '../../load/decode-as.ts';

const unpack = promisify(gunzip);

/** How far into a document its own encoding is looked for, in bytes. */
const declarationBytes = 1_024;

/**
 * `bytes`, unpacked where they are a gzip file such as `sitemap.xml.gz`.
 *
 * @throws FootnoteError `unreadable-article` for more than `maxBytes`, and for damaged files.
 */
export async function unpacked(bytes: Buffer, maxBytes: number, url: string): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unpack(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new FootnoteError('unreadable-article', `${url} could not be unpacked: ${errorMessage(error)}.`, {
      cause: error,
    });
  }
}

/**
 * The text of a feed, sitemap or page, for what stands in its tags: by byte order mark, else the charset that the server
 * named, else the one that it declares, else UTF-8. Bytes that do not fit become U+FFFD.
 */
export function decodeDocument(bytes: Uint8Array, charset: string | undefined): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le') ?? '';
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be') ?? '';
  const isMarked = first === 0xef && second === 0xbb;
  const named = isMarked ? undefined : (charset ?? declared(bytes));
  return (named === undefined ? undefined : decode(bytes, named)) ?? new TextDecoder().decode(bytes);
}

function declared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, declarationBytes));
  return (
    /^\s*<\?xml[^>]{1,200}encoding=["']([\w.:-]{1,40})/u.exec(head) ??
    /<meta[^>]{1,200}charset=["']?([\w.:-]{1,40})/iu.exec(head)
  )?.[1];
}

function decode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return decodeAs(bytes, label, { fatal: false });
  } catch {
    return undefined;
  }
}
