import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';

import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';

import { readJson } from '../../src/http/responses.ts';
import { startServer } from '../../src/http/server.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred, streamOf } from './support/scripted-assistant.ts';
import { serve } from './support/serve.ts';

const question = { question: 'How many came?' };

/** A reverse proxy on a free port that serves `upstream` below `prefix`, as people configure nginx or Caddy. */
async function proxy(
  upstream: string,
  { prefix, strip }: { prefix: string; strip: boolean },
): Promise<string> {
  const { hostname, port } = new URL(upstream);
  const server = createServer((request, response) => {
    const { method, headers, url = '' } = request;
    if (!url.startsWith(prefix)) return response.writeHead(404).end('Not of Footnote.');
    const outgoing = forward({
      hostname,
      port,
      method,
      path: strip ? url.slice(prefix.length) || '/' : url,
      headers: {
        ...headers,
        'x-forwarded-for': request.socket.remoteAddress,
        'x-forwarded-proto': 'https',
      },
    });
    outgoing.on('response', (incoming) => {
      response.writeHead(incoming.statusCode ?? 502, incoming.headers);
      incoming.pipe(response);
    });
    outgoing.on('error', () => response.destroy());
    request.pipe(outgoing);
    response.on('close', () => outgoing.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The proxy does not listen.');
  return `http://127.0.0.1:${address.port}${prefix}`;
}

describe('headers', () => {
  it('of the API let nothing run, and say nothing about the server', async () => {
    const { url, post } = await serve();
    const responses = [
      await post('/api/answers', question),
      await post('/api/answers', '{'),
      await fetch(`${url}/api/nothing`),
      await fetch(`${url}/healthz`),
    ];
    for (const { headers } of responses) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-security-policy': "default-src 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      for (const name of ['x-powered-by', 'server', 'strict-transport-security'])
        expect(headers.has(name)).toBe(false);
    }
  });

  it('of pages allow what is of this server, and nothing inline', async () => {
    const { url } = await serve();
    for (const path of ['/', '/articles', '/nowhere']) {
      const response = await fetch(url + path, { headers: { accept: 'text/html' } });
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/default-src 'none'; ?script-src 'self'; ?style-src 'self'/u);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|data:|https?:/u);
      // No page holds what the policy would block.
      expect(await response.text()).not.toMatch(/<style|style="|<script(?![^>]* src=)|\son\w+="/u);
    }
  });

  it('let other sites load the widget', async () => {
    const { url } = await serve();
    for (const path of ['/widget.js', '/widget.module.js']) {
      const { headers } = await fetch(url + path);
      expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
      expect(headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('ask for https where a trusted proxy says that it was used, and nowhere else', async () => {
    const strict = async (url: string) =>
      (await fetch(`${url}/healthz`, { headers: { 'x-forwarded-proto': 'https' } })).headers.get(
        'strict-transport-security',
      );
    const trusting = await serve({ proxy: { trusted: 1, basePath: '' } });
    expect(await strict((await serve()).url)).toBeNull();
    expect(await strict(trusting.url)).toBe('max-age=31536000');
    expect((await fetch(`${trusting.url}/healthz`)).headers.has('strict-transport-security')).toBe(false);
  });
});

describe('behind a proxy with a prefix', () => {
  it.each([
    ['that it removes', { prefix: '/desk/footnote', strip: true, basePath: '' }],
    ['that it passes on', { prefix: '/desk/footnote', strip: false, basePath: '/desk/footnote' }],
  ])('%s, pages and what they link to are there', async (_name, { prefix, strip, basePath }) => {
    const answer = sampleAnswer(question);
    const { url } = await serve({
      proxy: { trusted: ['loopback'], basePath },
      script: { storedAnswer: async () => answer },
    });
    const outside = await proxy(url, { prefix, strip });
    const opened = new Set<string>();
    const waiting = [
      `${outside}/`,
      `${outside}/articles`,
      `${outside}/answers/${answer.id}`,
      `${outside}/docs`,
    ];
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
      if (opened.has(page)) continue;
      opened.add(page);
      const response = await fetch(page, { headers: { accept: 'text/html, */*' } });
      expect([page, response.status]).toEqual([page, page.includes('/articles/') ? 404 : 200]);
      if (!response.headers.get('content-type')?.includes('html') || response.status !== 200) continue;
      for (const [, link = ''] of (await response.text()).matchAll(/(?:href|src|action)="([^"#]+)/gu)) {
        const target = new URL(link.replaceAll('&amp;', '&'), page);
        if (target.origin !== new URL(outside).origin) continue;
        expect([page, link, target.pathname.startsWith(`${prefix}/`)]).toEqual([page, link, true]);
        // A button that checks an answer again is no link to follow.
        if (!target.pathname.endsWith('/verify')) waiting.push(target.href);
      }
    }
    expect(opened.size).toBeGreaterThan(8);
    expect(Array.from(opened).some((page) => page.endsWith('.js'))).toBe(true);
    const answered = await fetch(`${outside}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    expect(answered.status).toBe(200);
    const openAi = await fetch(`${outside}/v1/nothing`);
    expect(await openAi.json()).toHaveProperty('error');
  });

  it('the address without a final slash leads to the page, so that its links hold', async () => {
    const { url } = await serve({ proxy: { trusted: false, basePath: '/footnote' } });
    const response = await fetch(`${url}/footnote?lang=vi`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/footnote/?lang=vi']);
    expect((await fetch(`${url}/footnotes`)).status).toBe(404);
    // Probes need not know the prefix.
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('events arrive one by one', async () => {
    const go = deferred<void>();
    const { url } = await serve({
      heartbeatMs: 20,
      script: {
        async *answer(asked) {
          const [first, ...rest] = eventsOf(sampleAnswer({ question: asked }));
          if (first) yield first;
          await go.promise;
          yield* streamOf(rest);
        },
      },
    });
    const outside = await proxy(url, { prefix: '/footnote', strip: true });
    const response = await fetch(`${outside}/api/answers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(question),
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    const decoder = new TextDecoder();
    let text = '';
    let heard = false;
    if (!response.body) throw new Error('There is no body.');
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true });
      heard ||= text.includes('\n: ') && !text.includes('answer-end');
      // The answer goes on only after a heartbeat has come through.
      if (heard) go.resolve();
    }
    expect(heard).toBe(true);
    expect(text).toContain('event: answer-end');
  });
});

/** Sends lines as they are, and gives what comes back until the connection ends. */
async function exchange(address: string, lines: readonly string[]): Promise<string> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1').setEncoding('utf8');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('data', (chunk: string) => {
    received += chunk;
  });
  socket.write(`${lines.join('\r\n')}\r\n`);
  await new Promise<void>((done) => {
    socket.once('close', () => done());
    socket.once('error', () => done());
  });
  return received;
}

