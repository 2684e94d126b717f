import { decodeAs } from '../load/decode-as.ts';
import { decodeText } from '../load/decode.ts';

/** Encodings that give a text for all bytes, so that they never turn out to be wrong. */
const singleByte = /^(?:windows-125\d|iso-8859-\d+|macintosh|x-mac-cyrillic|koi8-[ru]|ibm866|windows-874)$/u;

/**
 * The text of a file: in the charset that its server named, where its bytes are that; else as {@link decodeText} finds
 * it. Servers often name a single-byte charset for pages in UTF-8, which can be told from its bytes.
 *
 * @throws FootnoteError `unreadable-article` for binary data and for bytes that fit no encoding.
 */
export function decodeFile(
  bytes: Uint8Array,
  options: { html: boolean; charset?: string | undefined },
): string {
  const { html, charset } = options;
  const named = charset === undefined ? undefined : decodeNamed(bytes, charset);
  return named === undefined || named.includes('\0') ? decodeText(bytes, { html }) : named;
}

function decodeNamed(bytes: Uint8Array, charset: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(charset.trim());
    if (singleByte.test(encoding) && isUtf8(bytes)) return undefined;
    // With its byte order mark a file says for itself what it is.
    return hasMark(bytes) ? undefined : decodeAs(bytes, charset);
  } catch {
    return undefined;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function hasMark([first, second, third]: Uint8Array): boolean {
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isUtf16 || (first === 0xef && second === 0xbb && third === 0xbf);
}
