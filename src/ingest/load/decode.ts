import { detect } from 'chardet';

import { FootnoteError } from '../../domain/errors.ts';
import { decodeAs } from './decode-as.ts';
import { decodeVietnamese1258 } from './windows-1258.ts';

/** How far into an HTML file its encoding may be declared, in bytes (HTML standard, prescan: 1024). */
const prescanBytes = 1_024;

/** How many bytes are shown to the guesser; more does not change its mind. */
const guessBytes = 65_536;

/**
 * The text of `bytes`: by byte order mark, else UTF-8 where it is valid, else the charset that an HTML page
 * declares, else windows-1258 where it reads as Vietnamese, else a guess by byte statistics (chardet).
 *
 * @throws FootnoteError `unreadable-article` for binary data and for bytes that fit no encoding.
 */
export function decodeText(bytes: Uint8Array, options: { html: boolean }): string {
  const text =
    decodeMarked(bytes) ??
    tryDecode(bytes, 'utf-8') ??
    (options.html ? decodeDeclared(bytes) : undefined) ??
    decodeVietnamese1258(bytes) ??
    tryDecode(bytes, detect(bytes.subarray(0, guessBytes)) ?? 'unknown');
  if (text === undefined) throw unreadable('its bytes fit no known text encoding');
  if (text.includes('\0')) throw unreadable('it holds binary data, not text');
  return text;
}

function decodeMarked(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return tryDecode(bytes, 'utf-8');
  if (first === 0xff && second === 0xfe) return tryDecode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return tryDecode(bytes, 'utf-16be');
  return undefined;
}

function decodeDeclared(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, prescanBytes));
  const label = /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/iu.exec(head)?.[1];
  // A page that says UTF-8 but is not has been tried already.
  return label === undefined ? undefined : tryDecode(bytes, label);
}

function tryDecode(bytes: Uint8Array, label: string): string | undefined {
  try {
    return decodeAs(bytes, label);
  } catch {
    return undefined;
  }
}

function unreadable(why: string): FootnoteError {
  return new FootnoteError('unreadable-article', `The file cannot be read: ${why}.`, {
    remedy: 'Save it as UTF-8 text.',
  });
}
