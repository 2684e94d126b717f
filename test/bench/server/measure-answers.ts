import { z } from 'zod';

import { spreadOf } from '../../load/support/figures.ts';
import { type FootnoteProcess, runClient } from './processes.ts';

const resultSchema = z.object({ durations: z.array(z.number()), failures: z.number(), seconds: z.number() });

/** Whole answers, asked for by so many clients at a time. Durations are milliseconds. */
export type AnswerFigures = Awaited<ReturnType<typeof measureAnswers>>;

/** Asks for answers without a chat model for so many seconds, after a fifth of that to warm up. */
export async function measureAnswers(
  server: FootnoteProcess,
  options: { concurrency: number; seconds: number; questions: readonly string[] },
) {
  const run = await runClient('answer-client.js', { url: server.url, ...options }, resultSchema);
  const { lag, rss } = await server.measure();
  return {
    concurrency: options.concurrency,
    perSecond: run.durations.length / run.seconds,
    failures: run.failures,
    durations: spreadOf(run.durations),
    lag,
    rss,
  };
}
