import { type Span, spansOverlap } from '../domain/span.ts';

/** Share of the shorter of two spans that both must cover to count as the same place. */
const samePlace = 0.5;

/** Shortest text, in code units without white space, that one quotation must share to stand for another. */
const shortestMatch = 12;

/** Most code units, without white space, that a column's name and its marks take up between two cells. */
const widestHeader = 80;

/** `text` without what may differ between a quotation and its source: white space and the bars of tables. */
export function flatten(text: string): string {
  return text.normalize('NFC').replace(/[\s|]+/gu, '');
}

/**
 * Where `quote` stands in `text`, white space aside. Cells of a table row, separated by `|`, are looked for one
 * after the other, because an ingested row names the column before each.
 */
export function locateQuote(text: string, quote: string): Span | undefined {
  const { flat, places } = flattenWithPlaces(text);
  const [first, ...others] = quote
    .split('|')
    .map(flatten)
    .filter((cell) => cell !== '');
  if (first === undefined) return undefined;
  for (let start = flat.indexOf(first); start !== -1; start = flat.indexOf(first, start + 1)) {
    const end = endOfCells(flat, start + first.length, others);
    const [from, to] = [places[start], places[(end ?? 0) - 1]];
    if (from !== undefined && to !== undefined) return { start: from, end: to + 1 };
  }
  return undefined;
}

function flattenWithPlaces(text: string): { flat: string; places: number[] } {
  const places = Array.from(text.matchAll(/[^\s|]/g), ({ index }) => index);
  return { flat: places.map((place) => text.charAt(place)).join(''), places };
}

function endOfCells(flat: string, start: number, cells: readonly string[]): number | undefined {
  let end = start;
  for (const cell of cells) {
    const next = flat.indexOf(cell, end);
    if (next === -1 || next - end > widestHeader) return undefined;
    end = next + cell.length;
  }
  return end;
}

/** A quotation and where it stands in its article. */
export interface PlacedQuote {
  readonly articleId: string;
  readonly quote: string;
  readonly span: Span;
}

/**
 * Whether two quotations of one article are the same statement: one holds the other, wherever they stand, or
 * they share at least half of the shorter one's place.
 */
export function sameQuote(a: PlacedQuote, b: PlacedQuote): boolean {
  if (a.articleId !== b.articleId) return false;
  const [long, short] = [flatten(a.quote), flatten(b.quote)].toSorted((x, y) => y.length - x.length);
  if (long !== undefined && short !== undefined && short.length >= shortestMatch && long.includes(short)) {
    return true;
  }
  return coveredShare(a.span, b.span) >= samePlace;
}

/** Share of the shorter span that both cover, 0–1. */
export function coveredShare(a: Span, b: Span): number {
  if (!spansOverlap(a, b)) return 0;
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared / Math.min(a.end - a.start, b.end - b.start);
}
