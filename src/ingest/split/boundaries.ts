import type { Language } from '../../domain/language.ts';
import { isAbbreviation } from './abbreviations.ts';
import { safeCut } from './long-sentences.ts';

/** How much context on each side of a boundary the rules see, in UTF-16 code units. */
const context = 48;

// Each segment that V8 hands out costs a copy of the whole input, so the input is handed over in windows.
const window = 4_096;

const segmenters = {
  en: new Intl.Segmenter('en', { granularity: 'sentence' }),
  vi: new Intl.Segmenter('vi', { granularity: 'sentence' }),
} as const;

/**
 * Where the sentences of one line begin, ascending, from 0 (exclusive) on: the boundaries of Unicode's UAX #29 as
 * Intl.Segmenter knows them, and those after an ellipsis, which it does not know, without those inside of one.
 */
export function sentenceStarts(line: string, language: Language): number[] {
  const starts: number[] = [];
  let start = 0;
  for (const position of candidates(line, language)) {
    if (joins(line, start, position)) continue;
    starts.push(position);
    start = position;
  }
  return starts;
}

function candidates(line: string, language: Language): number[] {
  const positions = new Set<number>(unicodeBoundaries(line, language));
  // `…` ends a sentence when a capital follows, with or without a space; `...` is known to UAX #29 with one.
  for (const match of line.matchAll(/(?:…|\.{3})["'”’)\]]{0,4}\s*(?=["“‘(]?\p{Lu})/gu)) {
    positions.add(match.index + match[0].length);
  }
  // UAX #29 sees no end before a number that goes on in lower case: `…, etc. 100% of topics …`.
  for (const match of line.matchAll(/\p{L}\p{M}*["'”’)\]]?[.!?]["'”’)\]]?\s+(?=\p{N})/gu)) {
    positions.add(match.index + match[0].length);
  }
  return Array.from(positions)
    .filter((position) => position > 0 && position < line.length)
    .toSorted((a, b) => a - b);
}

function* unicodeBoundaries(line: string, language: Language): Generator<number> {
  let offset = 0;
  let atBoundary = true;
  while (offset < line.length) {
    const part = line.slice(offset, offset + window);
    const starts = Array.from(segmenters[language].segment(part), (segment) => segment.index);
    for (const start of starts) if (start > 0 || atBoundary) yield offset + start;
    if (offset + part.length === line.length) return;
    // The last segment of a window may go on in the next one; a window without an end says nothing.
    const last = starts.at(-1) ?? 0;
    atBoundary = last > 0;
    offset = atBoundary ? offset + last : safeCut(line, offset, offset + window);
  }
}

/** Whether the sentence that began at `start` goes on after `position`. */
function joins(line: string, start: number, position: number): boolean {
  const left = line.slice(Math.max(start, position - context), position).trimEnd();
  const right = line.slice(position, position + context).trimStart();
  if (left === '' || right === '') return left === '';
  if (/^\p{Ll}/u.test(right)) return true;
  // Nothing but punctuation, such as a closing quotation mark, is no sentence of its own.
  if (!/^[^\p{L}\p{N}]*[\p{L}\p{N}]/u.test(right) && position + context >= line.length) return true;
  if (position - start <= context && isEnumerator(left)) return true;
  if (position - start <= context && !/[\p{L}\p{N}]/u.test(left)) return true;
  return left.endsWith('.') && isAbbreviation(left, right);
}

/** `1.`, `b)`, `iv.`: the number of what follows. */
function isEnumerator(text: string): boolean {
  return /^[("“]?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)]$/iu.test(text);
}
