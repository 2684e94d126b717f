import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Answer } from '../../src/domain/answer.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { readEvents } from './support/read-events.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred, type Script, streamOf } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const question = 'How many came to the fair?';
const sse = { accept: 'text/event-stream' };
const withKey = (key: string, headers = {}) => ({ 'idempotency-key': key, ...headers });
const withId = z.object({ id: z.string() });

/** Every answer has another id, as real ones have. */
function numberedAnswers(): Script {
  let count = 0;
  return {
    answer: (asked) => {
      count += 1;
      return streamOf(eventsOf({ ...sampleAnswer({ question: asked }), id: `answer-${count}` }));
    },
  };
}

async function idIn(response: Response): Promise<string> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return withId.parse(await response.json()).id;
}

describe('POST /api/answers with an Idempotency-Key', () => {
  it('answers once, however often it is asked', async () => {
    const { post, assistant } = await serve({ script: numberedAnswers() });
    const first = await post('/api/answers', { question }, withKey('"8e03978e"'));
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const body: unknown = await first.json();
    // Spaces around a question, and members that nobody reads, make no other request of it; nor do quotes a key.
    for (const again of [{ question }, { question: ` ${question} `, colour: 'red' }]) {
      const repeated = await post('/api/answers', again, withKey('8e03978e'));
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      expect(repeated.headers.get('cache-control')).toBe('no-store');
      expect(repeated.headers.get('content-type')).toBe(first.headers.get('content-type'));
      expect(await repeated.json()).toEqual(body);
    }
    expect(assistant.calls).toHaveLength(1);
  });

  it('answers anew without a key, and under each other key', async () => {
    const { post } = await serve({ script: numberedAnswers() });
    const ask = async (headers?: Record<string, string>) =>
      idIn(await post('/api/answers', { question }, headers));
    expect([await ask(), await ask(), await ask(withKey('a')), await ask(withKey('b'))]).toEqual([
      'answer-1',
      'answer-2',
      'answer-3',
      'answer-4',
    ]);
  });

  it('refuses another question under the same key', async () => {
    const { post, assistant } = await serve();
    await post('/api/answers', { question }, withKey('a'));
    const other = await post('/api/answers', { question: 'How much was it?' }, withKey('a'));
    expect(await problemIn(other)).toMatchObject({
      status: 422,
      type: 'urn:footnote:idempotency-key-reused',
    });
    expect(assistant.calls).toHaveLength(1);
  });

  it('says that the first is still running, and gives its answer afterwards', async () => {
    const finished = deferred<Answer>();
    const asked = deferred<true>();
    const { post } = await serve({
      script: {
        ask: () => {
          asked.resolve(true);
          return finished.promise;
        },
      },
    });
    const first = post('/api/answers', { question }, withKey('a'));
    await asked.promise;
    const second = await post('/api/answers', { question }, withKey('a'));
    expect(second.headers.get('retry-after')).toBe('1');
    expect(await problemIn(second)).toMatchObject({
      status: 409,
      type: 'urn:footnote:idempotency-key-running',
    });
    finished.resolve(sampleAnswer());
    expect((await first).status).toBe(200);
    expect(await (await post('/api/answers', { question }, withKey('a'))).json()).toEqual(sampleAnswer());
  });

  it('keeps no failure', async () => {
    let attempts = 0;
    const { post } = await serve({
      script: {
        ask: async () => {
          attempts += 1;
          if (attempts === 1) throw new FootnoteError('not-found', 'There is no such conversation.');
          if (attempts === 2) throw new Error('A defect.');
          return sampleAnswer();
        },
      },
    });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      statuses.push((await post('/api/answers', { question }, withKey('a'))).status);
    }
    expect(statuses).toEqual([404, 500, 200, 200]);
    expect(attempts).toBe(3);
    expect((await post('/api/answers', { question: '' }, withKey('b'))).status).toBe(400);
    expect((await post('/api/answers', { question }, withKey('b'))).status).toBe(200);
  });

  it('streams the same answer again, also to who was given it as JSON', async () => {
    const { post, assistant } = await serve({ script: numberedAnswers() });
    const { events } = await readEvents(await post('/api/answers', { question }, withKey('a', sse)));
    const replayed = await post('/api/answers', { question }, withKey('a', sse));
    expect(replayed.headers.get('idempotency-replayed')).toBe('true');
    expect(replayed.headers.get('content-type')).toContain('text/event-stream');
    const again = z
      .array(
        z.looseObject({ type: z.string(), delta: z.string().optional(), answer: z.unknown().optional() }),
      )
      .parse((await readEvents(replayed)).events);
    expect(again.map(({ type }) => type)).toEqual(
      eventsOf(sampleAnswer({ question })).map(({ type }) => type),
    );
    expect(again.map(({ delta = '' }) => delta).join('')).toBe(sampleAnswer({ question }).text);
    const answer: unknown = await (await post('/api/answers', { question }, withKey('a'))).json();
    expect(answer).toMatchObject({ id: 'answer-1' });
    expect([events.at(-1), again.at(-1)]).toMatchObject([{ answer }, { answer }]);
    expect(assistant.calls).toHaveLength(1);
  });

  it('lets a stream be asked for again that its client left', async () => {
    const left = deferred<true>();
    let attempts = 0;
    const { post } = await serve({
      script: {
        answer: async function* (asked, signal) {
          attempts += 1;
          const [start, ...rest] = eventsOf(sampleAnswer({ question: asked }));
          if (start) yield start;
          if (attempts === 1) {
            await new Promise((resolve) => {
              signal.addEventListener('abort', resolve, { once: true });
            });
            left.resolve(true);
          }
          yield* rest;
        },
      },
    });
    const first = await post('/api/answers', { question }, withKey('a', sse));
    await first.body?.cancel();
    await left.promise;
    await expect.poll(async () => (await post('/api/answers', { question }, withKey('a'))).status).toBe(200);
    expect(attempts).toBe(2);
  });

  it.each(['', ' ', 'a b', 'x'.repeat(256), '"', 'caf\u00e9'])('refuses the key "%s"', async (key) => {
    const { post, assistant } = await serve();
    const problem = await problemIn(await post('/api/answers', { question }, withKey(key)));
    expect(problem).toMatchObject({ status: 400, type: 'urn:footnote:invalid-request' });
    expect(problem.detail).toContain('Idempotency-Key');
    expect(assistant.calls).toEqual([]);
  });
});

