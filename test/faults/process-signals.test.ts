import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { answersFile, createAnswerStore } from '../../src/conversation/answer-store.ts';
import { createBayIndex } from '../support/bay-index.ts';
import { startCommand } from '../support/command.ts';
import { type TemporaryFolder } from '../support/folders.ts';
import { receivedEvents } from '../support/footnote-server.ts';
import { createGate, startOpenAiServer } from '../support/openai-server.ts';
import { asksForAnswer } from '../support/prompt-pointers.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';
const streams = 100;

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createBayIndex();
});

afterAll(() => folder.remove());

/** A model that writes a sentence; every other answer goes on when the gate is opened, the others never do. */
async function slowModel() {
  const gate = createGate();
  const never = new Promise<never>(() => {});
  let answers = 0;
  const model = await startOpenAiServer((request) => {
    if (!asksForAnswer(request)) return { steps: ['?'] };
    answers += 1;
    const wait = answers % 2 === 0 ? never : gate.opened;
    return { steps: ['It takes 240 passengers [S1]. It', wait, ' opened in 2023 [S1].'] };
  });
  onTestFinished(() => model.close());
  return { gate, baseUrl: model.baseUrl };
}

async function serve(env: Readonly<Record<string, string>>) {
  const running = startCommand('serve', ['--port', '0'], {
    cwd: folder.path,
    env: {
      RATE_LIMIT: 'off',
      LOG_LEVEL: 'warn',
      MAX_CONCURRENT_ANSWERS: String(streams),
      // However busy the machine is with other tests.
      MAX_LOOP_DELAY_MS: '60000',
      ...env,
    },
  });
  onTestFinished(async () => {
    running.signal('SIGKILL');
    await running.finished;
  });
  const [, url = ''] = await running.printed(/Footnote answers on (http:\S+)\n/u);
  return { running, url };
}

/** Begins so many streams; the result is there once each has its first sentence. */
async function beginStreams(url: string, count: number) {
  const finished: string[] = [];
  let begun = 0;
  let allBegun: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    allBegun = resolve;
  });
  const readers = Array.from({ length: count }, async () => {
    const response = await fetch(`${url}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ question }),
    });
    const events = [];
    for await (const event of receivedEvents(response)) {
      events.push(event);
      if (event.type === 'answer-end') finished.push(event.answer.id);
      if (event.type !== 'sentence-verdict' || event.sentence.start > 0) continue;
      begun += 1;
      if (begun === count) allBegun();
    }
    return events;
  });
  const ends = Promise.allSettled(readers);
  // One that fails is not waited for.
  await Promise.race([ready, Promise.all(readers)]);
  return { ends, finished };
}

function chat(baseUrl: string) {
  return { CHAT_MODEL: 'openai:test', OPENAI_BASE_URL: baseUrl, CHAT_TIMEOUT_MS: '600000' };
}

/** The answers in the store of the server that was ended. */
async function storedAnswers(ids: readonly string[]) {
  const store = createAnswerStore({ file: answersFile(join(folder.path, 'index')), retentionDays: 30 });
  try {
    return (await Promise.all(ids.map((id) => store.get(id)))).map((answer) => answer?.id);
  } finally {
    await store.close();
  }
}

describe('a server during a hundred streams', { timeout: 120_000 }, () => {
  it('lets those end that can when it is ended, and tells the others; what was finished is stored', async () => {
    const { gate, baseUrl } = await slowModel();
    const { running, url } = await serve({ ...chat(baseUrl), SHUTDOWN_TIMEOUT_MS: '4000' });
    const { ends } = await beginStreams(url, streams);
    running.signal('SIGTERM');
    await running.printed(/Stopping/u);
    const stoppedAt = performance.now();
    // As it comes directly and through npm.
    running.signal('SIGTERM');
    running.signal('SIGINT');
    await expect(fetch(`${url}/healthz`)).rejects.toThrow('fetch failed');
    gate.open();

    const results = (await ends).map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
    const lasts = results.map((events) => events.at(-1));
    const finished = lasts.flatMap((last) => (last?.type === 'answer-end' ? [last.answer.id] : []));
    const told = lasts.flatMap((last) => (last?.type === 'error' ? [last.problem] : []));
    expect([finished.length, told.length]).toEqual([streams / 2, streams / 2]);
    expect(new Set(told.map(({ status, detail }) => `${status} ${detail}`))).toEqual(
      new Set(['503 The server is stopping. Ask again in a moment.']),
    );
    const { code, stderr } = await running.finished;
    // The grace time, and what ending takes on a machine that does other things.
    expect(performance.now() - stoppedAt).toBeLessThan(4_000 + 3_000);
    expect({ code, isUnexpected: stderr.includes('Unexpected') }).toEqual({ code: 0, isUnexpected: false });
    expect(await storedAnswers(finished)).toEqual(finished);
  });

  it('ends at once when it is told to once more later', async () => {
    const { baseUrl } = await slowModel();
    const { running, url } = await serve({ ...chat(baseUrl), SHUTDOWN_TIMEOUT_MS: '600000' });
    const { ends } = await beginStreams(url, 2);
    running.signal('SIGTERM');
    await running.printed(/Stopping/u);
    // The first second is for the signal that comes twice; how often it is sent does not matter.
    do running.signal('SIGTERM');
    while ((await Promise.race([running.finished, setTimeout(100, undefined)])) === undefined);
    expect((await running.finished).code).toBe(143);
    expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('has all finished answers after it was killed, and answers again', async () => {
    const { gate, baseUrl } = await slowModel();
    const first = await serve(chat(baseUrl));
    const { ends, finished } = await beginStreams(first.url, 10);
    gate.open();
    await expect.poll(() => finished.length, { timeout: 20_000 }).toBe(5);
    first.running.signal('SIGKILL');
    const statuses = (await ends).map(({ status }) => status);
    expect(statuses.filter((status) => status === 'rejected')).toHaveLength(5);
    expect(await storedAnswers(finished)).toEqual(finished);
    const second = await serve({});
    const again = await beginStreams(second.url, 1);
    await again.ends;
    expect(again.finished).toHaveLength(1);
    expect(await storedAnswers([...finished, ...again.finished])).toEqual([...finished, ...again.finished]);
  });
});
