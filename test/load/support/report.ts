import { mkdir, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { megabytes, milliseconds, spreadOf } from './figures.ts';
import type { Measurement } from './measure.ts';
import type { Sample } from './traffic.ts';

/** What a run has found. */
export interface LoadReport {
  /** Names the files. */
  readonly name: string;
  readonly title: string;
  /** What was done: rates, durations. */
  readonly conditions: string;
  /** Markdown tables, one after the other. */
  readonly tables: readonly string[];
  /** What did not hold, a sentence each. */
  readonly broken: readonly string[];
  /** Everything, for programs. Durations are milliseconds, sizes bytes. */
  readonly figures: unknown;
}

/** Writes the report to `bench-results/` in the working folder and returns its text. */
export async function writeReport(report: LoadReport): Promise<string> {
  const { name, title, conditions, tables, broken, figures } = report;
  const folder = 'bench-results';
  const machine =
    `Node ${process.versions.node}, ${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? arch()}), ` +
    `${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()}; the client runs on the same machine`;
  const verdict = broken.length === 0 ? 'Everything held.' : broken.map((line) => `- ${line}`).join('\n');
  const text = [`# ${title}`, `${conditions} ${machine}.`, ...tables, verdict, ''].join('\n\n');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `load-${name}.md`), text);
  const data = { name, at: new Date().toISOString(), machine, conditions, broken, figures };
  await writeFile(join(folder, `load-${name}.json`), `${JSON.stringify(data, null, 2)}\n`);
  return text;
}

/** A Markdown table. */
export function tableOf(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const marks = columns.map((_, index) => (index === 0 ? '---' : '---:'));
  return [line(columns), line(marks), ...rows.map(line)].join('\n');
}

/** How long each kind of request took, and how it was answered. */
export function durationsTable(samples: readonly Sample[]): string {
  const rows = Array.from(byKind(samples), ([kind, of]) => durationsRow(kind, of));
  return tableOf(
    ['request', 'count', 'p50 ms', 'p95 ms', 'p99 ms', 'max ms', 'answered'],
    [...rows.toSorted(([a = ''], [b = '']) => a.localeCompare(b)), durationsRow('all', samples)],
  );
}

function durationsRow(name: string, samples: readonly Sample[]): string[] {
  const { count, p50, p95, p99, max } = spreadOf(samples.map(({ ms }) => ms));
  return [name, String(count), ...[p50, p95, p99, max].map(milliseconds), statusCounts(samples)];
}

/** Such as `200: 95, 429: 5`; `failed` is what has no whole response. */
export function statusCounts(samples: readonly Sample[]): string {
  const counts = new Map<number, number>();
  for (const { status } of samples) counts.set(status, (counts.get(status) ?? 0) + 1);
  return Array.from(counts)
    .toSorted(([a], [b]) => a - b)
    .map(([status, count]) => `${status === 0 ? 'failed' : status}: ${count}`)
    .join(', ');
}

/** What the server used between two measurements; nothing where it was started by somebody else. */
export function usageTables(measurements: readonly (readonly [string, Measurement | undefined])[]): string[] {
  const known = measurements.flatMap(([name, one]) => (one ? [[name, one] as const] : []));
  if (known.length === 0) return [];
  let before = known[0]?.[1];
  const rows = known.map(([name, one]) => {
    const spent = before && one.at > before.at ? (one.cpuMs - before.cpuMs) / (one.at - before.at) : 0;
    before = one;
    return [
      name,
      megabytes(one.rss),
      megabytes(one.heapUsed),
      one.files === undefined ? '–' : String(one.files),
      String(one.resources),
      `${(spent * 100).toFixed(0)} %`,
      ...[one.lag.p50, one.lag.p99, one.lag.max].map(milliseconds),
    ];
  });
  return [
    tableOf(
      [
        'server',
        'memory MiB',
        'heap MiB',
        'files',
        'handles',
        'CPU',
        'loop delay p50 ms',
        'p99 ms',
        'max ms',
      ],
      rows,
    ),
  ];
}

// Map.groupBy needs Node 21.
function byKind(samples: readonly Sample[]): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>();
  for (const sample of samples) {
    const group = groups.get(sample.kind);
    if (group) group.push(sample);
    else groups.set(sample.kind, [sample]);
  }
  return groups;
}
