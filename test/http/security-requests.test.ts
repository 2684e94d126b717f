import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { type OpenAiServer, startOpenAiServer } from '../support/openai-server.ts';
import { asksForAnswer, pointerTo } from '../support/prompt-pointers.ts';
import { apiRoutes } from './support/api-routes.ts';
import { placed } from './support/fuzzed-request.ts';
import { inParallel, type RawRequest, sendRaw } from './support/raw-request.ts';

let folder: TemporaryFolder;
let model: OpenAiServer;
let server: FootnoteServer;
const hits: string[] = [];
const elsewhere = createServer((request, response) => {
  hits.push(`${request.method} ${request.url}`);
  response.end('seen');
});
let bait: string;

beforeAll(async () => {
  elsewhere.listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  bait = `http://127.0.0.1:${z.object({ port: z.int() }).parse(elsewhere.address()).port}`;
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  const html = `<html><head><title>The zeppelin</title><base href="${bait}/base">
<link rel="stylesheet" href="${bait}/style"><link rel="canonical" href="${bait}/canonical">
<script src="${bait}/script"></script></head><body><article><h1>The zeppelin</h1>
<p>The zeppelin museum opened in 1931. <img src="${bait}/image"> <iframe src="${bait}/frame"></iframe></p>
<p>It holds 14 airships, as <a href="${bait}/link">its list</a> says.</p></article></body></html>`;
  const markdown = `---\ntitle: Balloons\nsourceUrl: ${bait}/source\n---\nBalloons of the bay rise at 6 a.m. ![one](${bait}/image)\n`;
  await writeFiles(corpus, { ...bayArticles, 'zeppelin.html': html, 'balloons.md': markdown });
  model = await startOpenAiServer((request) => ({
    steps: asksForAnswer(request)
      ? [`It carries 240 passengers, see ![it](${bait}/model) ${pointerTo(request, '240 passengers')}.`]
      : ['?'],
  }));
  server = await serveFootnote({
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, 'index'),
    EMBEDDING_WORKERS: '1',
    CHAT_MODEL: 'openai:test',
    OPENAI_BASE_URL: model.baseUrl,
  });
  await server.assistant.ingest();
});

afterAll(async () => {
  await server.close();
  await model.close();
  elsewhere.close();
  await folder.remove();
});

const isText = (value: unknown) => typeof value === 'string';
const parameters = [
  'q',
  'url',
  'version',
  'answer',
  'cite',
  'cursor',
  'publisher',
  'language',
  'from',
  'lang',
];
const headers = [
  'origin',
  'referer',
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-for',
  'x-original-url',
  'x-request-id',
  'idempotency-key',
  'authorization',
  'traceparent',
  'link',
  'if-none-match',
];

function baited(): RawRequest[] {
  const usual = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream, text/html',
  };
  const requests = apiRoutes.flatMap(({ path, methods, body }): RawRequest[] => {
    const at = (name: string) => `${bait}${path.replace('{id}', 'x')}/${name}`;
    const plain = path.replace('{id}', 'ferry-2023');
    const address = path.replace('{id}', encodeURIComponent(at('id')));
    const query = parameters.map((name) => `${name}=${encodeURIComponent(at(name))}`).join('&');
    const all = Object.fromEntries(headers.map((name) => [name, at(name)]));
    const { host } = new URL(bait);
    return methods.flatMap((method): RawRequest[] => {
      const sent = body ? { body: JSON.stringify(body) } : {};
      return [
        { method, path: `${address}?${query}`, headers: usual, ...sent },
        { method, path: plain, headers: { ...usual, ...all }, ...sent },
        { method, path: plain, headers: { ...usual, host }, ...sent },
        // As a proxy would be asked.
        { method, path: at('whole'), headers: usual, ...sent },
        ...placed(body, at('body'), isText).map((copy) => ({
          method,
          path: plain,
          headers: usual,
          body: JSON.stringify(copy),
        })),
      ];
    });
  });
  const image = { type: 'image_url', image_url: { url: `${bait}/image` } };
  const file = { type: 'input_file', file_url: `${bait}/file` };
  const tools = [{ type: 'mcp', server_label: 'x', server_url: `${bait}/tool` }];
  const text = { type: 'text', text: `What is said at ${bait}/question about the ferry?` };
  const contents = [[text, image], [text, file], [text]];
  const uri = { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: `${bait}/resource` } };
  const parts = [text, { type: 'file', mediaType: 'text/plain', url: `${bait}/file` }];
  const bodies: [string, unknown][] = [
    ...contents.flatMap((content): [string, unknown][] => [
      ['/v1/chat/completions', { model: 'footnote', tools, messages: [{ role: 'user', content }] }],
      ['/v1/responses', { model: 'footnote', tools, input: [{ role: 'user', content }] }],
    ]),
    ['/api/chat', { messages: [{ id: '1', role: 'user', parts }] }],
    ['/mcp', uri],
  ];
  return [
    ...requests,
    ...bodies.map(([path, body]) => ({ method: 'POST', path, headers: usual, body: JSON.stringify(body) })),
  ];
}

describe('the server', () => {
  it('opens no address that a request, an article or a model names', async () => {
    const requests = baited();
    expect(requests.length).toBeGreaterThan(200);
    const odd: string[] = [];
    await inParallel(requests, 4, async (request) => {
      const { status } = await sendRaw(server.url, request, 10_000);
      if (status >= 500) odd.push(`${request.method} ${request.path} ${String(request.body)} → ${status}`);
    });
    expect(odd).toEqual([]);
    expect(model.requests.some(asksForAnswer)).toBe(true);
    expect(hits).toEqual([]);
    // The trap works: whoever opens such an address is seen.
    await fetch(`${bait}/trap`);
    expect(hits).toEqual(['GET /trap']);
  }, 120_000);
});
