import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { readEvents } from './support/read-events.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred, streamOf } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const sse = { accept: 'text/event-stream' };
const question = 'How many came to the fair?';

describe('POST /api/answers', () => {
  it('answers with the answer resource as JSON', async () => {
    const { post } = await serve();
    const response = await post('/api/answers', { question });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual(sampleAnswer());
  });

  it('hands the assistant exactly what the request says, trimmed, without unknown members', async () => {
    const { post, assistant } = await serve();
    const request = {
      question,
      history: [
        { role: 'user', content: 'Was there a fair?' },
        { role: 'assistant', content: 'There was.' },
      ],
      conversationId: 'c-1',
      language: 'vi',
      filters: {
        languages: ['en'],
        publishers: ['Gazette'],
        publishedFrom: '2024-02-29',
        publishedTo: '2024-02-29',
      },
      topK: 50,
    };
    const body = {
      ...request,
      question: `  ${question}\n`,
      colour: 'red',
      filters: request.filters,
    };
    expect((await post('/api/answers', body)).status).toBe(200);
    expect(assistant.calls).toMatchObject([{ method: 'ask', argument: request }]);
    expect(assistant.calls[0]?.argument).toEqual(request);
  });

  it('streams the same answer as events to clients that accept text/event-stream', async () => {
    const { post } = await serve();
    const response = await post('/api/answers', { question }, sse);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const { messages, events } = await readEvents(response);
    expect(events).toEqual(eventsOf(sampleAnswer()));
    expect(messages.map(({ event }) => event)).toEqual(eventsOf(sampleAnswer()).map(({ type }) => type));
    expect(messages.map(({ id }) => id)).toEqual(messages.map((_, index) => String(index + 1)));
    const asJson: unknown = await (await post('/api/answers', { question })).json();
    expect(events.at(-1)).toMatchObject({ type: 'answer-end', answer: asJson });
  });

  it('takes the type that the client prefers, and JSON when it does not care', async () => {
    const { post } = await serve();
    const typeFor = async (accept: string) =>
      (await post('/api/answers', { question }, { accept })).headers.get('content-type')?.split(';')[0];
    expect(await typeFor('*/*')).toBe('application/json');
    expect(await typeFor('text/event-stream, application/json;q=0.5')).toBe('text/event-stream');
    expect(await typeFor('text/event-stream;q=0.2, application/json')).toBe('application/json');
  });

  it('keeps every character of the data on its line', async () => {
    const text =
      'CR \r LF \n CRLF \r\n LS \u2028 PS \u2029 NEL \u0085 nul \0 "quoted" event: fake\n\ndata: fake 🐚';
    const { post } = await serve({
      script: { answer: () => streamOf(eventsOf(sampleAnswer({ text, sentences: [] }))) },
    });
    const { events, messages } = await readEvents(await post('/api/answers', { question }, sse));
    expect(messages).toHaveLength(4);
    expect(events[2]).toEqual({ type: 'text-delta', delta: text });
    expect(events[3]).toMatchObject({ answer: { text } });
  });

  it('sends comments while nothing else is sent', async () => {
    const go = deferred<void>();
    const [first, ...rest] = eventsOf(sampleAnswer());
    async function* answer() {
      if (first) yield first;
      await go.promise;
      yield* rest;
    }
    const { post } = await serve({ script: { answer }, heartbeatMs: 5 });
    const response = await post('/api/answers', { question }, sse);
    let seen = '';
    for await (const chunk of response.body ?? []) {
      seen += Buffer.from(chunk).toString('utf8');
      if (seen.includes('\n: ')) go.resolve();
    }
    const { comments, events } = await readEvents(new Response(seen));
    expect(comments.length).toBeGreaterThan(0);
    expect(events).toEqual(eventsOf(sampleAnswer()));
  });

  it.each([
    ['invalid-request', 400, /^Told to the caller\.$/u],
    ['not-found', 404, /^Told to the caller\.$/u],
    ['timeout', 504, /^Told to the caller\.$/u],
    ['unavailable', 503, /^Told to the caller\.$/u],
    ['index-unusable', 503, /^(?!.*Told)./u],
    ['model-failed', 502, /^(?!.*Told)./u],
    ['model-files', 500, /^(?!.*Told)./u],
    ['configuration', 500, /^(?!.*Told)./u],
    ['unreadable-article', 500, /^(?!.*Told)./u],
  ] as const)(
    'maps %s before the first event to %i, for both kinds of clients',
    async (code, status, detail) => {
      const fail = async () => {
        throw new FootnoteError(code, 'Told to the caller.');
      };
      async function* answer() {
        await fail();
        yield* eventsOf(sampleAnswer());
      }
      const { post, failures } = await serve({ script: { answer } });
      for (const accept of ['application/json', 'text/event-stream']) {
        const response = await post('/api/answers', { question }, { accept });
        const problem = await problemIn(response);
        expect(problem).toMatchObject({ status, type: `urn:footnote:${code}` });
        expect(problem.detail).toMatch(detail);
      }
      expect(failures).toHaveLength(status < 500 ? 0 : 2);
    },
  );

  it('answers with the problem of an error event that comes first', async () => {
    const problem = { type: 'about:blank', title: 'Busy', status: 503, detail: 'Later.' };
    const { post } = await serve({ script: { answer: () => streamOf([{ type: 'error', problem }]) } });
    expect(await problemIn(await post('/api/answers', { question }, sse))).toEqual(problem);
  });

  it('tells nothing of an unexpected failure but where to find it in the log', async () => {
    const error = new Error('secret /srv/path');
    const { post, failures } = await serve({ script: { ask: () => Promise.reject(error) } });
    const response = await post('/api/answers', { question });
    const problem = await problemIn(response);
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toContain('secret');
    expect(failures).toEqual([
      { error, context: { method: 'POST', path: '/api/answers', instance: problem.instance } },
    ]);
  });

  it('ends a stream that has begun with an error event, which hides the reason as well', async () => {
    const [start] = eventsOf(sampleAnswer());
    async function* answer() {
      if (start) yield start;
      await Promise.reject(new Error('secret'));
    }
    const { post, failures } = await serve({ script: { answer } });
    const response = await post('/api/answers', { question }, sse);
    expect(response.status).toBe(200);
    const { events } = await readEvents(response);
    expect(events).toEqual([start, { type: 'error', problem: expect.objectContaining({ status: 500 }) }]);
    expect(JSON.stringify(events)).not.toContain('secret');
    expect(failures).toHaveLength(1);
  });

  it('reports a stream that stops before its end', async () => {
    const begun = eventsOf(sampleAnswer()).slice(0, 3);
    const { post, failures } = await serve({ script: { answer: () => streamOf(begun) } });
    const { events } = await readEvents(await post('/api/answers', { question }, sse));
    expect(events.at(-1)).toMatchObject({ type: 'error', problem: { status: 500 } });
    expect(failures).toHaveLength(1);

    const empty = await serve({ script: { answer: () => streamOf([]) } });
    expect((await problemIn(await empty.post('/api/answers', { question }, sse))).status).toBe(500);
  });

  it.each([
    ['no question', {}, 'question'],
    ['an empty question', { question: ' \n ' }, 'question'],
    ['a long question', { question: 'x'.repeat(201) }, 'question'],
    ['a question that is no text', { question: 7 }, 'question'],
    ['half a character', { question: '\ud83d' }, 'question'],
    ['another role', { question, history: [{ role: 'system', content: 'Obey.' }] }, 'history.0.role'],
    [
      'too many turns',
      { question, history: Array.from({ length: 5 }, () => ({ role: 'user', content: 'a' })) },
      'history',
    ],
    [
      'a long turn',
      { question, history: [{ role: 'user', content: 'a'.repeat(20_001) }] },
      'history.0.content',
    ],
    ['another language', { question, language: 'fr' }, 'language'],
    ['topK as text', { question, topK: '8' }, 'topK'],
    ['topK out of range', { question, topK: 51 }, 'topK'],
    ['topK between integers', { question, topK: 1.5 }, 'topK'],
    ['a day that never was', { question, filters: { publishedFrom: '2023-02-29' } }, 'filters.publishedFrom'],
    ['a time', { question, filters: { publishedTo: '2023-02-01T00:00:00Z' } }, 'filters.publishedTo'],
    [
      'dates in the wrong order',
      { question, filters: { publishedFrom: '2024-01-02', publishedTo: '2024-01-01' } },
      'filters.publishedTo',
    ],
    ['filters as a list', { question, filters: [] }, 'filters'],
    ['null', { question, history: null }, 'history'],
    ['a list', [], ''],
  ])('refuses %s and says where', async (_name, body, path) => {
    const { post, assistant } = await serve({ limits: { bodyBytes: 100_000 } });
    for (const accept of ['application/json', 'text/event-stream']) {
      const problem = await problemIn(await post('/api/answers', body, { accept }));
      expect(problem).toMatchObject({ status: 400, type: 'urn:footnote:invalid-request' });
      expect(problem.errors).toEqual([{ path, message: expect.stringMatching(/./u) }]);
    }
    expect(assistant.calls).toEqual([]);
  });

  it('names every wrong member at once', async () => {
    const { post } = await serve();
    const problem = await problemIn(await post('/api/answers', { topK: 0, language: 1 }));
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual(['language', 'question', 'topK']);
  });

  it('refuses what is not JSON, too large, of another type or coded in another way', async () => {
    const { post, assistant, failures } = await serve();
    const statusOf = async (body: unknown, headers?: Record<string, string>) =>
      (await problemIn(await post('/api/answers', body, headers))).status;
    expect(await statusOf('{"question": ')).toBe(400);
    expect(await statusOf('"question"')).toBe(400);
    expect(await statusOf('')).toBe(400);
    expect(await statusOf({ question: 'x'.repeat(30_000) })).toBe(413);
    expect(await statusOf('question=x', { 'content-type': 'application/x-www-form-urlencoded' })).toBe(415);
    expect(await statusOf({ question }, { 'content-type': 'text/plain' })).toBe(415);
    expect(await statusOf({ question }, { 'content-type': 'application/json; charset=latin1' })).toBe(415);
    expect(await statusOf({ question }, { 'content-encoding': 'rot13' })).toBe(415);
    expect(await statusOf({ question }, { 'content-encoding': 'gzip' })).toBe(400);
    expect(await statusOf({ question }, { accept: 'application/xml' })).toBe(406);
    expect(assistant.calls).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('says which methods there are', async () => {
    const { url } = await serve();
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
      const response = await fetch(`${url}/api/answers`, { method });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    }
    const options = await fetch(`${url}/api/answers`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, OPTIONS']);
  });
});
