// A process of its own: asks for whole answers, so many at a time, for a while. Tells its parent how long each took.
import { Agent, request } from 'node:http';
import process from 'node:process';

import { z } from 'zod';

const settings = z
  .object({
    url: z.string(),
    questions: z.array(z.string()).min(1),
    concurrency: z.number(),
    seconds: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const agent = new Agent({ keepAlive: true, maxSockets: settings.concurrency });

/** The status of the response; 0 where there was none. */
function ask(question: string): Promise<number> {
  return new Promise((resolve) => {
    const asked = request(
      `${settings.url}/api/answers`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', accept: 'application/json' } },
      (response) => {
        response.resume();
        response.once('end', () => resolve(response.statusCode ?? 0));
      },
    );
    asked.once('error', () => resolve(0));
    asked.end(JSON.stringify({ question }));
  });
}

let asked = 0;
const next = () => {
  asked += 1;
  return settings.questions[asked % settings.questions.length] ?? '';
};
const durations: number[] = [];
let failures = 0;

async function client(until: number, isCounted: boolean): Promise<void> {
  while (performance.now() < until) {
    const begin = performance.now();
    const status = await ask(next());
    if (!isCounted) continue;
    if (status === 200) durations.push(performance.now() - begin);
    else failures += 1;
  }
}

const run = (seconds: number, isCounted: boolean) => {
  const until = performance.now() + seconds * 1_000;
  return Promise.all(Array.from({ length: settings.concurrency }, () => client(until, isCounted)));
};
await run(settings.seconds / 5, false);
const begin = performance.now();
await run(settings.seconds, true);
const seconds = (performance.now() - begin) / 1_000;
agent.destroy();
process.send?.({ state: 'done', durations, failures, seconds });
process.disconnect();
