import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { createAnswerStore } from '../../src/conversation/answer-store.ts';
import { createConversationStore } from '../../src/conversation/conversation-store.ts';
import { createPoliteHosts } from '../../src/ingest/web/net/polite-hosts.ts';
import { answerNamed } from '../conversation/sample-records.ts';
import { serve } from '../http/support/serve.ts';
import { createFolder } from '../support/folders.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const tenYears = 3_652 * dayMs;
const start = Date.parse('2026-01-01T00:00:00Z');

describe('a clock that jumps ten years ahead', () => {
  let clock = start;

  beforeEach(() => {
    clock = start;
    // The looks for what is too old.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  async function newFile() {
    const folder = await createFolder();
    onTestFinished(() => folder.remove());
    return join(folder.path, 'store.sqlite');
  }

  function answersIn(file: string) {
    const store = createAnswerStore({ file, retentionDays: 30, now: () => clock });
    onTestFinished(() => store.close());
    return store;
  }

  it('removes no answer when it is right again before the next look', async () => {
    const store = answersIn(await newFile());
    await store.save(answerNamed('a'), []);
    vi.advanceTimersByTime(hourMs);
    clock += tenYears;
    vi.advanceTimersByTime(hourMs);
    expect(await store.get('a')).toEqual(answerNamed('a'));
    clock = start + 3 * hourMs;
    vi.advanceTimersByTime(hourMs);
    expect(await store.get('a')).toEqual(answerNamed('a'));
  });

  it('is believed when it stays so, and what is too old goes with the look after', async () => {
    const store = answersIn(await newFile());
    await store.save(answerNamed('a'), []);
    clock += tenYears;
    vi.advanceTimersByTime(hourMs);
    expect(await store.get('a')).toBeDefined();
    vi.advanceTimersByTime(hourMs);
    expect(await store.get('a')).toBeUndefined();
  });

  it('removes no answer when a server starts meanwhile', async () => {
    const file = await newFile();
    await answersIn(file).save(answerNamed('a'), []);
    clock += tenYears;
    expect(await answersIn(file).get('a')).toEqual(answerNamed('a'));
    clock = start;
    expect(await answersIn(file).get('a')).toEqual(answerNamed('a'));
  });

  it('hides conversations for as long, and ends none', async () => {
    const store = createConversationStore({ file: await newFile(), retentionDays: 30, now: () => clock });
    onTestFinished(() => store.close());
    const { id } = await store.create();
    await store.append(id, { id: 'a', question: 'Q?', text: 'A.' });
    clock += tenYears;
    vi.advanceTimersByTime(hourMs);
    expect(await store.get(id)).toBeUndefined();
    clock = start;
    expect((await store.get(id))?.turns).toHaveLength(2);
  });
});

describe('a clock that is set while a client is refused', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'] });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([
    ['back by a year', -365 * dayMs],
    ['ahead by ten years', tenYears],
  ])('%s neither lets it in nor keeps it out for longer', async (_what, jump) => {
    const { url } = await serve({
      traffic: { requestsPerMinute: 1, concurrentAnswers: 1, answerQueue: 0 },
    });
    const ask = async () => {
      const { status, headers } = await fetch(`${url}/api/articles`);
      return { status, seconds: Number(headers.get('retry-after') ?? 0) };
    };
    expect((await ask()).status).toBe(200);
    vi.setSystemTime(Date.now() + jump);
    const { status, seconds } = await ask();
    expect(status).toBe(429);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});

it('a clock that is set back keeps nobody waiting for a host longer than the usual pause', async () => {
  let clock = start;
  const waits: number[] = [];
  const sleep = async (ms: number) => void waits.push(ms);
  const hosts = createPoliteHosts({ delayMs: 1_000, now: () => clock, sleep });
  const response = {
    url: 'https://a.example/',
    status: 200,
    header: () => undefined,
    body: Buffer.alloc(0),
  };
  const visit = () => hosts.visit(new URL('https://a.example/'), async () => response);
  await visit();
  clock -= tenYears;
  await visit();
  expect(waits).toEqual([1_000]);
});
