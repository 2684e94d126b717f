import { arrive } from './support/arrivals.ts';
import { durationsTable, type LoadReport, statusCounts, usageTables } from './support/report.ts';
import { createTraffic } from './support/traffic.ts';
import type { TrialOptions } from './support/trial.ts';

const usual = { rate: 40, minutes: 1 };
const short = { rate: 20, minutes: 2 / 60 };

/** Many readers at a constant rate. Every request must be answered. */
export async function load({ server, client, smoke, ...given }: TrialOptions): Promise<LoadReport> {
  const { rate: usualRate, minutes: usualMinutes } = smoke ? short : usual;
  const { rate = usualRate, minutes = usualMinutes, progress } = given;
  const traffic = await createTraffic(client);
  progress(`Warming up, then ${rate} requests a second for ${(minutes * 60).toFixed(0)} s.`);
  await arrive({ rate, seconds: smoke ? 1 : 5, send: traffic.send });
  const warm = traffic.samples.length;
  const before = await server.measure({ collect: true });
  await arrive({ rate, seconds: minutes * 60, send: traffic.send });
  const after = await server.measure();
  const samples = traffic.samples.slice(warm);
  const unanswered = samples.filter(({ status }) => status >= 400 || status === 0);
  const reasons = new Set(unanswered.map(({ kind, status, failure }) => `${kind}: ${failure ?? status}`));
  return {
    name: 'load',
    title: 'Steady load',
    conditions: `${rate} requests a second for ${(minutes * 60).toFixed(0)} s, whether or not earlier ones were answered.`,
    tables: [
      durationsTable(samples),
      ...usageTables([
        ['before', before],
        ['under load', after],
      ]),
    ],
    broken:
      unanswered.length === 0
        ? []
        : [
            `${unanswered.length} of ${samples.length} requests were not answered (${statusCounts(unanswered)}): ` +
              `${Array.from(reasons).slice(0, 5).join('; ')}.`,
          ],
    figures: { rate, seconds: minutes * 60, samples, before, after },
  };
}
