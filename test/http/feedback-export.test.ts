import { request } from 'node:http';

import { describe, expect, it } from 'vitest';

import type { StoredFeedback } from '../../src/domain/feedback.ts';
import { streamOf } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const entry = (n: number, comment = 'Cũ rồi.\nThật.'): StoredFeedback => ({
  answerId: `answer-${n}`,
  question: 'How many?',
  text: 'Many. [1]',
  rating: 'down',
  comment,
  givenAt: '2024-06-01T12:00:00.000Z',
});

/** The status for headers that `fetch` would not send. */
function statusWith(address: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject).end();
  });
}

describe('GET /api/feedback', () => {
  it('gives every entry as one line of JSON', async () => {
    const entries = [entry(1), entry(2), entry(3)];
    const { url } = await serve({ script: { feedback: () => streamOf(entries) } });
    const response = await fetch(`${url}/api/feedback`);
    expect(response.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const lines = (await response.text()).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(entries);
    const other = await fetch(`${url}/api/feedback`, { headers: { accept: 'application/x-ndjson' } });
    expect(other.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    await other.text();
  });

  it('streams: it waits for a reader who does not keep up', async () => {
    let given = 0;
    const { url } = await serve({
      script: {
        feedback: async function* () {
          for (; given < 20_000; given += 1) yield await Promise.resolve(entry(given, 'x'.repeat(2_000)));
        },
      },
    });
    const response = await fetch(`${url}/api/feedback`);
    await response.body?.getReader().read();
    // What the buffers between the two hold, and no more.
    await expect.poll(() => given, { interval: 100 }).toBeGreaterThan(0);
    const before = given;
    expect(before).toBeLessThan(20_000);
  });

  it('breaks off where the rest cannot be read, so that nobody takes it for all', async () => {
    const { url, failures } = await serve({
      script: {
        feedback: async function* () {
          yield await Promise.resolve(entry(1));
          throw new Error('The disk is gone.');
        },
      },
    });
    const response = await fetch(`${url}/api/feedback`);
    await expect(response.text()).rejects.toThrow(/terminated|aborted/u);
    expect(failures).toHaveLength(1);
  });

  it.each([
    ['through a proxy', { 'x-forwarded-for': '203.0.113.9' }],
    ['through another proxy', { forwarded: 'for=203.0.113.9' }],
    ['by a page of another site', { origin: 'https://evil.example' }],
    ['by a script of another site', { 'sec-fetch-site': 'cross-site' }],
    ['under a name that was made to lead here', { host: 'evil.example:3000' }],
  ])('is refused when asked for %s', async (_how, headers) => {
    const { url } = await serve({ allowedOrigins: ['*'], script: { feedback: () => streamOf([entry(1)]) } });
    expect(await statusWith(`${url}/api/feedback`, headers)).toBe(403);
    expect(await statusWith(`${url}/api/feedback`, {})).toBe(200);
  });

  it('says 405 and 406 where they are due', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/api/feedback`, { method: 'POST' })).status).toBe(405);
    const problem = await problemIn(await fetch(`${url}/api/feedback`, { headers: { accept: 'text/csv' } }));
    expect(problem.status).toBe(406);
  });
});
