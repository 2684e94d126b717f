import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { createLogger } from '../../src/http/logging/create-logger.ts';
import { bearer, keyStore } from './support/keys.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';
import { createTestLog } from './support/watch.ts';

const question = 'How many came to the fair, and who is Mallory?';
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u;

async function serveLogged(
  options: Parameters<typeof serve>[0] = {},
  log = createTestLog({ level: 'debug' }),
) {
  return { log, ...(await serve({ ...options, observers: [log.observer] })) };
}

describe('the log of requests', () => {
  it('tells each request in one line: id, method, route, status, time and bytes', async () => {
    const { url, log } = await serveLogged();
    const response = await fetch(`${url}/api/articles/some-article?version=${'0'.repeat(64)}`);
    await response.text();
    const lines = await log.after(1);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      level: 'info',
      msg: 'GET /api/articles/some-article 404',
      method: 'GET',
      route: '/api/articles/:id',
      path: '/api/articles/some-article',
      status: 404,
      requestId: response.headers.get('x-request-id'),
    });
    expect(lines[0]).toHaveProperty('requestId', expect.stringMatching(uuid));
    expect(lines[0]).toHaveProperty('durationMs', expect.any(Number));
    expect(Number(lines[0]?.['bytes'])).toBeGreaterThan(Number(response.headers.get('content-length') ?? 0));
  });

  it('adds what became of the question: outcome, writer, counts and times, but not the question', async () => {
    const { post, log } = await serveLogged();
    await (await post('/api/answers', { question })).text();
    const [line] = await log.after(1);
    expect(line?.['answer']).toMatchObject({
      id: 'answer-1',
      outcome: 'answered',
      language: 'en',
      writer: 'extractive',
      degraded: false,
      supported: 1,
      partial: 1,
      unsupported: 1,
      uncited: 0,
      droppedCitations: 0,
      removedSentences: 0,
      citations: 2,
      topScore: 0.9,
      stagesMs: {},
    });
    expect(log.text.join('')).not.toMatch(/Mallory|visitors/u);
  });

  it.each([
    ['/api/answers', { question }, 'text/event-stream'],
    ['/v1/chat/completions', { model: 'footnote', messages: [{ role: 'user', content: question }] }, '*/*'],
    ['/v1/responses', { model: 'footnote', input: question, stream: true }, '*/*'],
    [
      '/api/chat',
      { id: 'c', messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: question }] }] },
      '*/*',
    ],
  ])('tells of the answers of %s', async (path, body, accept) => {
    const { post, log } = await serveLogged();
    const response = await post(path, body, { accept });
    await response.text();
    const [line] = await log.after(1);
    expect(line).toMatchObject({ status: 200, route: path, answer: { outcome: 'answered' } });
    expect(log.text.join('')).not.toContain('Mallory');
  });

  it('tells the question where that is wanted', async () => {
    const { post, log } = await serveLogged({}, createTestLog({ withQuestions: true }));
    await (await post('/api/answers', { question })).text();
    expect((await log.after(1))[0]).toMatchObject({ answer: { question } });
  });

  it('keeps the query of an address out', async () => {
    const { url, log } = await serveLogged();
    await (await fetch(`${url}/articles?q=Mallory`)).text();
    const [line] = await log.after(1);
    expect(line).toMatchObject({ path: '/articles' });
    expect(log.text.join('')).not.toContain('Mallory');
  });

  it('cuts long paths', async () => {
    const { url, log } = await serveLogged();
    await (await fetch(`${url}/${'x'.repeat(5_000)}`)).text();
    const [line] = await log.after(1);
    expect(line).toMatchObject({ route: '(none)', path: `/${'x'.repeat(199)}`, status: 404 });
  });

  it('tells of a client that left before the end, and what was known by then', async () => {
    const [first, ...rest] = eventsOf(sampleAnswer());
    const never = deferred<void>();
    async function* answer() {
      if (first) yield first;
      await never.promise;
      yield* rest;
    }
    const { url, log } = await serveLogged({ script: { answer } });
    const leave = new AbortController();
    const response = await fetch(`${url}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ question }),
      signal: leave.signal,
    });
    await response.body?.getReader().read();
    leave.abort();
    expect((await log.after(1))[0]).toMatchObject({
      status: 200,
      aborted: true,
      answer: { outcome: 'aborted', language: 'en' },
    });
  });

  it('tells of a client that left before there was a status', async () => {
    const called = deferred<void>();
    const ask = () => {
      called.resolve();
      return new Promise<never>(() => undefined);
    };
    const { url, log } = await serveLogged({ script: { ask } });
    const leave = new AbortController();
    const response = fetch(`${url}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question }),
      signal: leave.signal,
    });
    await called.promise;
    leave.abort();
    await expect(response).rejects.toThrow('aborted');
    expect((await log.after(1))[0]).toMatchObject({
      level: 'info',
      status: 499,
      aborted: true,
      answer: { outcome: 'aborted' },
    });
  });

  it('names the key that a request came with, and never tells it', async () => {
    const keys = await keyStore();
    const header = await bearer(keys, 'read');
    const [{ id } = { id: '' }] = await keys.list();
    const { url, log } = await serveLogged({ access: { keys, required: true, widgetPublic: false } });
    await (await fetch(`${url}/api/articles`, { headers: header })).text();
    await (await fetch(`${url}/api/articles`, { headers: { 'x-api-key': 'fn_unknown-key' } })).text();
    const [known, unknown] = await log.after(2);
    expect(known).toMatchObject({ status: 200, keyId: id });
    expect(unknown).toMatchObject({ status: 401 });
    expect(unknown).not.toHaveProperty('keyId');
    expect(log.text.join('')).not.toMatch(/fn_|bearer/iu);
  });

  it('writes lines of probes at the level debug only', async () => {
    const { url, log } = await serveLogged({}, createTestLog({ level: 'info' }));
    await (await fetch(`${url}/healthz`)).text();
    await (await fetch(`${url}/readyz`)).text();
    await (await fetch(`${url}/nothing`)).text();
    expect(await log.after(1)).toMatchObject([{ path: '/nothing' }]);
  });

  it('writes failures of the server at the level error', async () => {
    const articles = () => Promise.reject(new Error('disk on fire'));
    const { url, log } = await serveLogged({ script: { articles } });
    await (await fetch(`${url}/api/articles`)).text();
    expect((await log.after(1))[0]).toMatchObject({ level: 'error', status: 500 });
  });
});

