import { createServer as createTcpServer } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createSafeFetch, type SafeFetch, type WebRequest } from '../../../src/ingest/web/net/safe-fetch.ts';
import { answering, redirecting, startWebSite, type WebSite } from '../../support/web-site.ts';

let site: WebSite;
let web: SafeFetch;

beforeEach(async () => {
  site = await startWebSite();
  web = createSafeFetch({
    allowedHosts: [site.host],
    timeoutMs: 2_000,
    maxBytes: 20_000,
    userAgent: 'Footnote/0.1',
  });
});
afterEach(async () => {
  await web.close();
  await site.close();
});

function ask(path: string, options?: WebRequest) {
  return web.fetch(`${site.origin}${path}`, options);
}

describe('fetching a document', () => {
  it('says who asks, unpacks what comes, and sends no cookies back', async () => {
    const seen: unknown[] = [];
    site.answers.set('/a', (request, response) => {
      seen.push(request.headers.cookie, request.headers['user-agent']);
      response.writeHead(200, {
        'content-type': 'text/html',
        'content-encoding': 'gzip',
        'set-cookie': 'a=b',
      });
      response.end(gzipSync('xin chào'));
    });
    site.answers.set('/b', answering(brotliCompressSync('hello'), { 'content-encoding': 'br' }));
    expect((await ask('/a')).body.toString()).toBe('xin chào');
    expect((await ask('/a')).status).toBe(200);
    expect((await ask('/b')).body.toString()).toBe('hello');
    expect(seen).toEqual([undefined, 'Footnote/0.1', undefined, 'Footnote/0.1']);
  });

  it('follows five redirects and says where it ended', async () => {
    for (let hop = 0; hop < 5; hop += 1) site.answers.set(`/${hop}`, redirecting(`/${hop + 1}`, 301));
    site.answers.set('/5', 'there');
    expect(await ask('/0')).toMatchObject({ status: 200, url: `${site.origin}/5` });
    site.answers.set('/round', redirecting('/round'));
    await expect(ask('/round')).rejects.toThrow(/redirects more than 5 times/u);
  });

  it('refuses more bytes than the limit: announced, sent, and packed', async () => {
    site.answers.set('/announced', answering('x'.repeat(20_001)));
    site.answers.set('/sent', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      for (let piece = 0; piece < 30; piece += 1) response.write('x'.repeat(1_000));
      response.end();
    });
    const zeros = Buffer.alloc(5_000_000);
    site.answers.set('/gzip', answering(gzipSync(zeros), { 'content-encoding': 'gzip' }));
    site.answers.set('/br', answering(brotliCompressSync(zeros), { 'content-encoding': 'br' }));
    for (const path of ['/announced', '/sent', '/gzip', '/br']) {
      await expect(ask(path)).rejects.toMatchObject({
        code: 'unreadable-article',
        message: expect.stringContaining('20000 bytes'),
      });
    }
    expect((await ask('/announced', { truncate: true })).body).toHaveLength(20_000);
  });

  it('refuses a packing that it did not ask for, broken packing, and types that are no articles', async () => {
    site.answers.set('/zstd', answering('x', { 'content-encoding': 'zstd' }));
    site.answers.set('/twice', answering('x', { 'content-encoding': 'gzip, gzip' }));
    site.answers.set('/broken', answering(gzipSync('hello').subarray(0, 12), { 'content-encoding': 'gzip' }));
    site.answers.set('/image', answering('x', { 'content-type': 'image/png' }));
    await expect(ask('/zstd')).rejects.toThrow(/packed as "zstd"/u);
    await expect(ask('/twice')).rejects.toThrow(/packed as/u);
    await expect(ask('/broken')).rejects.toThrow(/could not be fetched/u);
    await expect(ask('/image')).rejects.toThrow(/of the type image\/png/u);
  });

  it('does not wait for servers that send a byte now and then', async () => {
    const slow = createSafeFetch({
      allowedHosts: [site.host],
      timeoutMs: 200,
      maxBytes: 20_000,
      userAgent: 'Footnote/0.1',
    });
    site.answers.set('/body', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    site.answers.set('/hop', (_request, response) => {
      setTimeout(() => response.writeHead(302, { location: '/hop' }).end(), 90);
    });
    await expect(slow.fetch(`${site.origin}/body`)).rejects.toMatchObject({ code: 'timeout' });
    // The limit is for all redirects together.
    await expect(slow.fetch(`${site.origin}/hop`)).rejects.toMatchObject({ code: 'timeout' });
    await slow.close();
  });

  it('does not wait for headers that never end, nor take endless ones', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write(`x-${'a'.repeat(200)}: b\r\n`), 1);
      socket.on('close', () => clearInterval(drip));
    });
    await new Promise<void>((done) => {
      server.listen(0, '127.0.0.1', done);
    });
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const loris = createSafeFetch({
      allowedHosts: ['127.0.0.1'],
      timeoutMs: 3_000,
      maxBytes: 100,
      userAgent: 'Footnote/0.1',
    });
    const failure = await loris.fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => String(error));
    expect(failure).toMatch(/could not be fetched: .*HEADERS_OVERFLOW|did not answer/u);
    await loris.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  it('stops when it is told to, with the reason that it is given', async () => {
    site.answers.set('/', () => undefined);
    const stop = new AbortController();
    const asked = ask('/', { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it('says that nobody answers', async () => {
    await site.close();
    await expect(ask('/')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
