import { baselines } from './baselines.ts';
import { pageColumns } from './columns.ts';
import type { Line, Page, Run } from './page.ts';

/** How far apart, in sizes of the type, baselines of one line may be: numbers of notes are raised by a third. */
const raise = 0.45;

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** The lines of all pages in reading order. */
export function readingOrder(pages: readonly Page[]): Line[] {
  const lines: Line[] = [];
  let flow = 0;
  let gutters: readonly number[] = [];
  for (const [index, page] of pages.entries()) {
    const found = pageColumns(page.runs, gutters);
    gutters = found.gutters;
    for (const { left, right, runs } of found.columns) {
      flow += 1;
      const place = { column: { left, right }, flow, page: index, pageHeight: page.height };
      for (const group of baselines(runs, raise)) lines.push({ ...joinRuns(group), ...place });
    }
  }
  return lines;
}

function joinRuns(runs: readonly Run[]): Run {
  const size = sizeOf(runs);
  const baseline = runs.find((run) => run.size === size)?.y ?? 0;
  let text = '';
  let right: number | undefined;
  for (const run of runs) {
    const gap = right === undefined ? 0 : run.x - right;
    right = Math.max(right ?? 0, run.right);
    const raised = run.size <= size * 0.8 && run.y < baseline - size * 0.15;
    const mark = raised ? superscript(text, run.text.trim()) : undefined;
    if (mark !== undefined) text += mark;
    else text += (gap > size * 0.12 && text !== '' && !/^\p{M}/u.test(run.text) ? ' ' : '') + run.text;
  }
  return {
    text: text.trim(),
    x: runs[0]?.x ?? 0,
    right: right ?? 0,
    y: baseline,
    size,
    bold: runs.every((run) => run.bold || !/[\p{L}\p{N}]/u.test(run.text)) && runs.some((run) => run.bold),
  };
}

/** The number of a note goes, because it would become part of the sentence; `m²` and `10⁶` stay what they are. */
function superscript(before: string, mark: string): string | undefined {
  if (/^[*†‡§]+$/u.test(mark)) return before === '' ? undefined : '';
  if (!/^\d{1,3}(?:,\s*\d{1,3})*$/u.test(mark) || before === '') return undefined;
  const belongs = /(?:^|[^\p{L}])\p{L}{1,3}$|\d$/u.test(before) && /^\d+$/u.test(mark);
  return belongs ? Array.from(mark, (digit) => superscripts[Number(digit)] ?? digit).join('') : '';
}

/** That of most characters. */
function sizeOf(runs: readonly Run[]): number {
  const counts = new Map<number, number>();
  for (const run of runs) counts.set(run.size, (counts.get(run.size) ?? 0) + run.text.trim().length);
  return Array.from(counts).reduce((best, next) => (next[1] > best[1] ? next : best), [0, -1])[0];
}