describe('startServer with clients that are slow or send nonsense', () => {
  const timeouts = { headersMs: 200, requestMs: 400, checkMs: 50 };

  async function talk(lines: readonly string[]): Promise<string> {
    const calls: string[] = [];
    const server = await startServer({
      app: (request, response) => {
        calls.push(request.url ?? '');
        request.resume().on('end', () => response.end('done'));
      },
      host: '127.0.0.1',
      port: 0,
      shutdownTimeoutMs: 0,
      timeouts,
    });
    onTestFinished(() => server.close());
    return exchange(server.address, lines);
  }

  it('gives up on a header that does not end', async () => {
    const received = await talk(['POST / HTTP/1.1', 'host: x', 'x-slow: 1']);
    expect(received).toMatch(/^HTTP\/1\.1 408 /u);
    expect(received).toContain('application/problem+json');
  });

  it('gives up on a question that does not end sooner than on a file', async () => {
    const app = express();
    app.use(readJson(1_000, 50));
    app.post('/', (_request, response) => void response.end('done'));
    const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 0 });
    onTestFinished(() => server.close());
    const send = (lines: readonly string[]) => exchange(server.address, lines);
    const head = ['POST / HTTP/1.1', 'host: x', 'content-type: application/json', 'connection: close'];
    expect(await send([...head, 'content-length: 100', '', '{"question": "'])).toMatch(/^HTTP\/1\.1 408 /u);
    expect(await send([...head, 'content-length: 2', '', '{}'])).toMatch(/^HTTP\/1\.1 200 /u);
  });

  it('gives up on a body that does not end', async () => {
    const received = await talk(['POST / HTTP/1.1', 'host: x', 'content-length: 100', '', 'slow']);
    expect(received).toMatch(/^HTTP\/1\.1 408 /u);
    expect(received).toContain('"status":408');
  });

  it.each([
    ['no request', ['hello'], 400],
    ['an impossible length', ['POST / HTTP/1.1', 'host: x', 'content-length: -1', '', ''], 400],
    ['a header that is too long', ['GET / HTTP/1.1', 'host: x', `x: ${'x'.repeat(20_000)}`, '', ''], 431],
  ])('refuses %s with a problem', async (_name, lines, status) => {
    const received = await talk(lines);
    expect(received.split('\r\n')[0]).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(received.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, type: 'about:blank' });
  });
});
