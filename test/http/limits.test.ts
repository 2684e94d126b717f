import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { keyStore } from './support/keys.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const question = { question: 'How many came?' };
const traffic = { concurrentAnswers: 8, answerQueue: 8 };

describe('the rate limit', () => {
  it('says how much is left, and refuses with the time to come again', async () => {
    const { post, assistant } = await serve({ traffic: { ...traffic, requestsPerMinute: 2 } });
    const first = await post('/api/answers', question);
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"api"; q=2; w=60/u);
    expect(first.headers.get('ratelimit')).toMatch(/^"api"; r=1; t=\d+$/u);
    expect((await post('/api/answers', question)).headers.get('ratelimit')).toMatch(/r=0/u);
    const refused = await post('/api/answers', question);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await problemIn(refused)).toMatchObject({ status: 429, type: 'urn:footnote:too-many-requests' });
    // Whatever is called counts, and nothing else is done for it.
    expect((await post('/api/search', { query: 'fair' })).status).toBe(429);
    expect((await post('/v1/responses', {})).status).toBe(429);
    expect(assistant.calls).toHaveLength(2);
  });

  it('is looser for pages, and for what costs nothing', async () => {
    const { url } = await serve({ traffic: { ...traffic, requestsPerMinute: 1 } });
    const statuses = async (path: string, times: number) => {
      const all = [];
      for (let count = 0; count < times; count += 1) all.push((await fetch(url + path)).status);
      return all;
    };
    expect(await statuses('/articles', 5)).toEqual([200, 200, 200, 200, 429]);
    const [last, ...before] = (await statuses('/healthz', 21)).toReversed();
    expect([last, new Set(before)]).toEqual([429, new Set([200])]);
    expect(await statuses('/api/articles', 2)).toEqual([200, 429]);
  });

  it('counts each key for itself, and those without one by address', async () => {
    const keys = await keyStore();
    const { url } = await serve({
      access: { keys, required: false, widgetPublic: true },
      traffic: { ...traffic, requestsPerMinute: 1 },
    });
    const read = async (token?: string) =>
      (await fetch(`${url}/api/articles`, { headers: token === undefined ? {} : { 'x-api-key': token } }))
        .status;
    const one = await keys.create({ name: 'one', scopes: ['read'] });
    const two = await keys.create({ name: 'two', scopes: ['read'] });
    expect([await read(one.token), await read(one.token)]).toEqual([200, 429]);
    expect([await read(two.token), await read(two.token)]).toEqual([200, 429]);
    expect([await read(), await read()]).toEqual([200, 429]);
  });

  it('bounds the guessing of keys', async () => {
    const keys = await keyStore();
    const { url } = await serve({
      access: { keys, required: true, widgetPublic: false },
      traffic: { ...traffic, requestsPerMinute: 2 },
    });
    const guess = async (digit: number) => {
      const token = `fn_00000000000${digit}_${'0'.repeat(64)}`;
      return (await fetch(`${url}/api/articles`, { headers: { 'x-api-key': token } })).status;
    };
    expect([await guess(1), await guess(2), await guess(3)]).toEqual([401, 401, 429]);
  });

  it('believes nobody about their address, but a trusted proxy', async () => {
    const from = async (url: string, address: string) =>
      (await fetch(`${url}/api/articles`, { headers: { 'x-forwarded-for': address } })).status;
    const limited = { traffic: { ...traffic, requestsPerMinute: 1 } };
    const direct = await serve(limited);
    expect([await from(direct.url, '192.0.2.1'), await from(direct.url, '192.0.2.2')]).toEqual([200, 429]);
    for (const trusted of [1, ['loopback']]) {
      const { url } = await serve({ ...limited, proxy: { trusted, basePath: '' } });
      expect([await from(url, '192.0.2.1'), await from(url, '192.0.2.2')]).toEqual([200, 200]);
      // What the client itself had put before the proxy's word does not count.
      expect(await from(url, '203.0.113.9, 192.0.2.1')).toBe(429);
    }
    // One network of IPv6 is one customer.
    const { url } = await serve({ ...limited, proxy: { trusted: 1, basePath: '' } });
    expect([await from(url, '2001:db8:1:100::1'), await from(url, '2001:db8:1:1ff::2')]).toEqual([200, 429]);
    expect(await from(url, '2001:db8:1:200::1')).toBe(200);
  });
});

