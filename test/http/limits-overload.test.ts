import express from 'express';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { createLoopWatch } from '../../src/http/limits/loop-watch.ts';
import { createLoadShedding } from '../../src/http/limits/shed-load.ts';
import { startServer } from '../../src/http/server.ts';
import { problemIn } from './support/serve.ts';

describe('the watch over the event loop', () => {
  let clock = 0;

  beforeEach(() => {
    clock = 0;
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  /** Turns of the loop that take so long each, after which its timer runs. */
  function turns(count: number, ms: number) {
    for (let turn = 0; turn < count; turn += 1) {
      clock += ms;
      vi.advanceTimersByTime(50);
    }
  }

  it('sees an overload in turns that are late for a second without a pause, and its end in one that is not', () => {
    const watch = createLoopWatch({ limitMs: 200, now: () => clock });
    turns(100, 50);
    expect(watch.isOverloaded()).toBe(false);
    turns(3, 300);
    expect(watch.isOverloaded()).toBe(false);
    turns(1, 300);
    expect(watch.isOverloaded()).toBe(true);
    turns(1, 100);
    expect(watch.isOverloaded()).toBe(false);
  });

  it('takes no single long turn for one, but any when there was an overload a moment ago', () => {
    const watch = createLoopWatch({ limitMs: 200, now: () => clock });
    turns(1, 900);
    expect(watch.isOverloaded()).toBe(false);
    for (let time = 0; time < 20; time += 1) {
      turns(1, 50);
      turns(1, 900);
      expect(watch.isOverloaded()).toBe(false);
    }
    turns(1, 300);
    expect(watch.isOverloaded()).toBe(true);
    turns(1, 50);
    turns(1, 300);
    expect(watch.isOverloaded()).toBe(true);
    turns(201, 50);
    turns(1, 300);
    expect(watch.isOverloaded()).toBe(false);
  });
});

describe('shedding', () => {
  /** A server whose answers wait, all of them together. */
  async function served() {
    let isOverloaded = false;
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let waiting = 0;
    const app = express()
      .use(createLoadShedding(500, { isOverloaded: () => isOverloaded }))
      .use((request, response) => {
        const answer = () => response.json({});
        if (request.path !== '/wait') return void answer();
        waiting += 1;
        void released.then(answer);
      });
    const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 1_000 });
    onTestFinished(() => server.close());
    return {
      get: (path: string) => fetch(`${server.address}${path}`),
      overload: () => {
        isOverloaded = true;
      },
      waiting: () => waiting,
      release,
    };
  }

  it('refuses what comes to a server that is behind with many requests, but no probe, and finishes those', async () => {
    const { get, overload, waiting, release } = await served();
    overload();
    const first = Array.from({ length: 64 }, () => get('/wait'));
    await expect.poll(waiting).toBe(64);
    const refused = await get('/api/articles');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await problemIn(refused)).toMatchObject({ type: 'urn:footnote:unavailable' });
    expect((await get('/healthz')).status).toBe(200);
    release();
    expect(new Set((await Promise.all(first)).map(({ status }) => status))).toEqual(new Set([200]));
    expect((await get('/api/articles')).status).toBe(200);
  });

  it('refuses nothing while few ask, however slow the machine is', async () => {
    const { get, overload, waiting, release } = await served();
    overload();
    const first = Array.from({ length: 63 }, () => get('/wait'));
    await expect.poll(waiting).toBe(63);
    expect((await get('/api/articles')).status).toBe(200);
    release();
    await Promise.all(first);
  });
});
