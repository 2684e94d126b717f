import type { Span } from '../domain/span.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { words } from '../domain/text/words.ts';

/** Places that are told at most. */
const mostPlaces = 20;
const mostSimilar = 3;

/** Share of the quotation's words below which a place says nothing. */
const leastSimilarity = 0.5;

/** Where `quote` stands in `text`, word for word, and how often in all. */
export function exactPlaces(text: string, quote: string): { places: Span[]; count: number } {
  const places: Span[] = [];
  let count = 0;
  for (let start = text.indexOf(quote); start >= 0; start = text.indexOf(quote, start + quote.length)) {
    count += 1;
    if (places.length < mostPlaces) places.push({ start, end: start + quote.length });
  }
  return { places, count };
}

/** A place that is like a quotation. */
export interface SimilarPlace extends Span {
  /** `wording`: the words are the same but for capitals, accents, punctuation or spaces; `words`: some words differ. */
  readonly differsIn: 'wording' | 'words';
  /** Share of the quotation's words that stand there, 0–1; 1 for `wording`. */
  readonly similarity: number;
}

/**
 * Places in `text` that are like `quote`, best first: those with the same words in their order, else those windows as
 * long as the quotation that share most of its words. Linear in both lengths, but for sorting.
 */
export function similarPlaces(text: string, quote: string): SimilarPlace[] {
  const textWords = words(text).map((word) => ({ ...word, folded: foldDiacritics(word.text) }));
  const wanted = words(quote).map((word) => foldDiacritics(word.text));
  if (wanted.length === 0 || textWords.length === 0) return [];

  const span = (first: number, last: number): Span => ({
    start: textWords[first]?.start ?? 0,
    end: textWords[last]?.end ?? 0,
  });
  const folded = textWords.map((word) => word.folded);
  const same = sameWords(folded, wanted).map((first): SimilarPlace => ({
    ...span(first, first + wanted.length - 1),
    differsIn: 'wording',
    similarity: 1,
  }));
  if (same.length > 0) return same;
  return bestWindows(folded, wanted).map(({ first, last, shared }): SimilarPlace => ({
    ...span(first, last),
    differsIn: 'words',
    similarity: Math.round((shared / wanted.length) * 100) / 100,
  }));
}

/** Positions at which the words of `wanted` follow one another. */
function sameWords(folded: readonly string[], wanted: readonly string[]): number[] {
  const joined = ` ${folded.join(' ')} `;
  const pattern = ` ${wanted.join(' ')} `;
  const found: number[] = [];
  let word = 0;
  let seen = 0;
  for (let at = joined.indexOf(pattern); at >= 0 && found.length < mostSimilar;) {
    while (seen < at) seen += (folded[word++] ?? '').length + 1;
    found.push(word);
    at = joined.indexOf(pattern, at + pattern.length - 1);
  }
  return found;
}

interface Window {
  readonly first: number;
  readonly last: number;
  readonly shared: number;
}

function bestWindows(folded: readonly string[], wanted: readonly string[]): Window[] {
  const size = Math.min(wanted.length, folded.length);
  const missing = new Map<string, number>();
  for (const word of wanted) missing.set(word, (missing.get(word) ?? 0) + 1);
  // How often each word is still missing from the window; below zero where the window holds more than wanted.
  let shared = 0;
  const move = (word: string | undefined, by: 1 | -1) => {
    const left = word === undefined ? undefined : missing.get(word);
    if (word === undefined || left === undefined) return;
    missing.set(word, left - by);
    if (by === 1 ? left > 0 : left >= 0) shared += by;
  };
  const windows: Window[] = [];
  for (let end = 0; end < folded.length; end += 1) {
    move(folded[end], 1);
    if (end >= size) move(folded[end - size], -1);
    const first = end - size + 1;
    if (first >= 0 && shared / wanted.length >= leastSimilarity) windows.push({ first, last: end, shared });
  }
  const isWanted = (index: number) => missing.has(folded[index] ?? '');
  const chosen: Window[] = [];
  for (const { first, last, shared: count } of windows.toSorted((a, b) => b.shared - a.shared)) {
    if (chosen.some((other) => first <= other.last && other.first <= last)) continue;
    let [from, to] = [first, last];
    while (from < to && !isWanted(from)) from += 1;
    while (to > from && !isWanted(to)) to -= 1;
    chosen.push({ first: from, last: to, shared: count });
    if (chosen.length === mostSimilar) break;
  }
  return chosen;
}
