import type { Span } from '../span.ts';

/** A word of a text with where it stands. */
export interface Word extends Span {
  readonly text: string;
}

// A run of letters, marks and digits; `.` and `,` belong to it between digits (1.400, 3,5), an apostrophe
// between letters (province's). Hyphens and slashes separate, so that 57-NQ/TW can be found by its parts.
const wordPattern = /(?:\d+(?:[.,]\d+)+|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*)/gu;

/** What a character is to the pattern. */
const nothing = 0;
const part = 1;
const letter = 2;
const digit = 3;

/** Characters below this one are looked up; texts with any beyond it, punctuation aside, are left to the pattern. */
const known = 0x2000;
const lastPunctuation = 0x206f;
const apostrophe = 0x27;
const curledApostrophe = 0x2019;

const kinds = Uint8Array.from({ length: known }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\d/u.test(character)) return digit;
  if (/\p{L}/u.test(character)) return letter;
  return /[\p{M}\p{N}]/u.test(character) ? part : nothing;
});

/** The words of `text` in order. Linear in the length of `text`. */
export function words(text: string): Word[] {
  return scan(text) ?? match(text);
}

function match(text: string): Word[] {
  return Array.from(text.matchAll(wordPattern), (found) => ({
    text: found[0],
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** What {@link match} finds, by hand and several times as fast; `undefined` where a character is not in the table. */
function scan(text: string): Word[] | undefined {
  const found: Word[] = [];
  const { length } = text;
  for (let at = 0; at < length;) {
    const code = text.charCodeAt(at);
    if (code >= known && code > lastPunctuation) return undefined;
    const kind = kindOf(code);
    if (kind === nothing) {
      at += 1;
      continue;
    }
    const end = (kind === digit ? endOfNumber(text, at) : undefined) ?? endOfWord(text, at);
    found.push({ text: text.slice(at, end), start: at, end });
    at = end;
  }
  return found;
}

const kindOf = (code: number): number => kinds[code] ?? nothing;

/** The end of `1.400` or `3,5` that begins at `start`; `undefined` where there are digits alone. */
function endOfNumber(text: string, start: number): number | undefined {
  let end = endOfDigits(text, start);
  const first = end;
  for (;;) {
    const separator = text.charCodeAt(end);
    if (separator !== 0x2e && separator !== 0x2c) break;
    const next = endOfDigits(text, end + 1);
    if (next === end + 1) break;
    end = next;
  }
  return end > first ? end : undefined;
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (kindOf(text.charCodeAt(end)) === digit) end += 1;
  return end;
}

function endOfWord(text: string, start: number): number {
  let end = start;
  while (kindOf(text.charCodeAt(end)) !== nothing) end += 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code !== apostrophe && code !== curledApostrophe) return end;
    if (kindOf(text.charCodeAt(end + 1)) !== letter) return end;
    end += 2;
    while (kindOf(text.charCodeAt(end)) === letter) end += 1;
  }
}
