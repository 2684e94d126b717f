import { baselines } from './baselines.ts';
import type { Run } from './page.ts';

/** A part of a page that is read from top to bottom, with the ends of its lines. */
export interface Column {
  readonly left: number;
  readonly right: number;
  readonly runs: readonly Run[];
}

/** Most columns of a page. */
const maxColumns = 3;

/** Narrowest column of text, in sizes of its type; what is narrower is a column of a table. */
const narrowest = 9;

/** Share of its column that a line fills in the middle of the lines; the cells of a table fill less. */
const filled = 0.55;

/** Fewest lines of a column. */
const fewestLines = 3;

/**
 * Divides the text of a page into columns in reading order. Text that goes over several columns, such as a title,
 * divides the page into what is above and what is below.
 *
 * @param known - gutters of the page before, which hold where this page has too little text to show its own.
 */
export function pageColumns(
  runs: readonly Run[],
  known: readonly number[],
): { columns: Column[]; gutters: readonly number[] } {
  const pieces = joinNeighbours(runs);
  const own = findGutters(pieces);
  const fits =
    own.length === 0 &&
    known.length > 0 &&
    pieces.length < 40 &&
    pieces.every((piece) => !known.some((x) => crosses(piece, x)));
  const gutters = own.length > 0 || !fits ? own : known;
  if (gutters.length === 0)
    return { columns: [column(pieces)].filter((found) => found.runs.length > 0), gutters: own };
  const columns: Column[] = [];
  let band: Run[] = [];
  const flush = (): void => {
    const edges = [-Infinity, ...gutters, Infinity];
    for (const [index, left] of edges.slice(0, -1).entries()) {
      const right = edges[index + 1] ?? Infinity;
      const inside = band.filter((piece) => middle(piece) >= left && middle(piece) < right);
      if (inside.length > 0) columns.push(column(inside));
    }
    band = [];
  };
  for (const group of groupSpanning(pieces, gutters)) {
    if (group.spans) {
      flush();
      columns.push(column(group.runs));
    } else band.push(...group.runs);
  }
  flush();
  return { columns, gutters };
}

function groupSpanning(
  pieces: readonly Run[],
  gutters: readonly number[],
): { spans: boolean; runs: Run[] }[] {
  const groups: { spans: boolean; runs: Run[] }[] = [];
  for (const piece of pieces.toSorted((a, b) => a.y - b.y || a.x - b.x)) {
    const spans = gutters.some((x) => crosses(piece, x));
    const last = groups.at(-1);
    if (last?.spans === spans) last.runs.push(piece);
    else groups.push({ spans, runs: [piece] });
  }
  return groups;
}

/** Where no text, or little text, stands between two parts of the page that have much. */
function findGutters(pieces: readonly Run[]): number[] {
  const end = Math.ceil(pieces.reduce((most, piece) => Math.max(most, piece.right), 0)) + 1;
  if (pieces.length < fewestLines * 2 || end > 20_000) return [];
  const coverage = Array.from({ length: end }, () => 0);
  for (const piece of pieces) {
    for (let x = Math.max(0, Math.ceil(piece.x)); x < piece.right; x += 1)
      coverage[x] = (coverage[x] ?? 0) + 1;
  }
  const gutters: number[] = [];
  for (const gap of gapsOf(coverage)) {
    const left = gutters.at(-1) ?? -Infinity;
    const isColumn = (from: number, to: number) =>
      fillsColumn(pieces.filter((piece) => piece.x >= from - 1 && piece.right <= to + 1));
    if (isColumn(left, gap.from) && isColumn(gap.to, Infinity)) gutters.push((gap.from + gap.to) / 2);
    if (gutters.length === maxColumns - 1) break;
  }
  return gutters;
}

/** Intervals of x in which the coverage is at most half of that on either side. */
function gapsOf(coverage: readonly number[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  const before: number[] = [];
  const after: number[] = [];
  for (const [x, value] of coverage.entries()) before[x] = Math.max(before[x - 1] ?? 0, value);
  for (let x = coverage.length - 1; x >= 0; x -= 1) after[x] = Math.max(after[x + 1] ?? 0, coverage[x] ?? 0);
  let from: number | undefined;
  for (const [x, value] of coverage.entries()) {
    const low = value <= Math.min(before[x] ?? 0, after[x] ?? 0) * 0.45;
    if (low) from ??= x;
    else if (from !== undefined) {
      gaps.push(...narrowed(coverage, from, x));
      from = undefined;
    }
  }
  return gaps;
}

/** The emptiest part of a gap, because the ragged ends of lines are a part of it as well. */
function narrowed(coverage: readonly number[], from: number, to: number): { from: number; to: number }[] {
  const least = coverage.slice(from, to).reduce((low, value) => Math.min(low, value), Infinity);
  const first = coverage.indexOf(least, from);
  let last = first;
  while (last < to && coverage[last] === least) last += 1;
  return last - first >= 6 ? [{ from: first, to: last }] : [];
}

function fillsColumn(pieces: readonly Run[]): boolean {
  if (pieces.length < fewestLines) return false;
  const left = Math.min(...pieces.map((piece) => piece.x));
  const right = Math.max(...pieces.map((piece) => piece.right));
  const size = median(pieces.map((piece) => piece.size));
  // A column that is itself divided is judged by what its parts fill together.
  const widths = pieces.map((piece) => piece.right - piece.x).toSorted((a, b) => b - a);
  const wide = widths[Math.floor(widths.length / 3)] ?? 0;
  return (
    right - left >= narrowest * size && wide >= Math.min((right - left) * filled, narrowest * 1.5 * size)
  );
}

/** Joins the runs of a line that are not further apart than words are. */
function joinNeighbours(runs: readonly Run[]): Run[] {
  const pieces: Run[] = [];
  for (const run of baselines(runs, 0.1).flat()) {
    const last = pieces.at(-1);
    const sameLine = last && Math.abs(last.y - run.y) < 1 && last.size === run.size && last.bold === run.bold;
    const gap = last ? run.x - last.right : Infinity;
    if (last && sameLine && gap < run.size * 0.9 && gap > -run.size * 0.5) {
      const space = gap > run.size * 0.12 && !/^\p{M}/u.test(run.text) ? ' ' : '';
      pieces[pieces.length - 1] = {
        ...last,
        text: last.text + space + run.text,
        right: Math.max(last.right, run.right),
      };
    } else pieces.push(run);
  }
  return pieces;
}

function column(runs: readonly Run[]): Column {
  return {
    left: runs.reduce((least, run) => Math.min(least, run.x), Infinity),
    right: runs.reduce((most, run) => Math.max(most, run.right), 0),
    runs,
  };
}

function crosses(piece: Run, x: number): boolean {
  return piece.x < x - 3 && piece.right > x + 3;
}

function middle(piece: Run): number {
  return (piece.x + piece.right) / 2;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
