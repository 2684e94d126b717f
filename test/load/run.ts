import process from 'node:process';
import { parseArgs } from 'node:util';

import { load } from './load.ts';
import { soak } from './soak.ts';
import { spike } from './spike.ts';
import { createClient } from './support/client.ts';
import { writeReport } from './support/report.ts';
import { otherServer, startServer } from './support/server.ts';

const usage = `Usage: npm run -s load -- <load|spike|soak> [options]
  --rate N      requests a second
  --minutes N   how long load and soak take (soak: 15)
  --url URL     a server that runs already, with RATE_LIMIT=off; without it, one is started with the
                articles of corpus/ in a temporary folder
  --smoke       a few seconds that show that everything runs
Exit code 1 when something did not hold. The figures are written to bench-results/load-*.`;

const trials = { load, spike, soak };

class UsageError extends Error {}

async function run(): Promise<number> {
  const { name, rate, minutes, url, smoke } = readOptions();
  const trial = Object.entries(trials).find(([known]) => known === name)?.[1];
  if (!trial) throw new UsageError(`There is no trial "${name}".`);
  const progress = (text: string) => void process.stdout.write(`${text}\n`);
  const server = url === undefined ? await startServer(smoke ? { articles: 2 } : {}) : otherServer(url);
  const client = createClient(server.url);
  let broken: readonly string[];
  try {
    const report = await trial({ server, client, rate, minutes, smoke, progress });
    broken = report.broken;
    process.stdout.write(`\n${await writeReport(report)}`);
  } finally {
    client.close();
    const { code, errors } = await server.close();
    const problems = code === 0 ? errors : [...errors, `The server ended with exit code ${code}.`];
    for (const problem of problems.slice(0, 20)) process.stderr.write(`${problem}\n`);
    if (problems.length > 0) process.exitCode = 1;
  }
  return broken.length > 0 ? 1 : 0;
}

function readOptions() {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { rate: text, minutes: text, url: text, smoke: flag, help: { ...flag, short: 'h' } },
    });
    const [name = ''] = positionals;
    if (values.help) throw new UsageError('');
    return {
      name,
      rate: positive('rate', values.rate),
      minutes: positive('minutes', values.minutes),
      url: values.url,
      smoke: values.smoke,
    };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : '');
  }
}

function positive(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`--${name} must be a number above 0.`);
}

try {
  process.exitCode = Math.max(await run(), Number(process.exitCode ?? 0));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${[error.message, usage].filter((part) => part !== '').join('\n')}\n`);
    process.exitCode = error.message === '' ? 0 : 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
