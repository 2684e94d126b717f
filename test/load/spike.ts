import { setTimeout } from 'node:timers/promises';

import { arrive } from './support/arrivals.ts';
import { megabytes, milliseconds, quantileOf } from './support/figures.ts';
import { durationsTable, type LoadReport, statusCounts, tableOf, usageTables } from './support/report.ts';
import { createTraffic, type Sample } from './support/traffic.ts';
import type { TrialOptions } from './support/trial.ts';

const usual = { rate: 30, times: 20, steady: 10, spike: 5, after: 15 };
const short = { rate: 10, times: 15, steady: 1, spike: 1, after: 2 };

/** What must hold. Durations are milliseconds, sizes bytes. */
const bounds = {
  /** Refusing costs nothing, so that whoever is refused knows it soon. */
  refusal: 1_500,
  /** From the end of the spike to requests that take no longer than before. */
  recovery: 2_000,
  /** More than this by which a request may be slower than the slowest twentieth before. */
  slower: 100,
  /** More than this that is kept, of the heap, once it was collected. */
  kept: 16 * 2 ** 20,
};

/** Width of the windows in which recovery is looked for, in milliseconds. */
const windowMs = 250;

/** A sudden crowd: some are refused, quickly; everyone else is answered, and soon after nothing is left of it. */
export async function spike({ server, client, smoke, ...given }: TrialOptions): Promise<LoadReport> {
  const plan = smoke ? short : usual;
  const { rate = plan.rate, progress } = given;
  const traffic = await createTraffic(client);
  const send = traffic.send;
  progress(`${rate} requests a second, ${plan.times} times as many for ${plan.spike} s, then ${rate} again.`);
  await arrive({ rate, seconds: smoke ? 1 : 5, send });
  const before = await server.measure({ collect: true });
  const begin = performance.now();
  const crowdAt = begin + plan.steady * 1_000;
  const quietAt = crowdAt + plan.spike * 1_000;
  const later = async (at: number, of: { rate: number; seconds: number }) => {
    await setTimeout(at - performance.now());
    await arrive({ ...of, send });
  };
  // Those who came before the crowd still come while it is there.
  await Promise.all([
    arrive({ rate, seconds: plan.steady + plan.spike + plan.after, send }),
    later(crowdAt, { rate: rate * (plan.times - 1), seconds: plan.spike }),
  ]);
  const crowded = await server.measure();
  const quiet = await server.measure({ collect: true });

  const samples = traffic.samples.filter(({ due }) => due >= begin);
  const steady = samples.filter(({ due }) => due < crowdAt);
  const crowd = samples.filter(({ due }) => due >= crowdAt && due < quietAt);
  const after = samples.filter(({ due }) => due >= quietAt);
  const usualMs = quantileOf(
    steady.map(({ ms }) => ms),
    0.95,
  );
  const recoveryMs = recovery(after, quietAt, usualMs + bounds.slower);
  const refused = crowd.filter(isRefusal);
  const refusalMs = quantileOf(
    refused.map(({ ms }) => ms),
    0.99,
  );
  const failed = samples.filter(
    (sample) => !isRefusal(sample) && (sample.status >= 400 || sample.status === 0),
  );
  const silent = samples.filter((sample) => isRefusal(sample) && !((sample.retryAfter ?? 0) >= 1));
  const keptBytes = before && quiet ? quiet.heapUsed - before.heapUsed : 0;

  const broken = [
    ...(failed.length > 0
      ? [
          `Requests failed that were not refused: ${statusCounts(failed)}; the first: ${failed[0]?.failure ?? failed[0]?.kind}.`,
        ]
      : []),
    ...(silent.length > 0 ? [`${silent.length} refusals do not say when to come again.`] : []),
    ...(refusalMs > bounds.refusal && !smoke
      ? [
          `Of a hundred refusals, the slowest took ${milliseconds(refusalMs)} ms; ${bounds.refusal} is the limit.`,
        ]
      : []),
    ...(recoveryMs > bounds.recovery && !smoke
      ? [
          `Requests were slow for ${milliseconds(recoveryMs)} ms after the spike; ${bounds.recovery} is the limit.`,
        ]
      : []),
    ...(keptBytes > bounds.kept && !smoke
      ? [
          `The heap holds ${megabytes(keptBytes)} MiB more than before; ${megabytes(bounds.kept)} is the limit.`,
        ]
      : []),
  ];
  return {
    name: 'spike',
    title: 'A sudden crowd',
    conditions: `${rate} requests a second for ${plan.steady} s, ${plan.times} times as many for ${plan.spike} s, and ${rate} for ${plan.after} s.`,
    tables: [
      `Before:\n\n${durationsTable(steady)}`,
      `In the crowd:\n\n${durationsTable(crowd)}`,
      `After it:\n\n${durationsTable(after)}`,
      tableOf(
        ['', 'found'],
        [
          ['refused', `${refused.length} of ${crowd.length}`],
          ['refusal p99 ms', milliseconds(refusalMs)],
          ['as fast as before after ms', milliseconds(recoveryMs)],
          ['heap kept MiB', megabytes(keptBytes)],
        ],
      ),
      ...usageTables([
        ['before', before],
        ['with the crowd', crowded],
        ['after, collected', quiet],
      ]),
    ],
    broken,
    figures: {
      rate,
      plan,
      refusalMs,
      recoveryMs,
      keptBytes,
      refused: refused.length,
      samples,
      before,
      crowded,
      quiet,
    },
  };
}

function isRefusal({ status }: Sample): boolean {
  return status === 429 || status === 503;
}

/** Milliseconds after `since` from which on nothing was refused or took longer than `limit` in nineteen of twenty requests. */
function recovery(samples: readonly Sample[], since: number, limit: number): number {
  const windows: Sample[][] = [];
  for (const sample of samples) (windows[Math.floor((sample.due - since) / windowMs)] ??= []).push(sample);
  const lastBad = windows.findLastIndex(
    (window) =>
      window !== undefined &&
      (window.some(isRefusal) ||
        quantileOf(
          window.map(({ ms }) => ms),
          0.9,
        ) > limit),
  );
  return (lastBad + 1) * windowMs;
}
