import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { startServer } from '../../src/http/server.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const question = 'How many came to the fair?';

describe('startServer', () => {
  it('says which setting to change when the port is taken', async () => {
    const { url } = await serve();
    const { port } = new URL(url);
    const second = startServer({
      app: () => undefined,
      host: '127.0.0.1',
      port: Number(port),
      shutdownTimeoutMs: 0,
    });
    await expect(second).rejects.toMatchObject({
      code: 'configuration',
      message: `Port ${port} on 127.0.0.1 is already in use.`,
      remedy: expect.stringContaining('PORT'),
    });
  });

  it('says which setting to change when the address is not one of this machine', async () => {
    const start = startServer({ app: () => undefined, host: '192.0.2.1', port: 0, shutdownTimeoutMs: 0 });
    await expect(start).rejects.toBeInstanceOf(FootnoteError);
    await expect(start).rejects.toMatchObject({ remedy: expect.stringContaining('HOST') });
  });

  it('gives an address that can be opened when it listens on every interface', async () => {
    const server = await startServer({
      app: (_request, response) => response.end('hi'),
      host: '0.0.0.0',
      port: 0,
      shutdownTimeoutMs: 0,
    });
    onTestFinished(() => server.close());
    expect(server.address).toMatch(/^http:\/\/localhost:\d+$/u);
    expect(await (await fetch(server.address.replace('localhost', '127.0.0.1'))).text()).toBe('hi');
  });
});

describe('close', () => {
  it('lets an answer under way finish, accepts no new one, and then calls onClose once', async () => {
    const called = deferred<void>();
    const go = deferred<void>();
    const closes: string[] = [];
    const server = await startServer({
      app: (_request, response) => {
        called.resolve();
        void go.promise.then(() => response.end('the answer'));
      },
      host: '127.0.0.1',
      port: 0,
      shutdownTimeoutMs: 10_000,
      onClose: async () => {
        closes.push('closed');
      },
    });
    const answer = fetch(server.address);
    await called.promise;
    const closed = Promise.all([server.close(), server.close()]);
    await expect(fetch(server.address)).rejects.toThrow('fetch failed');
    expect(closes).toEqual([]);
    go.resolve();
    const response = await answer;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.text()).toBe('the answer');
    await closed;
    expect(closes).toEqual(['closed']);
  });

  it('lets a stream under way finish, and does not wait for its kept-alive connection', async () => {
    const go = deferred<void>();
    const [first, ...rest] = eventsOf(sampleAnswer());
    async function* answer() {
      if (first) yield first;
      await go.promise;
      yield* rest;
    }
    const { post, close } = await serve({ script: { answer }, shutdownTimeoutMs: 20_000 });
    const response = await post('/api/answers', { question }, { accept: 'text/event-stream' });
    const startedAt = performance.now();
    const closed = close();
    go.resolve();
    expect(await response.text()).toContain('event: answer-end');
    await closed;
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('does not wait for idle connections', async () => {
    const { url, close } = await serve({ shutdownTimeoutMs: 20_000 });
    await (await fetch(`${url}/healthz`)).text();
    const { hostname, port } = new URL(url);
    const silent = connect(Number(port), hostname);
    await once(silent, 'connect');
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    silent.destroy();
  });

  it('tells who would have no answer when the time is up, and aborts the work', async () => {
    const called = deferred<AbortSignal>();
    const ask = (_question: string, signal: AbortSignal) => {
      called.resolve(signal);
      return new Promise<never>(() => undefined);
    };
    const { post, close } = await serve({ script: { ask }, shutdownTimeoutMs: 1_000 });
    const answer = post('/api/answers', { question });
    const signal = await called.promise;
    const [told] = await Promise.all([answer, close()]);
    expect([told.status, told.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await problemIn(told)).toMatchObject({ detail: expect.stringContaining('stopping') });
    expect(signal.aborted).toBe(true);
  });

  it('cuts off a request that is not even complete when the time is up', async () => {
    const { url, close } = await serve({ shutdownTimeoutMs: 50 });
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.write(
      'POST /api/answers HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n' +
        'expect: 100-continue\r\n\r\n{',
    );
    const [told]: unknown[] = await once(socket, 'data');
    expect(String(told)).toMatch(/^HTTP\/1\.1 100 /u);
    const cut = once(socket, 'close');
    await close();
    await cut;
    expect(socket.destroyed).toBe(true);
  });
});
