/** A pointer group such as `[S1][S2]` is read one bracket at a time; this is one bracket. */
export interface PointerGroup {
  /** Index after the closing bracket. */
  readonly end: number;
  /** The numbers in it, ranges written out. */
  readonly numbers: readonly number[];
}

/** A longer bracket is text. Also bounds how long a sentence is held back for a bracket to close. */
const maximumLength = 80;
/** `[S1-S999]` is not taken at its word: only its ends count. */
const maximumRange = 20;

// A plain number of four digits is a year. Only one way to match any text: brackets are untrusted, and two ways
// for each of their numbers would take exponential time.
const numeral = String.raw`\^?(?:S\s?\d{1,5}|\d{1,3})`;
const item = String.raw`${numeral}(?:\s*[-–—]\s*${numeral})?`;
const list = String.raw`\s*${item}(?:(?:\s*[,;]\s*|\s+)${item})*\s*`;
// Plain numbers point in square brackets only; round ones hold too much else, so there the S is needed.
const group = new RegExp(String.raw`^(?:[[【［]${list}[\]】］]|\((?=\s*S)${list}\))`, 'iu');
const groupPrefix = /^(?:[[【［][\s^S\d,;–—-]*|\(\s*(?:S[\s^S\d,;–—-]*)?)$/iu;

/**
 * Reads the pointer group that begins at `index` of `text`: `[S1]`, `[S1, S2]`, `[S1-S3]`, `[1]`, `【S1】`, `［S1］`, `(S1)`.
 *
 * @returns `partial` when the text ends inside what may become one.
 */
export function readPointerGroup(text: string, index: number): PointerGroup | 'partial' | undefined {
  const window = text.slice(index, index + maximumLength);
  const match = group.exec(window);
  if (match) return { end: index + match[0].length, numbers: numbersIn(match[0]) };
  return window.length < maximumLength && groupPrefix.test(window) ? 'partial' : undefined;
}

/** Splits `text` into the pieces between its pointer groups, and the groups. A bracket left open is dropped. */
export function extractPointers(text: string): { pieces: string[]; numbers: number[] } {
  const pieces: string[] = [];
  const numbers: number[] = [];
  let start = 0;
  for (const { index } of text.matchAll(/[[【［(]/gu)) {
    if (index < start) continue;
    const found = readPointerGroup(text, index);
    if (found === 'partial' && /\d|[[【［]/u.test(text.slice(index))) {
      return { pieces: [...pieces, text.slice(start, index)], numbers };
    }
    if (found === undefined || found === 'partial') continue;
    pieces.push(text.slice(start, index));
    numbers.push(...found.numbers);
    start = found.end;
  }
  return { pieces: [...pieces, text.slice(start)], numbers };
}

function numbersIn(bracket: string): number[] {
  const numbers: number[] = [];
  for (const match of bracket.matchAll(/(\d+)(?:\s*[-–—]\s*\^?S?\s?(\d+))?/giu)) {
    const first = Number(match[1]);
    const last = match[2] === undefined ? first : Number(match[2]);
    if (last >= first && last - first <= maximumRange) {
      for (let number = first; number <= last; number += 1) numbers.push(number);
    } else {
      numbers.push(first, last);
    }
  }
  return numbers;
}
