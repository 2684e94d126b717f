import { connect, type Socket } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import type { AnswerEvent } from '../../src/domain/answer-event.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { readEvents } from './support/read-events.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const question = 'How many came to the fair?';
const [start, evidence] = eventsOf(sampleAnswer());

/** Answers nothing, heeds no signal, and tells when it was called and when it was told to stop. */
function createStuck(before: readonly (AnswerEvent | undefined)[] = []) {
  const called = deferred<void>();
  const aborted = deferred<unknown>();
  const wait = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => aborted.resolve(signal.reason));
    called.resolve();
    return new Promise<never>(() => undefined);
  };
  async function* answer(_question: string, signal: AbortSignal) {
    for (const event of before) if (event) yield event;
    await wait(signal);
  }
  return {
    called: called.promise,
    aborted: aborted.promise,
    answer,
    ask: async (_q: string, s: AbortSignal) => wait(s),
  };
}

/** A raw connection that has sent a question. */
function askRaw(url: string, accept: string): Socket {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ question });
  const socket = connect(Number(port), hostname);
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(
    [
      'POST /api/answers HTTP/1.1',
      'host: test',
      `accept: ${accept}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
  return socket;
}

describe('a client that leaves', () => {
  it.each([
    ['before JSON is ready', 'application/json', []],
    ['before the first event', 'text/event-stream', []],
    ['in the middle of the events', 'text/event-stream', [start, evidence]],
  ])('aborts the answer %s', async (_when, accept, before) => {
    const stuck = createStuck(before);
    const { url, failures } = await serve({ script: stuck });
    const socket = askRaw(url, accept);
    await stuck.called;
    socket.destroy();
    expect(await stuck.aborted).toMatchObject({ name: 'AbortError' });
    expect(failures).toEqual([]);
  });

  it('aborts a search', async () => {
    const called = deferred<AbortSignal | undefined>();
    const search = (_request: unknown, options?: { signal?: AbortSignal }) => {
      called.resolve(options?.signal);
      return new Promise<never>(() => undefined);
    };
    const { url } = await serve({ script: { search } });
    const leave = new AbortController();
    const request = fetch(`${url}/api/search`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: question }),
      signal: leave.signal,
    });
    const signal = await called.promise;
    const aborted = new Promise((resolve) => {
      signal?.addEventListener('abort', resolve);
    });
    leave.abort();
    await expect(request).rejects.toThrow('aborted');
    await aborted;
  });

  it('finds that a finished answer was not aborted', async () => {
    const { post, assistant } = await serve();
    await (await post('/api/answers', { question })).text();
    await (await post('/api/answers', { question }, { accept: 'text/event-stream' })).text();
    expect(assistant.calls.map(({ signal }) => signal?.aborted)).toEqual([false, false]);
  });
});

describe('an answer that takes too long', () => {
  it('is aborted and becomes a 504 while that can still be said', async () => {
    for (const accept of ['application/json', 'text/event-stream']) {
      const stuck = createStuck();
      const { post } = await serve({ script: stuck, limits: { answerTimeoutMs: 30 } });
      const problem = await problemIn(await post('/api/answers', { question }, { accept }));
      expect(problem).toMatchObject({ status: 504, type: 'urn:footnote:timeout' });
      expect(problem.detail).toContain('0.03 s');
      expect(await stuck.aborted).toBeInstanceOf(FootnoteError);
    }
  });

  it('is aborted and ends with an error event after that', async () => {
    const stuck = createStuck([start]);
    const { post } = await serve({ script: stuck, limits: { answerTimeoutMs: 60 } });
    const { events } = await readEvents(
      await post('/api/answers', { question }, { accept: 'text/event-stream' }),
    );
    expect(events).toEqual([
      start,
      { type: 'error', problem: expect.objectContaining({ status: 504, type: 'urn:footnote:timeout' }) },
    ]);
    expect(await stuck.aborted).toBeInstanceOf(FootnoteError);
  });

  it('is told as a timeout even when the assistant throws an error of its own on abort', async () => {
    const ask = (_question: string, signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('model call cancelled')));
      });
    const { post } = await serve({ script: { ask }, limits: { answerTimeoutMs: 30 } });
    expect((await problemIn(await post('/api/answers', { question }))).status).toBe(504);
  });
});

describe('a client that reads slowly', () => {
  // Far more than the buffers of two sockets hold.
  const delta = 'x'.repeat(1_000_000);
  const total = 64;

  function createFlood() {
    const counts: number[] = [];
    async function* answer() {
      const call = counts.push(0) - 1;
      if (start) yield start;
      for (let sent = 1; sent <= total; sent += 1) {
        yield { type: 'text-delta', delta } satisfies AnswerEvent;
        counts[call] = sent;
      }
      yield { type: 'answer-end', answer: sampleAnswer() } satisfies AnswerEvent;
    }
    return { counts, answer };
  }

  it('is waited for, and gets everything', async () => {
    const flood = createFlood();
    const { post } = await serve({ script: flood });
    const accept = { accept: 'text/event-stream' };
    const slow = await post('/api/answers', { question }, accept);
    // While this client does not read, another one gets a whole answer.
    expect((await readEvents(await post('/api/answers', { question }, accept))).events).toHaveLength(
      total + 2,
    );
    expect(flood.counts[0]).toBeLessThan(total);
    expect((await readEvents(slow)).events).toHaveLength(total + 2);
  });

  it('is given up when it reads nothing until the time is up', async () => {
    const flood = createFlood();
    const { url, failures, assistant } = await serve({ script: flood, limits: { answerTimeoutMs: 500 } });
    askRaw(url, 'text/event-stream').pause();
    await expect.poll(() => assistant.calls[0]?.signal?.aborted, { timeout: 10_000 }).toBe(true);
    expect(flood.counts[0]).toBeLessThan(total);
    await expect.poll(() => failures.map(({ error }) => error)).toMatchObject([{ code: 'timeout' }]);
  });
});
