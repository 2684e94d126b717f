import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

import type { BenchOptions, BenchPart } from './bench-part.ts';
import { describeMachine } from './machine.ts';
import { type PartName, readOptions, type RunOptions, usage, UsageError } from './options.ts';
import { formatReport, type PartOutcome } from './report.ts';

/** Loaded one by one, so that a part that cannot be loaded keeps no other from running. */
const parts: Readonly<Record<PartName, () => Promise<BenchPart>>> = {
  vectors: async () => (await import('./vectors/bench-vectors.ts')).benchVectors,
  answers: async () => (await import('./answers/bench-answers.ts')).benchAnswers,
  ingest: async () => (await import('./ingest/bench-ingest.ts')).benchIngest,
  server: async () => (await import('./server/bench-server.ts')).benchServer,
};

/** Sizes of each part that fit into ten minutes on two cores. */
const defaultSizes: Readonly<Record<PartName, readonly number[]>> = {
  vectors: [1_000, 10_000],
  answers: [10_000, 50_000],
  // Files, not passages, and always as many.
  ingest: [],
  server: [10_000],
};

const smokeSizes = [200];

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  const machine = await describeMachine();
  const outcomes: PartOutcome[] = [];
  for (const name of options.only) outcomes.push(await runPart(name, options));
  const run = { machine, smoke: options.smoke, outcomes };
  const out = resolve(options.out);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'bench.md'), formatReport(run));
  await writeFile(join(out, 'bench.json'), `${JSON.stringify(run, undefined, 2)}\n`);
  for (const outcome of outcomes) {
    for (const { name, content } of 'result' in outcome ? (outcome.result.files ?? []) : []) {
      await writeFile(join(out, name), content);
    }
  }
  const failed = outcomes.filter((outcome) => 'failure' in outcome);
  process.stdout.write(formatReport(run));
  process.stderr.write(`The results are in ${out}.\n`);
  return failed.length === 0 ? 0 : 1;
}

async function runPart(name: PartName, options: RunOptions): Promise<PartOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'footnote-bench-'));
  const begin = performance.now();
  const seconds = () => (performance.now() - begin) / 1_000;
  try {
    const part = await parts[name]();
    const settings: BenchOptions = {
      sizes: options.sizes ?? (options.smoke ? smokeSizes : defaultSizes[name]),
      smoke: options.smoke,
      folder,
      ...(options.keep !== undefined && { keep: resolve(options.keep) }),
      progress: (text) => process.stderr.write(`${seconds().toFixed(0).padStart(4)} s  ${text}\n`),
    };
    const result = await part(settings);
    return { name, seconds: seconds(), result };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${name} failed: ${failure}\n`);
    return { name, seconds: seconds(), failure };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
