import { z } from 'zod';

import { spreadOf } from '../../load/support/figures.ts';
import { type FootnoteProcess, runClient, type ServerMeasurement } from './processes.ts';
import { type ReplyShape, tokensPerSecond, tokensPerSentence } from './scripted-reply.ts';

const resultSchema = z.object({
  before: z.array(z.number()),
  held: z.array(z.number()),
  first: z.array(z.number()),
  all: z.array(z.number()),
  lostWords: z.number(),
  failures: z.array(z.string()),
});

/** Streams at a time, measured while all were open. Durations are milliseconds, sizes bytes. */
export type StreamFigures = Awaited<ReturnType<typeof measureStreams>>;

/** Opens `streams` answers of `shape` at a time and measures what the server adds to what the model sends. */
export async function measureStreams(
  server: FootnoteProcess,
  { streams, shape, questions }: { streams: number; shape: ReplyShape; questions: readonly string[] },
) {
  const { sentences, words } = shape;
  // As fast as the server can search for them, so that nothing waits for that.
  const rampMs = streams * 15;
  const measured: { at: number; of: ServerMeasurement }[] = [];
  const pending: Promise<void>[] = [];
  const measure = async () => {
    measured.push({ at: performance.now(), of: await server.measure() });
  };
  const result = await runClient(
    'stream-client.js',
    { url: server.url, questions, streams, rampMs, sentences, words },
    resultSchema,
    () => pending.push(measure()),
  );
  await Promise.all(pending);
  const [open, closing] = measured;
  const seconds = open && closing ? (closing.at - open.at) / 1_000 : 0;
  const cpuMs = open && closing ? closing.of.cpuMs - open.of.cpuMs : 0;
  const tokens = streams * tokensPerSecond * seconds;
  return {
    streams,
    tokens: streams * sentences * tokensPerSentence(shape),
    lostWords: result.lostWords,
    failures: result.failures,
    before: spreadOf(result.before),
    held: spreadOf(result.held),
    firstAdded: spreadOf(result.first),
    added: spreadOf(result.all),
    cpuMsPerToken: tokens === 0 ? 0 : cpuMs / tokens,
    cpuShare: seconds === 0 ? 0 : cpuMs / 1_000 / seconds,
    rss: closing?.of.rss ?? 0,
    lag: closing?.of.lag ?? { p50: 0, p99: 0, max: 0 },
    windowSeconds: seconds,
  };
}