describe('an Idempotency-Key elsewhere', () => {
  it('has feedback counted once, for each answer', async () => {
    const { post, assistant } = await serve();
    const rate = async (id: string, rating: string) =>
      (await post(`/api/answers/${id}/feedback`, { rating }, withKey('a'))).status;
    expect([await rate('one', 'up'), await rate('one', 'up'), await rate('one', 'down')]).toEqual([
      204, 204, 422,
    ]);
    expect(await rate('two', 'down')).toBe(204);
    expect(assistant.calls.map(({ argument }) => argument)).toEqual([
      { answerId: 'one', feedback: { rating: 'up' } },
      { answerId: 'two', feedback: { rating: 'down' } },
    ]);
  });

  it('has a conversation begun once', async () => {
    let count = 0;
    const at = '2024-06-01T12:00:00.000Z';
    const { post } = await serve({
      script: {
        createConversation: async () => {
          count += 1;
          return { id: `conversation-${count}`, createdAt: at, expiresAt: at };
        },
      },
    });
    const create = (key: string) => post('/api/conversations', {}, withKey(key));
    for (const [key, id] of [
      ['a', 'conversation-1'],
      ['a', 'conversation-1'],
      ['b', 'conversation-2'],
    ] as const) {
      const response = await create(key);
      expect([response.status, response.headers.get('location')]).toEqual([201, `conversations/${id}`]);
      expect(await response.json()).toEqual({ id, createdAt: at, expiresAt: at });
    }
  });
});
