import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { measurementSchema } from '../../load/support/measure.ts';
import type { ReplyShape } from './scripted-reply.ts';

/** What a server uses at a moment, and since the measurement before. */
export type ServerMeasurement = z.infer<typeof measurementSchema>;

/** A process that a part of the benchmark started. */
export interface BenchProcess {
  readonly url: string;
  close(): Promise<void>;
}

/** Footnote, as `npm start` runs it. */
export interface FootnoteProcess extends BenchProcess {
  /** From its start to its first ready answer, in milliseconds. */
  readonly startMs: number;
  measure(): Promise<ServerMeasurement>;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** The model's server, see `model-server.ts`. */
export async function startModelServer(tokensPerSecond: number, shape: ReplyShape): Promise<BenchProcess> {
  const child = fork(here('model-server.js'), [JSON.stringify({ tokensPerSecond, shape })]);
  const [message]: unknown[] = await Promise.race([once(child, 'message'), failed(child, 'model server')]);
  const { port } = z.object({ port: z.number() }).parse(message);
  return { url: `http://127.0.0.1:${port}/v1`, close: () => end(child) };
}

/** Serves the index and the articles in `folder`, with these settings beside the defaults. */
export async function startFootnote(
  folder: { readonly index: string; readonly corpus: string },
  settings: Readonly<Record<string, string>>,
): Promise<FootnoteProcess> {
  const begin = performance.now();
  const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env;
  const child = fork(`${root}/dist/cli/serve.js`, [], {
    cwd: root,
    silent: true,
    execArgv: ['--import', new URL('../../load/support/probe.js', import.meta.url).href],
    env: {
      PATH,
      HOME,
      NODE_OPTIONS,
      HOST: '127.0.0.1',
      PORT: '0',
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'error',
      MAX_CONCURRENT_ANSWERS: '1000',
      INDEX_DIR: folder.index,
      CORPUS_DIR: folder.corpus,
      FOLLOW: 'false',
      ...settings,
    },
  });
  const errors: string[] = [];
  if (child.stderr) createInterface(child.stderr).on('line', (line) => errors.push(line));
  const url = await Promise.race([listening(child), failed(child, 'server', errors)]);
  return {
    url,
    startMs: performance.now() - begin,
    close: () => end(child),
    async measure() {
      const answered = once(child, 'message');
      child.send('measure');
      const [message]: unknown[] = await answered;
      return measurementSchema.parse(message);
    },
  };
}

/** Runs a client to its end. `onState` is told of its states as they come. */
export async function runClient<T>(
  name: 'stream-client.js' | 'answer-client.js',
  settings: unknown,
  result: z.ZodType<T>,
  onState: (state: string) => void = () => undefined,
): Promise<T> {
  const child = fork(here(name), [JSON.stringify(settings)]);
  const done = new Promise<unknown>((resolve) => {
    child.on('message', (message) => {
      const { state } = z.object({ state: z.string() }).parse(message);
      if (state === 'done') resolve(message);
      else onState(state);
    });
  });
  const message = await Promise.race([done, failed(child, name)]);
  return result.parse(message);
}

async function listening(child: ChildProcess): Promise<string> {
  for await (const line of child.stdout ? createInterface(child.stdout) : []) {
    const url = /^Footnote answers on (\S+)$/u.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout?.resume();
    return url;
  }
  return new Promise(() => {});
}

async function failed(child: ChildProcess, name: string, errors: readonly string[] = []): Promise<never> {
  await once(child, 'exit');
  throw new Error(`The ${name} ended (${child.exitCode ?? child.signalCode}). ${errors.join('\n')}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
