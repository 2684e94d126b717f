import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { megabytes, milliseconds } from '../../load/support/figures.ts';
import type { BenchOptions, BenchPart, BenchTable } from '../bench-part.ts';
import { generatedQuestions } from '../support/generated-articles.ts';
import { buildGeneratedIndex } from './generated-index.ts';
import { type AnswerFigures, measureAnswers } from './measure-answers.ts';
import { measureStreams, type StreamFigures } from './measure-streams.ts';
import { startFootnote, startModelServer } from './processes.ts';
import { type ReplyShape, tokensPerSecond, usualShape } from './scripted-reply.ts';

const corpus = fileURLToPath(new URL('../../../../corpus', import.meta.url));
const suggestionsSchema = z.object({ suggestions: z.array(z.string()) });
const smokeShape: ReplyShape = { sentences: 7, words: 19 };

/** The server under load: streams of a chat model's answers, and whole answers without a model. */
export const benchServer: BenchPart = async (options) => {
  const streams = await benchStreams(options);
  const sizes = options.smoke
    ? options.sizes.slice(0, 1)
    : [...new Set([options.sizes[0], options.sizes.at(-1)])];
  const answers: SizedAnswers[] = [];
  for (const size of sizes) if (size !== undefined) answers.push(await benchAnswers(options, size));
  return {
    name: 'server',
    title: 'Server',
    tables: [streamTable(streams), answerTable(answers)],
    figures: { streams, answers },
  };
};

async function benchStreams({ folder, smoke, progress }: BenchOptions): Promise<StreamFigures[]> {
  const shape = smoke ? smokeShape : usualShape;
  const model = await startModelServer(tokensPerSecond, shape);
  try {
    const server = await startFootnote(
      { corpus, index: join(folder, 'server-streams') },
      { CHAT_MODEL: 'openai:bench', OPENAI_BASE_URL: model.url, CHAT_TIMEOUT_MS: '120000' },
    );
    try {
      const questions = await suggestedQuestions(server.url);
      // The first answers load what is loaded once.
      await measureStreams(server, { streams: 2, shape, questions });
      const all: StreamFigures[] = [];
      for (const streams of smoke ? [10] : [1, 50, 500]) {
        progress(`server: ${streams} streams`);
        all.push(await measureStreams(server, { streams, shape, questions }));
      }
      return all;
    } finally {
      await server.close();
    }
  } finally {
    await model.close();
  }
}

/** Questions that the articles answer, so that the model is asked. */
async function suggestedQuestions(url: string): Promise<string[]> {
  const found = await Promise.all(
    ['en', 'vi'].map(async (language) => {
      const response = await fetch(`${url}/api/suggestions?language=${language}`);
      return suggestionsSchema.parse(await response.json()).suggestions;
    }),
  );
  return found.flat();
}

interface SizedAnswers {
  readonly passages: number;
  readonly startMs: number;
  readonly runs: readonly AnswerFigures[];
}

async function benchAnswers(
  { folder, smoke, progress }: BenchOptions,
  passages: number,
): Promise<SizedAnswers> {
  progress(`server: answers from ${passages} passages`);
  const index = join(folder, `server-${passages}`);
  // No files, so that the articles stay what they are.
  const empty = join(folder, 'server-no-files');
  await mkdir(empty, { recursive: true });
  await buildGeneratedIndex(index, { corpus, passages });
  const questions = generatedQuestions({ corpus, passages, count: 200 });
  const server = await startFootnote({ corpus: empty, index }, {});
  try {
    // What the server finds for its chat page after its start would compete with the first answers.
    await suggestedQuestions(server.url);
    const runs: AnswerFigures[] = [];
    for (const concurrency of smoke ? [2] : [1, 4, 16]) {
      runs.push(await measureAnswers(server, { concurrency, seconds: smoke ? 1 : 8, questions }));
    }
    return { passages, startMs: server.startMs, runs };
  } finally {
    await server.close();
  }
}

function streamTable(figures: readonly StreamFigures[]): BenchTable {
  return {
    title: `Streamed answers of a chat model that sends ${tokensPerSecond} tokens a second for each`,
    columns: [
      'Streams',
      'Before the model is asked p50 / p99 (ms)',
      'Held back until the first sentence is whole p50 (ms)',
      'Added to the first sentence p50 / p99 (ms)',
      'Added to every sentence p50 / p99 (ms)',
      'CPU per token (ms)',
      'CPU (cores)',
      'Event-loop lag p50 / p99 (ms)',
      'Memory (MB)',
      'Lost words',
      'Errors',
    ],
    rows: figures.map((of) => [
      String(of.streams),
      `${milliseconds(of.before.p50)} / ${milliseconds(of.before.p99)}`,
      milliseconds(of.held.p50),
      `${milliseconds(of.firstAdded.p50)} / ${milliseconds(of.firstAdded.p99)}`,
      `${milliseconds(of.added.p50)} / ${milliseconds(of.added.p99)}`,
      of.cpuMsPerToken.toFixed(3),
      of.cpuShare.toFixed(2),
      `${milliseconds(of.lag.p50)} / ${milliseconds(of.lag.p99)}`,
      megabytes(of.rss),
      String(of.lostWords),
      String(of.failures.length),
    ]),
    notes: [
      'The model’s server and the client are processes of the same machine and share its cores.',
      'Before the model is asked: the question’s way to Footnote, a call that translates it, and the search.',
      'A sentence is sent when it is whole and verified, which shows with the first word of the next: that wait is ' +
        'the model’s own time, and what is added counts from the moment when the model sent that word.',
      'Processor time and event-loop lag (10 ms of it the timer’s own) while all streams were open.',
    ],
  };
}

function answerTable(answers: readonly SizedAnswers[]): BenchTable {
  return {
    title: 'Whole answers without a chat model, over HTTP',
    columns: [
      'Passages',
      'Clients',
      'Answers per second',
      'p50 (ms)',
      'p95 (ms)',
      'p99 (ms)',
      'Memory (MB)',
      'Errors',
    ],
    rows: answers.flatMap(({ passages, runs }) =>
      runs.map(({ concurrency, perSecond, durations, rss, failures }) => [
        String(passages),
        String(concurrency),
        perSecond.toFixed(0),
        milliseconds(durations.p50),
        milliseconds(durations.p95),
        milliseconds(durations.p99),
        megabytes(rss),
        String(failures),
      ]),
    ),
    notes: ['Generated articles and 200 questions about them. Each answer is stored before it is sent.'],
  };
}
