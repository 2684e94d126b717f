import { endsInAbbreviation } from './abbreviations.ts';
import { extractPointers, readPointerGroup } from './pointers.ts';

/**
 * Finds where the first sentence of `text` ends, looking from `from` on.
 *
 * Every rule waits for the text it depends on: an answer of `end` stays the same however `text` goes on, which is
 * what lets sentences leave while the model still writes. (`Intl.Segmenter` cannot be used on a growing text: by
 * rule SB8 of UAX #29 a lower-case letter any distance after "No. 57 …" takes a boundary back.)
 *
 * @param final - whether `text` is complete.
 * @returns the end of the sentence with its pointers, or where to look again when more text is known.
 */
export function findBoundary(
  text: string,
  from: number,
  final: boolean,
): { readonly end: number } | { readonly resume: number } {
  const candidates = /[.!?…。！？\n]/gu;
  candidates.lastIndex = from;
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    const { index } = match;
    const after = skip(text, index, match[0] === '\n' ? /\s/u : /[.!?…。！？"'”’»)*_`]/u);
    if (after === text.length && !final) return { resume: index };
    const verdict = match[0] === '\n' ? lineEnd(text, index, final) : stop(text, index, after, final);
    if (verdict === 'wait') return { resume: index };
    if (verdict !== undefined) return { end: verdict };
    candidates.lastIndex = after;
  }
  return { resume: text.length };
}

/** Whether a note begins at `index`, as Markdown writes it: `[^1]: Text`. */
export function startsNote(text: string, index: number): boolean {
  return /^\[\^[^\]\s]{1,40}\]:/u.test(text.slice(index, index + 50));
}

/** A line break ends a sentence; pointers at the start of the next line are its own when it has none yet. */
function lineEnd(text: string, index: number, final: boolean): number | 'wait' {
  const end = withPointers(text, index, final);
  return end === 'wait' ? 'wait' : end.end;
}

/** Whether the marks in `index`–`after` end a sentence; `undefined` when they do not. */
function stop(text: string, index: number, after: number, final: boolean): number | 'wait' | undefined {
  const before = text.slice(0, index);
  // The number of a list item: "2. ".
  if (text[index] === '.' && /^\s*(?:[-*•–]\s+)?\d{1,2}$/u.test(before)) return undefined;
  const trailing = withPointers(text, after, final);
  if (trailing === 'wait') return 'wait';
  if (trailing.end > after || /[\]】］]\s*$/u.test(before)) return trailing.end;
  const next = skip(text, after, /\s/u);
  if (next === text.length || text.slice(after, next).includes('\n')) return after;
  if (next === after && !/[。！？]/u.test(text.slice(index, after))) return undefined;
  const start = skip(text, next, /["'“‘«(*_`]/u);
  if (start === text.length && !final) return 'wait';
  const first = text.charAt(start);
  if (/\p{Ll}/u.test(first)) return undefined;
  const lone = after === index + 1 && text[index] === '.';
  return lone && endsInAbbreviation(before, first) ? undefined : after;
}

/** The end of the pointers that follow `at`, or `at` when none do. */
function withPointers(text: string, at: number, final: boolean): { readonly end: number } | 'wait' {
  let end = at;
  let pointed: boolean | undefined;
  for (;;) {
    const next = skip(text, end, /\s/u);
    if (next === text.length && !final) return 'wait';
    const pointer = readPointerGroup(text, next);
    if (pointer === 'partial' && !final) return 'wait';
    if (pointer === undefined || pointer === 'partial') return { end };
    if (text.slice(end, next).includes('\n')) {
      if (pointer.end === text.length && !final) return 'wait';
      if (startsNote(text, next)) return { end };
      pointed ??= extractPointers(text.slice(0, at)).numbers.length > 0;
      if (pointed) return { end };
    }
    pointed = true;
    // "Text. [S1]." closes after the pointer too.
    end = skip(text, pointer.end, /[.!?…*_]/u);
    if (end === text.length && !final) return 'wait';
  }
}

/** The first index from `index` on whose character `pattern` does not match. */
function skip(text: string, index: number, pattern: RegExp): number {
  let end = index;
  while (end < text.length && pattern.test(text.charAt(end))) end += 1;
  return end;
}
