import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { z } from 'zod';

import { arrive } from './support/arrivals.ts';
import type { Client } from './support/client.ts';
import { megabytes, slopeOf } from './support/figures.ts';
import type { Measurement } from './support/measure.ts';
import { durationsTable, type LoadReport, statusCounts, tableOf, usageTables } from './support/report.ts';
import { createTraffic } from './support/traffic.ts';
import type { TrialOptions } from './support/trial.ts';

const usual = { rate: 15, minutes: 15, everySeconds: 10, ingestSeconds: 20 };
const short = { rate: 15, minutes: 4 / 60, everySeconds: 0.5, ingestSeconds: 2 };

/** Share of the time that is not looked at: caches fill, code is compiled, the heap takes its size. */
const warmUp = 1 / 3;

/** Growth in an hour at which something leaks. Sizes are bytes. */
const bounds = { heapUsed: 12 * 2 ** 20, rss: 60 * 2 ** 20, files: 6, resources: 12 };

/** Most bytes on the disk that an answer takes with everything that belongs to it. */
const answerBytes = 64 * 1_024;

const jobSchema = z.object({ id: z.string(), state: z.string() });

/** Readers for a long time, some of whom leave midway, while articles come and go: memory and handles must stay flat. */
export async function soak({ server, client, smoke, ...given }: TrialOptions): Promise<LoadReport> {
  const plan = smoke ? short : usual;
  const { rate = plan.rate, minutes = plan.minutes, progress } = given;
  const traffic = await createTraffic(client, { leaving: 0.2 });
  progress(`${rate} requests a second for ${minutes.toFixed(1)} minutes, with articles that come and go.`);
  const measurements: Measurement[] = [];
  const ingests = { done: 0, failures: new Array<string>() };
  const end = performance.now() + minutes * 60_000;
  const sizeBefore = await folderSize(server.folder);

  const measuring = async () => {
    while (performance.now() < end) {
      const found = await server.measure({ collect: true });
      if (found) measurements.push(found);
      await setTimeout(plan.everySeconds * 1_000);
    }
  };
  const changing = async () => {
    while (performance.now() + 1_000 < end) {
      await changeArticles(client, ingests.done).then(
        () => void (ingests.done += 1),
        (error: unknown) => ingests.failures.push(String(error)),
      );
      await setTimeout(Math.min(plan.ingestSeconds * 1_000, Math.max(0, end - performance.now())));
    }
  };
  await Promise.all([arrive({ rate, seconds: minutes * 60, send: traffic.send }), measuring(), changing()]);
  const sizeAfter = await folderSize(server.folder);

  const steady = measurements.slice(Math.floor(measurements.length * warmUp));
  const growth = growthOf(steady);
  const unanswered = traffic.samples.filter(({ status }) => status >= 400 || status === 0);
  const stored = traffic.answers() + traffic.conversations();
  const grownBytes = sizeAfter - sizeBefore;
  const broken = [
    ...(unanswered.length > 0
      ? [`${statusCounts(unanswered)}; the first: ${unanswered[0]?.failure ?? unanswered[0]?.kind}.`]
      : []),
    ...(ingests.failures.length > 0 ? [`Ingests failed: ${ingests.failures[0]}`] : []),
    ...(ingests.done === 0 ? ['No article came or went.'] : []),
    ...(grownBytes > stored * answerBytes
      ? [`The folder grew by ${megabytes(grownBytes)} MiB with ${stored} answers and conversations.`]
      : []),
    ...(smoke
      ? []
      : Object.entries(bounds).flatMap(([name, bound]) => {
          const found = growth[name] ?? 0;
          return found > bound
            ? [`${name} grows by ${figure(name, found)} an hour; ${figure(name, bound)} is the limit.`]
            : [];
        })),
  ];
  return {
    name: 'soak',
    title: 'Soak',
    conditions: `${rate} requests a second for ${minutes.toFixed(1)} minutes, a fifth of the streams left midway, ${ingests.done} ingests.`,
    tables: [
      durationsTable(traffic.samples),
      tableOf(
        ['growth in an hour, after warming up', 'found', 'limit'],
        Object.entries(bounds).map(([name, bound]) => [
          name,
          figure(name, growth[name] ?? 0),
          figure(name, bound),
        ]),
      ),
      tableOf(
        ['stored', 'found'],
        [
          ['answers and conversations', String(stored)],
          ['folder grew by MiB', megabytes(grownBytes)],
        ],
      ),
      ...usageTables([
        ['at the beginning', measurements[0]],
        ['after warming up', steady[0]],
        ['at the end', measurements.at(-1)],
      ]),
    ],
    broken,
    figures: { rate, minutes, growth, measurements, ingests, stored, grownBytes },
  };
}

/** Growth of each figure in an hour. */
function growthOf(measurements: readonly Measurement[]): Readonly<Record<string, number>> {
  const slope = (of: (one: Measurement) => number) =>
    slopeOf(measurements.map((one) => ({ x: one.at, y: of(one) }))) * 3_600_000;
  return {
    heapUsed: slope(({ heapUsed }) => heapUsed),
    rss: slope(({ rss }) => rss),
    files: slope(({ files = 0 }) => files),
    resources: slope(({ resources }) => resources),
  };
}

function figure(name: string, value: number): string {
  return name === 'files' || name === 'resources' ? value.toFixed(1) : `${megabytes(value)} MiB`;
}

/** Adds an article and waits until it can be read, or takes away the one before. */
async function changeArticles(client: Client, number: number): Promise<void> {
  const id = `soak-${Math.floor(number / 2)}`;
  const isAddition = number % 2 === 0;
  const { status, text, failure } = await client.send(
    isAddition
      ? { method: 'POST', path: '/api/articles', body: article(id, number) }
      : { method: 'DELETE', path: `/api/articles/${id}?purge=true` },
  );
  if (status !== 202) throw new Error(`${id}: ${failure ?? `${status} ${text}`}`);
  const { id: jobId } = jobSchema.parse(JSON.parse(text));
  for (;;) {
    const looked = await client.send({ method: 'GET', path: `/api/ingest/jobs/${jobId}` });
    const job = jobSchema.parse(JSON.parse(looked.text));
    if (job.state === 'done') return;
    if (job.state === 'failed') throw new Error(`${id}: ${looked.text}`);
    await setTimeout(100);
  }
}

function article(id: string, number: number) {
  const sentences = Array.from(
    { length: 30 },
    (_, index) =>
      `In week ${index} of trial ${number}, the harbour office counted ${(index + 7) * 13} boats.`,
  );
  return { id, title: `The harbour trial ${number}`, language: 'en', text: sentences.join(' ') };
}

/** Bytes of all files below a folder; 0 where it is not known. */
async function folderSize(folder: string | undefined): Promise<number> {
  if (folder === undefined) return 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.map(async (entry) => {
    if (!entry.isFile()) return 0;
    // Generations come and go.
    return stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
