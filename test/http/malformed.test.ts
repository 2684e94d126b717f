import { request } from 'node:http';

import { describe, expect, it } from 'vitest';

import { type Served, serve } from './support/serve.ts';

const junk = [
  '..',
  '../..',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e%2f%2e%2e%2fpackage.json',
  '..%5c..%5cpackage.json',
  '....//',
  '%',
  '%%',
  '%2',
  '%zz',
  '%00',
  'a%00b',
  '%ff',
  '%c0%ae',
  '%ed%a0%80',
  '%f0%9f%90',
  '%e2%80%a8',
  '%0d%0aset-cookie:x=1',
  '%25%32%65',
  '%2525252e',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '[object Object]',
  '*',
  ':id',
  '(.*)',
  "';drop table articles;--",
  '" or 1=1',
  '<script>',
  '${7*7}',
  '{{7*7}}',
  '`id`',
  '|id',
  '&&id',
  'C:',
  '~',
  '.env',
  '.git',
  'page.css%00.js',
  'page.js.map',
  'page.ts',
  'tsconfig.json',
  'PAGE.JS',
  'a'.repeat(5_000),
  '%F0%9F%90%9A',
  '\u00e9',
  '?',
  '?%',
  '?a[b]=c',
  '?language=%',
  '?language[]=en',
  '?from=\u0000',
  '?from=9999-99-99',
  '#',
  ';a=b',
  '//',
  '///example.com',
  '@example.com',
  '\\\\host\\share',
] as const;

const prefixes = ['/', '/api/', '/api/articles/', '/api/passages/', '/assets/', '/api/answers/'] as const;

const bodies = [
  '',
  '{',
  '}',
  'null',
  'true',
  '1',
  '""',
  '[]',
  '[[[[',
  '{"question":null}',
  '{"question":{}}',
  '{"question":[]}',
  '{"question":""}',
  '{"__proto__":{"question":"x"}}',
  '{"question":"\\ud800"}',
  '{"question":"x","filters":{"__proto__":1,"languages":{}}}',
  '\u0000',
  `{"a":${'['.repeat(5_000)}`,
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  '{"question":"x","topK":1e999}',
  '{"question":"x","topK":-0.1}',
  '\ufeff{',
  '{"question":"x","history":[null]}',
  '{"question":"x","history":{"length":1}}',
  '{"query":1}',
  'question=x',
  '<?xml version="1.0"?>',
] as const;

/** The status for a path that is sent as it is: `fetch` would tidy it up first. */
function statusOf(
  { url }: Served,
  path: string,
  { method = 'GET', body = '', type = 'application/json' } = {},
) {
  return new Promise<number>((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const headers = body === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
    const asked = request({ hostname, port, path, method, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject).end(body);
  });
}

// Node refuses to send control characters and non-ASCII in a path; a hostile client would send their bytes.
function sendable(path: string): string {
  return path.replace(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

describe('malformed requests', () => {
  it("are refused as the client's mistake, every one, and never as the server's", async () => {
    const served = await serve();
    const odd: string[] = [];
    let sent = 0;
    const check = async (name: string, status: Promise<number>, allowed: (status: number) => boolean) => {
      sent += 1;
      const got = await status;
      if (!allowed(got)) odd.push(`${name} → ${got}`);
    };
    for (const prefix of prefixes) {
      for (const piece of junk) {
        const path = sendable(prefix + piece);
        // What is left of some of these is an ordinary address with a query that it does not know.
        const address = path.replace(/[?#].*$/u, '');
        const harmless = address === '/' || (address === '/api/articles/' && !path.includes('?from='));
        await check(path, statusOf(served, path), (status) =>
          harmless ? status < 500 : status >= 400 && status < 500,
        );
      }
    }
    for (const body of bodies) {
      for (const path of ['/api/answers', '/api/search']) {
        for (const type of ['application/json', 'text/plain', 'application/json; charset=utf-7', '!']) {
          const status = statusOf(served, path, { method: 'POST', body, type });
          await check(`${path} ${type} ${body.slice(0, 40)}`, status, (code) => code >= 400 && code < 500);
        }
      }
    }
    expect(odd).toEqual([]);
    expect(sent).toBeGreaterThan(500);
    expect(served.failures).toEqual([]);
    expect(served.assistant.calls.filter(({ method }) => method === 'ask' || method === 'search')).toEqual(
      [],
    );
  });
});
