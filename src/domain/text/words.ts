import type { Span } from '../span.ts';

/** A word of a text with where it stands. */
export interface Word extends Span {
  readonly text: string;
}

// A run of letters, marks and digits; `.` and `,` belong to it between digits (1.400, 3,5), an apostrophe
// between letters (province's). Hyphens and slashes separate, so that 57-NQ/TW can be found by its parts.
const wordPattern = /(?:\d+(?:[.,]\d+)+|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)*)/gu;

/** The words of `text` in order. Linear in the length of `text`. */
export function words(text: string): Word[] {
  return Array.from(text.matchAll(wordPattern), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
