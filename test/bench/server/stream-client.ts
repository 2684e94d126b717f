// A process of its own: opens many streams of answers, one shortly after the other, and notes when each sentence arrives and
// when the model sent what completed it. Tells its parent when all are open, when the first has ended, and the result.
import { Agent, request } from 'node:http';
import process from 'node:process';

import { z } from 'zod';

import { microseconds, timeInWord } from './steady-clock.ts';

const settingsSchema = z.object({
  url: z.string(),
  questions: z.array(z.string()).min(1),
  streams: z.number(),
  /** Over which the streams begin, in milliseconds. */
  rampMs: z.number(),
  sentences: z.number(),
  words: z.number(),
});
const deltaSchema = z.object({ delta: z.string() });

const settings = settingsSchema.parse(JSON.parse(process.argv[2] ?? ''));
const agent = new Agent({ keepAlive: true, maxSockets: Infinity });

/** What came of one stream. Times are microseconds of the shared clock. */
interface Stream {
  readonly begun: number;
  /** Of the sentences, in order. */
  readonly arrivals: number[];
  /** When the model sent the first word of each. */
  readonly sent: number[];
  /** When the model was asked. */
  asked: number | undefined;
  /** Words of the reply that arrived. */
  words: number;
  failure: string | undefined;
  ended: boolean;
}

const streams: Stream[] = [];
let over = 0;

function read(stream: Stream, event: string, at: number): void {
  const [, type] = /^event: (.+)$/mu.exec(event) ?? [];
  if (type === 'answer-end') stream.ended = true;
  if (type === 'error') stream.failure = /^data: (.+)$/mu.exec(event)?.[1] ?? 'error';
  if (type !== 'text-delta') return;
  const { delta } = deltaSchema.parse(JSON.parse(/^data: (.+)$/mu.exec(event)?.[1] ?? ''));
  const words = delta
    .replace(/\[\d+\]/gu, '')
    .trim()
    .split(/\s+/u);
  const sent = timeInWord(words[0] ?? '');
  if (sent === undefined) {
    // Not the model's: it failed, and another writer went on.
    stream.failure ??= `unexpected: ${delta.slice(0, 60)}`;
    return;
  }
  stream.asked ??= timeInWord(words[1] ?? '');
  stream.words += words.length;
  stream.sent.push(sent);
  stream.arrivals.push(at);
}

function open(number: number): Promise<void> {
  const stream: Stream = {
    begun: microseconds(),
    arrivals: [],
    sent: [],
    asked: undefined,
    words: 0,
    failure: undefined,
    ended: false,
  };
  streams.push(stream);
  const question = settings.questions[number % settings.questions.length];
  return new Promise((resolve) => {
    const end = (failure?: string) => {
      stream.failure ??= failure;
      over += 1;
      if (over === 1) process.send?.({ state: 'first-over' });
      resolve();
    };
    const asked = request(
      `${settings.url}/api/answers`,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', accept: 'text/event-stream' } },
      (response) => {
        let rest = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          const at = microseconds();
          const events = (rest + text).split('\n\n');
          rest = events.pop() ?? '';
          for (const event of events) read(stream, event, at);
        });
        response.once('end', () =>
          end(stream.ended ? undefined : `${response.statusCode} ended early: ${rest}`),
        );
        response.once('error', (error) => end(error.message));
      },
    );
    asked.once('error', (error) => end(error.message));
    asked.end(JSON.stringify({ question }));
  });
}

const begin = microseconds();
const opened: Promise<void>[] = [];
for (let number = 0; number < settings.streams; number += 1) {
  const due = begin + (number * settings.rampMs * 1_000) / settings.streams;
  const wait = (due - microseconds()) / 1_000;
  if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
  opened.push(open(number));
}
const full = microseconds();
process.send?.({ state: 'all-open' });
await Promise.all(opened);
agent.destroy();

const milliseconds = (from: number, to: number) => (to - from) / 1_000;
/** What completes a sentence is the first word of the next; the last one's is not told. */
const delays = (stream: Stream) =>
  stream.arrivals.slice(0, -1).map((at, index) => milliseconds(stream.sent[index + 1] ?? at, at));
const expected = settings.sentences * settings.words;
process.send?.({
  state: 'done',
  /** From the question to the model's being asked. */
  before: streams.flatMap(({ begun, asked }) => (asked === undefined ? [] : [milliseconds(begun, asked)])),
  /** From the model's first token to the one that completes the first sentence: what is held back by design. */
  held: streams.flatMap(({ sent: [first, second] }) =>
    first === undefined || second === undefined ? [] : [milliseconds(first, second)],
  ),
  first: streams.flatMap((stream) => delays(stream).slice(0, 1)),
  /** Of all sentences that arrived while all streams were open. */
  all: streams.flatMap((stream) =>
    delays(stream).filter((_, index) => (stream.arrivals[index] ?? 0) >= full),
  ),
  lostWords: streams.reduce((sum, { words }) => sum + expected - words, 0),
  failures: streams.flatMap(({ failure }) => failure ?? []),
});
process.disconnect();