describe('the limit of answers at a time', () => {
  /** A server whose answers wait for `go`. */
  async function slowServer(limits: { concurrentAnswers: number; answerQueue: number }) {
    const go = deferred<void>();
    const started: string[] = [];
    const served = await serve({
      traffic: limits,
      script: {
        async *answer(asked) {
          started.push(asked);
          await go.promise;
          yield* eventsOf(sampleAnswer({ question: asked }));
        },
      },
    });
    return { ...served, go, started };
  }

  it('refuses at once what may not wait, whichever interface asks', async () => {
    const { post, go, started } = await slowServer({ concurrentAnswers: 1, answerQueue: 0 });
    const first = post('/api/answers', { question: 'one' });
    await expect.poll(() => started).toEqual(['one']);
    const stream = { accept: 'text/event-stream' };
    const messages = [{ role: 'user', content: 'two' }];
    const refused = await Promise.all([
      post('/api/answers', { question: 'two' }),
      post('/api/answers', { question: 'two' }, stream),
      post('/v1/chat/completions', { model: 'footnote', messages }),
      post('/v1/chat/completions', { model: 'footnote', messages, stream: true }, stream),
      post('/v1/responses', { model: 'footnote', input: 'two' }),
    ]);
    for (const response of refused) {
      expect([response.url, response.status, response.headers.get('retry-after')]).toEqual([
        response.url,
        429,
        '5',
      ]);
    }
    expect(started).toEqual(['one']);
    go.resolve();
    expect((await first).status).toBe(200);
  });

  it('lets others wait, and answers them when there is a place', async () => {
    const { post, go, started } = await slowServer({ concurrentAnswers: 2, answerQueue: 4 });
    const answers = ['1', '2', '3', '4', '5', '6'].map((name) => post('/api/answers', { question: name }));
    await expect.poll(() => started.length).toBe(2);
    go.resolve();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(started).toHaveLength(6);
  });

  it('frees the place of who leaves, while answered and while waiting', async () => {
    const { post, go, started, url } = await slowServer({ concurrentAnswers: 1, answerQueue: 1 });
    const ask = (name: string, signal: AbortSignal) =>
      fetch(`${url}/api/answers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ question: name }),
        signal,
      });
    const leaving = new AbortController();
    const first = ask('one', leaving.signal);
    await expect.poll(() => started).toEqual(['one']);
    const waiting = new AbortController();
    const second = ask('two', waiting.signal);
    waiting.abort();
    await expect(second).rejects.toThrow('aborted');
    leaving.abort();
    await expect(first).rejects.toThrow('aborted');
    // The answer that nobody wants hangs still, but its place is free.
    const third = post('/api/answers', { question: 'three' });
    await expect.poll(() => started).toContain('three');
    go.resolve();
    expect((await third).status).toBe(200);
  });

  it('frees the place of an answer that fails or takes too long', async () => {
    let count = 0;
    const { post } = await serve({
      traffic: { concurrentAnswers: 1, answerQueue: 0 },
      limits: { answerTimeoutMs: 100 },
      script: {
        // oxlint-disable-next-line require-yield
        async *answer() {
          count += 1;
          if (count === 1) throw new Error('broken');
          await new Promise(() => undefined);
        },
      },
    });
    const statuses = [];
    for (let turn = 0; turn < 3; turn += 1) statuses.push((await post('/api/answers', question)).status);
    expect(statuses).toEqual([500, 504, 504]);
  });

  it('does not concern reading', async () => {
    const { post, url, go, started } = await slowServer({ concurrentAnswers: 1, answerQueue: 0 });
    const first = post('/api/answers', { question: 'one' });
    await expect.poll(() => started).toEqual(['one']);
    expect((await fetch(`${url}/api/articles`)).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    go.resolve();
    expect((await first).status).toBe(200);
  });
});

describe('the limit of reading at a time', () => {
  /** A server of one reader at a time, who waits for `go`; it answers questions. */
  async function slowReading() {
    const go = deferred<void>();
    let reading = 0;
    let most = 0;
    const served = await serve({
      traffic: { ...traffic, concurrentReads: 1 },
      script: {
        async articles() {
          reading += 1;
          most = Math.max(most, reading);
          await go.promise;
          reading -= 1;
          return [];
        },
      },
    });
    const read = (path: string) => fetch(`${served.url}${path}`);
    return { ...served, read, go, most: () => most };
  }

  it('lets 64 wait for a place, and refuses the others at once, saying when to come again', async () => {
    const { read, go, most } = await slowReading();
    const first = read('/api/articles');
    await expect.poll(most, { timeout: 20_000 }).toBe(1);
    const refused: Response[] = [];
    const others = Array.from({ length: 88 }, async () => {
      const response = await read('/api/articles');
      if (response.status === 429) refused.push(response);
      return response;
    });
    await expect.poll(() => refused.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(24);
    go.resolve();
    expect((await first).status).toBe(200);
    await Promise.all(others);
    expect(new Set(refused.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['1']));
    expect(most()).toBe(1);
  });

  it('refuses who has waited for a second', async () => {
    const { read, url, go, most } = await slowReading();
    const first = read('/api/articles');
    await expect.poll(most, { timeout: 20_000 }).toBe(1);
    const page = fetch(`${url}/articles`, { headers: { accept: 'text/html' } });
    const second = await read('/api/articles');
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    expect([(await page).status, (await page).headers.get('retry-after')]).toEqual([429, '1']);
    expect(await problemIn(second)).toMatchObject({ type: 'urn:footnote:too-many-requests' });
    go.resolve();
    expect((await first).status).toBe(200);
  });

  it('concerns neither answers nor probes', async () => {
    const { read, post, go, most } = await slowReading();
    const first = read('/api/articles');
    await expect.poll(most, { timeout: 20_000 }).toBe(1);
    expect((await post('/api/answers', question)).status).toBe(200);
    expect((await read('/healthz')).status).toBe(200);
    expect((await read('/readyz')).status).toBe(200);
    go.resolve();
    expect((await first).status).toBe(200);
  });
});

describe('the size of a question', () => {
  it('is limited in each part', async () => {
    const { post, assistant } = await serve({ limits: { questionLength: 20, historyTurns: 2 } });
    const turn = { role: 'user', content: 'Who?' };
    const statusOf = async (body: unknown) => (await post('/api/answers', body)).status;
    expect(await statusOf({ question: 'x'.repeat(20), history: [turn, turn] })).toBe(200);
    expect(await statusOf({ question: 'x'.repeat(21) })).toBe(400);
    expect(await statusOf({ question: 'x', history: [turn, turn, turn] })).toBe(400);
    expect(await statusOf({ question: 'x'.repeat(30_000) })).toBe(413);
    expect(assistant.calls).toHaveLength(1);
  });

  it('is that of the body when it is unpacked', async () => {
    const { url, assistant } = await serve();
    const send = (body: Buffer<ArrayBuffer>, encoding: string) =>
      fetch(`${url}/api/answers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': encoding },
        body,
      });
    const pack = (text: string) => Buffer.from(gzipSync(text));
    expect((await send(pack(JSON.stringify(question)), 'gzip')).status).toBe(200);
    // 50 MB in 50 kB, and twice packed.
    const bomb = pack(`{"question":"${' '.repeat(50_000_000)}x"}`);
    expect((await send(bomb, 'gzip')).status).toBe(413);
    const small = pack(`{"question":"${' '.repeat(1_000_000)}x"}`);
    expect(small.length).toBeLessThan(20_000);
    expect((await send(small, 'gzip')).status).toBe(413);
    expect((await send(Buffer.from(gzipSync(bomb)), 'gzip, gzip')).status).toBe(415);
    expect(assistant.calls).toHaveLength(1);
  });
});
