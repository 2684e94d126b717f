import type { BenchResult, BenchTable } from './bench-part.ts';
import type { Machine } from './machine.ts';

/** What a part came to. */
export type PartOutcome =
  | { readonly name: string; readonly seconds: number; readonly result: BenchResult }
  | { readonly name: string; readonly seconds: number; readonly failure: string };

/** A run of the benchmark. */
export interface BenchRun {
  readonly machine: Machine;
  readonly smoke: boolean;
  readonly outcomes: readonly PartOutcome[];
}

/** The report of a run as Markdown. */
export function formatReport({ machine, smoke, outcomes }: BenchRun): string {
  const seconds = outcomes.reduce((sum, outcome) => sum + outcome.seconds, 0);
  return `${[
    '# Benchmark',
    ...(smoke ? ['A smoke run: it shows that everything runs; its figures mean nothing.'] : []),
    [
      `- Footnote ${machine.version}${machine.commit === undefined ? '' : `, commit ${machine.commit}`}`,
      `- ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb.toFixed(0)} GB of memory`,
      `- ${machine.system}, Node ${machine.node}`,
      `- ${machine.date}, ${(seconds / 60).toFixed(1)} minutes, load average before ${machine.load.toFixed(2)}`,
    ].join('\n'),
    ...outcomes.flatMap((outcome) =>
      'result' in outcome
        ? [`## ${outcome.result.title}`, ...outcome.result.tables.map(formatTable)]
        : [`## ${outcome.name}`, `Failed: ${oneLine(outcome.failure)}`],
    ),
  ].join('\n\n')}\n`;
}

/** A table as Markdown, with aligned columns. */
export function formatTable({ title, columns, rows, notes }: BenchTable): string {
  const cells = [columns, ...rows].map((row) => columns.map((_, index) => escaped(row[index] ?? '')));
  const widths = columns.map((_, index) => Math.max(3, ...cells.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [
    `### ${title}`,
    [line(head), rule, ...body.map(line)].join('\n'),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${oneLine(note)}`).join('\n')]),
  ].join('\n\n');
}

function escaped(cell: string): string {
  return oneLine(cell).replaceAll('|', String.raw`\|`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