describe('the id of a request', () => {
  it.each(['7f1c-42', 'a.b_c', '3F0C1F7E-7C1D-4A57-9D7C-9A3A5F0F5F4E'])(
    'is the one it came with: %s',
    async (id) => {
      const { url } = await serve();
      const response = await fetch(`${url}/healthz`, { headers: { 'x-request-id': id } });
      expect(response.headers.get('x-request-id')).toBe(id);
    },
  );

  it.each(['', 'a b', 'a"b', '<script>', 'x'.repeat(129), 'á'])('is a new one in place of %j', async (id) => {
    const { url } = await serve();
    const response = await fetch(`${url}/healthz`, { headers: { 'x-request-id': id } });
    expect(response.headers.get('x-request-id')).toMatch(uuid);
  });

  it('is the instance of the problem, and of what is reported, so that one finds the other', async () => {
    const articles = () => Promise.reject(new Error('disk on fire'));
    const { url, failures } = await serve({ script: { articles } });
    const own = await fetch(`${url}/api/articles`);
    const { instance } = await problemIn(own);
    expect(instance).toBe(`urn:uuid:${own.headers.get('x-request-id')}`);
    const given = await fetch(`${url}/api/articles`, { headers: { 'x-request-id': 'edge-17' } });
    expect((await problemIn(given)).instance).toBe('urn:footnote:request:edge-17');
    expect(failures.map(({ context }) => context.instance)).toEqual([
      instance,
      'urn:footnote:request:edge-17',
    ]);
  });
});

describe('createLogger', () => {
  it('tells errors with their stack and causes, and none of their other members', () => {
    const log = createTestLog();
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { headers: { cookie: 'hidden-1' } });
    const error = new FootnoteError('model-failed', 'The model failed.', { cause });
    log.logger.error({ error }, 'POST /api/answers failed');
    expect(log.lines()[0]).toMatchObject({
      level: 'error',
      error: {
        type: 'FootnoteError',
        code: 'model-failed',
        message: 'The model failed.',
        stack: expect.stringContaining('logging.test.ts'),
        cause: { message: 'connect ECONNREFUSED' },
      },
    });
    expect(log.text.join('')).not.toContain('hidden-1');
  });

  it('ends with an error that is its own cause', () => {
    const log = createTestLog();
    const error = new Error('round');
    error.cause = error;
    log.logger.error({ error }, 'failed');
    expect(log.lines()).toHaveLength(1);
  });

  it('removes keys from messages, and never writes headers that hold some', () => {
    const log = createTestLog({ secrets: ['sk-0123456789', undefined] });
    const error = new Error('401 for sk-0123456789 with Authorization: Bearer fn_live_abcdefghijk');
    const headers = { authorization: 'Basic hidden-1', 'x-api-key': 'hidden-2', accept: '*/*' };
    log.logger.error({ error, headers, request: { headers }, authorization: 'hidden-3' }, 'failed');
    expect(log.text.join('')).not.toMatch(/sk-0123|fn_live|hidden/u);
    expect(log.lines()[0]).toMatchObject({ headers: { accept: '*/*', 'x-api-key': '[removed]' } });
  });

  it('writes nothing below its level', () => {
    const log = createTestLog({ level: 'warn' });
    log.logger.info({}, 'not this');
    log.logger.warn({}, 'but this');
    expect(log.lines().map(({ msg }) => msg)).toEqual(['but this']);
    const silent = createTestLog({ level: 'silent' });
    silent.logger.error({}, 'nor this');
    expect(silent.text).toEqual([]);
  });

  it('writes for people, one line with what belongs to it below, without control characters', () => {
    const text: string[] = [];
    const logger = createLogger({ level: 'info', format: 'pretty', write: (line) => text.push(line) });
    logger.info({ status: 200, answer: { outcome: 'partial', note: 'a b' } }, 'POST /api/answers 200');
    expect(text.join('')).toMatch(
      /^\d\d:\d\d:\d\d INFO {2}POST \/api\/answers 200 status=200 answer\.outcome=partial answer\.note="a b"\n$/u,
    );
    logger.error({ error: new Error('clear\u{1b}[2Jscreen') }, 'It failed');
    expect(text[1]).toMatch(/ ERROR It failed\n {4}Error: clear\u{fffd}\[2Jscreen\n {4} {4}at /u);
  });
});
