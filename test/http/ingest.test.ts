import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { ingestJobSchema } from '../../src/domain/schemas/ingest-job-schema.ts';
import { createFolder } from '../support/folders.ts';
import { createMemoryIngestAdmin } from '../support/memory-ingest-admin.ts';
import { bearer, keyStore } from './support/keys.ts';
import { readContract } from './support/openapi.ts';
import { readEvents } from './support/read-events.ts';
import { problemIn, serve, type ServeOptions } from './support/serve.ts';

const ferry = 'The ferry sails again\n\nIt carries 300 passengers.';

async function serveAdmin({ isHeld = false, ...options }: ServeOptions & { isHeld?: boolean } = {}) {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const ingestAdmin = createMemoryIngestAdmin({ isHeld });
  const uploads = { dir: `${folder.path}/uploads`, maxFileBytes: 5_000, maxBytes: 60_000 };
  const served = await serve({ ingestAdmin, uploads, ...options });
  const send = (body: FormData, headers: Record<string, string> = {}) =>
    fetch(`${served.url}/api/articles`, { method: 'POST', body, headers });
  return { ...served, admin: ingestAdmin, send, left: () => readdir(uploads.dir).catch(() => []) };
}

function form(files: Readonly<Record<string, string>>, fields: readonly (readonly [string, string])[] = []) {
  const body = new FormData();
  for (const [name, content] of Object.entries(files)) body.append('files', new Blob([content]), name);
  for (const [name, value] of fields) body.append(name, value);
  return body;
}

const jobIn = async (response: Response) => ingestJobSchema.parse(await response.json());

/** The job after it is over, read from its stream. */
async function finished(url: string, id: string) {
  const response = await fetch(`${url}/api/ingest/jobs/${id}`, { headers: { accept: 'text/event-stream' } });
  const { events } = await readEvents(response);
  return ingestJobSchema.parse(events.at(-1));
}

/** The status for a request that is sent byte by byte as it is. */
function raw(url: string, lines: readonly string[], body: string | Buffer = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk;
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(Number(received.slice(9, 12))));
    socket.write(`${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`);
    socket.write(body);
  });
}

/** The status for headers that `fetch` would not send. */
function statusWith(address: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { method, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    asked.once('error', reject).end();
  });
}

describe('POST /api/articles with files', () => {
  it('begins a job that takes them in, and leaves nothing behind', async () => {
    const { url, send, admin, left } = await serveAdmin();
    const response = await send(form({ 'ferry.md': ferry, 'Phà điện.txt': 'Phà điện chạy lại.' }));
    expect(response.status).toBe(202);
    const job = await jobIn(response);
    expect(new URL(response.headers.get('location') ?? '', `${url}/api/articles`).pathname).toBe(
      `/api/ingest/jobs/${job.id}`,
    );
    expect(job).toMatchObject({ kind: 'add', subject: ['ferry.md', 'Phà điện.txt'] });
    expect(await finished(url, job.id)).toMatchObject({ state: 'done', result: { failed: [] } });
    expect((await admin.article('ferry-md')).text).toBe(ferry);
    await expect.poll(left).toEqual([]);
  });

  it('hands on what is said of all files, or of each', async () => {
    const { send, admin } = await serveAdmin();
    await send(form({ 'a.md': 'A', 'b.md': 'B' }, [['metadata', '{"publisher":"Bay Courier"}']]));
    await send(form({ 'a.md': 'A', 'b.md': 'B' }, [['metadata[1]', '{"title":"Second","language":"vi"}']]));
    const given = admin.additions.map((addition) =>
      'files' in addition ? addition.files.map((file) => file.given) : [],
    );
    expect(given).toEqual([
      [{ publisher: 'Bay Courier' }, { publisher: 'Bay Courier' }],
      [undefined, { title: 'Second', language: 'vi' }],
    ]);
  });

  it('makes harmless names of hostile ones', async () => {
    const { send, admin, left } = await serveAdmin();
    const names = [
      '../../x.md',
      '..\\..\\y.md',
      'invoice\u202Edm.exe',
      '.hidden.md',
      'CON|<>?.md',
      'a.md.meta.json',
      '…/…',
      'same.md',
      'SAME.md',
      `${'ế'.repeat(300)}.md`,
      'line\r\nbreak.md',
    ];
    const body = new FormData();
    for (const name of names) body.append('files', new Blob(['text']), name);
    expect((await send(body)).status).toBe(202);
    const [addition] = admin.additions;
    const files = addition && 'files' in addition ? addition.files : [];
    expect(files.map(({ name }) => name)).toEqual([
      'x.md',
      'y.md',
      'invoicedm.exe',
      'hidden.md',
      'CON----.md',
      'a.md-meta.json',
      '…',
      'same.md',
      'SAME-2.md',
      expect.stringMatching(/^ế+\.md$/u),
      'linebreak.md',
    ]);
    expect(files.every(({ name }) => Buffer.byteLength(name) <= 200)).toBe(true);
    await expect.poll(left).toEqual([]);
  });

  it.each([
    ['a file that is too large', () => form({ 'a.md': 'x'.repeat(5_001) }), 413],
    [
      'too much at a time',
      () => form(Object.fromEntries(Array.from({ length: 14 }, (_, n) => [`${n}.md`, 'x'.repeat(4_900)]))),
      413,
    ],
    [
      'more files than are allowed',
      () => form(Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`${n}.md`, 'x']))),
      413,
    ],
    [
      'a thousand parts',
      () =>
        form(
          {},
          Array.from({ length: 1_000 }, (_, n) => [`f${n}`, '']),
        ),
      413,
    ],
    ['a huge field', () => form({ 'a.md': 'x' }, [['metadata', `"${'x'.repeat(30_000)}"`]]), 413],
    ['a name with a NUL', () => form({ 'nul\0l.md': 'x' }), 400],
    ['no file', () => form({}, [['metadata', '{}']]), 400],
    ['another field', () => form({ 'a.md': 'x' }, [['title', 'x']]), 400],
    ['a prototype', () => form({ 'a.md': 'x' }, [['__proto__[x]', '1']]), 400],
    ['a field name that is too long', () => form({ 'a.md': 'x' }, [['x'.repeat(200), '1']]), 400],
    ['a deep field name', () => form({ 'a.md': 'x' }, [['metadata[0][title]', '1']]), 400],
    ['metadata that is no JSON', () => form({ 'a.md': 'x' }, [['metadata', '{']]), 400],
    ['metadata that is no metadata', () => form({ 'a.md': 'x' }, [['metadata', '{"id":"../x"}']]), 400],
    ['metadata of a file that was not sent', () => form({ 'a.md': 'x' }, [['metadata[3]', '{}']]), 400],
    ['metadata far beyond', () => form({ 'a.md': 'x' }, [['metadata[99999999]', '{}']]), 400],
  ] as const)('refuses %s, and leaves nothing behind', async (_what, body, status) => {
    const { send, admin, left, failures } = await serveAdmin();
    expect((await problemIn(await send(body()))).status).toBe(status);
    expect(admin.additions).toEqual([]);
    expect(await left()).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('refuses a file in another field, and one without an end', async () => {
    const { url, send, left } = await serveAdmin();
    const body = new FormData();
    body.append('upload', new Blob(['x']), 'a.md');
    expect((await problemIn(await send(body))).status).toBe(400);
    const part = '--b\r\ncontent-disposition: form-data; name="files"; filename="a.md"\r\n\r\nhalf';
    const head = [
      'POST /api/articles HTTP/1.1',
      'host: localhost',
      'content-type: multipart/form-data; boundary=b',
    ];
    expect(await raw(url, [...head, `content-length: ${part.length}`], part)).toBe(400);
    expect(await raw(url, [...head, 'transfer-encoding: chunked'], '0\r\n\r\n')).toBe(411);
    const noBoundary = [
      head[0] ?? '',
      'host: localhost',
      'content-type: multipart/form-data',
      'content-length: 1',
    ];
    expect(await raw(url, noBoundary, 'x')).toBe(400);
    expect(await left()).toEqual([]);
  });

  it('removes what came of a file whose sender leaves', async () => {
    const { url, admin, left, failures } = await serveAdmin();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      [
        'POST /api/articles HTTP/1.1',
        'host: localhost',
        'content-type: multipart/form-data; boundary=b',
        'content-length: 4000',
        '',
        '--b',
        'content-disposition: form-data; name="files"; filename="a.md"',
        '',
        'x'.repeat(1_000),
      ].join('\r\n'),
    );
    await expect.poll(left).toHaveLength(1);
    socket.destroy();
    await expect.poll(left).toEqual([]);
    expect(admin.additions).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('removes them too when they cannot be taken on', async () => {
    const { url, send, admin, left, failures } = await serveAdmin();
    admin.add = () => Promise.reject(new Error('The disk is full.'));
    expect((await problemIn(await send(form({ 'a.md': 'x' })))).status).toBe(500);
    expect(await left()).toEqual([]);
    expect(failures).toHaveLength(1);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('does the same request under the same key once', async () => {
    const { send, admin } = await serveAdmin();
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await jobIn(await send(form({ 'a.md': 'A' }), headers));
    const again = await send(form({ 'a.md': 'A' }), headers);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await jobIn(again)).id).toBe(first.id);
    expect((await send(form({ 'a.md': 'B' }), headers)).status).toBe(422);
    expect(admin.additions).toHaveLength(1);
  });
});

describe('POST /api/articles with JSON', () => {
  it('takes an article, or an address', async () => {
    const { post, admin } = await serveAdmin();
    const article = { title: 'Ferry', text: ferry, publishedAt: '2024-05-06' };
    expect((await post('/api/articles', article)).status).toBe(202);
    expect((await post('/api/articles', { url: 'https://bay.example/feed', kind: 'feed' })).status).toBe(202);
    expect((await post('/api/articles', { url: 'https://bay.example/' })).status).toBe(202);
    expect(admin.additions).toEqual([
      { article },
      { url: 'https://bay.example/feed', kind: 'feed' },
      { url: 'https://bay.example/', kind: 'auto' },
    ]);
  });

  it.each([
    ['nothing', {}],
    ['a blank title', { title: ' ', text: 'x' }],
    ['a blank text', { title: 'x', text: ' \n' }],
    ['half a character', { title: 'x', text: '\ud800' }],
    ['a date that is none', { title: 'x', text: 'x', publishedAt: '2024-02-31' }],
    ['an id that is none', { title: 'x', text: 'x', id: '../x' }],
    ['a file address', { url: 'file:///etc/passwd' }],
    ['a script address', { url: 'javascript:alert(1)' }],
    ['another kind', { url: 'https://bay.example/', kind: 'everything' }],
    ['a list', []],
    ['no JSON', '{'],
  ])('refuses %s', async (_what, body) => {
    const { post, admin, failures } = await serveAdmin();
    expect((await problemIn(await post('/api/articles', body))).status).toBe(400);
    expect(admin.additions).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('refuses other types with 415, and other methods with 405', async () => {
    const { url, post } = await serveAdmin();
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      expect((await post('/api/articles', 'x', { 'content-type': type })).status).toBe(415);
    }
    const put = await fetch(`${url}/api/articles`, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
    const one = await fetch(`${url}/api/articles/x`, { method: 'POST' });
    expect([one.status, one.headers.get('allow')]).toEqual([405, 'GET, HEAD, DELETE, OPTIONS']);
    expect((await fetch(`${url}/api/articles`)).status).toBe(200);
  });
});

describe('deleting, restoring and re-indexing', () => {
  it('answers with the jobs', async () => {
    const { url, post, admin } = await serveAdmin();
    const added = await jobIn(await post('/api/articles', { id: 'ferry', title: 'Ferry', text: ferry }));
    await finished(url, added.id);
    const deleted = await fetch(`${url}/api/articles/ferry`, { method: 'DELETE' });
    expect(deleted.status).toBe(202);
    const job = await jobIn(deleted);
    expect(new URL(deleted.headers.get('location') ?? '', `${url}/api/articles/ferry`).pathname).toBe(
      `/api/ingest/jobs/${job.id}`,
    );
    expect(await finished(url, job.id)).toMatchObject({ kind: 'delete', result: { removed: ['ferry'] } });
    expect(await (await fetch(`${url}/api/ingest/withdrawn`)).json()).toMatchObject({
      articles: [{ id: 'ferry', restorable: true }],
    });
    const restored = await post('/api/articles/ferry/restore', '');
    const path = new URL(restored.headers.get('location') ?? '', `${url}/api/articles/ferry/restore`)
      .pathname;
    expect(path).toMatch(/^\/api\/ingest\/jobs\//u);
    await finished(url, (await jobIn(restored)).id);
    const purge = await fetch(`${url}/api/articles/ferry?purge=true`, { method: 'DELETE' });
    await finished(url, (await jobIn(purge)).id);
    expect(admin.purged).toEqual(['ferry']);
    const update = await post('/api/ingest', '');
    expect(new URL(update.headers.get('location') ?? '', `${url}/api/ingest`).pathname).toMatch(
      /^\/api\/ingest\/jobs\//u,
    );
    expect(await jobIn(update)).toMatchObject({ kind: 'update' });
  });

  it('says 404 for what is not there, and 400 for what is not understood', async () => {
    const { url, post } = await serveAdmin();
    expect((await fetch(`${url}/api/articles/x`, { method: 'DELETE' })).status).toBe(404);
    expect((await post('/api/articles/x/restore', '')).status).toBe(404);
    expect((await fetch(`${url}/api/ingest/jobs/x`)).status).toBe(404);
    expect((await fetch(`${url}/api/articles/x?purge=perhaps`, { method: 'DELETE' })).status).toBe(400);
    expect((await fetch(`${url}/api/ingest/sources?limit=0`)).status).toBe(400);
    expect((await fetch(`${url}/api/ingest/sources/original`)).status).toBe(400);
  });
});

describe('GET /api/ingest/jobs/:id', () => {
  it('tells how the job goes on, with comments while it is quiet, until it is over', async () => {
    const { url, post, admin } = await serveAdmin({ isHeld: true, heartbeatMs: 10 });
    const { id } = await jobIn(await post('/api/articles', { title: 'Ferry', text: ferry }));
    const response = await fetch(`${url}/api/ingest/jobs/${id}`, {
      headers: { accept: 'text/event-stream', 'last-event-id': '7' },
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.clone().body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n: ')) text += (await reader?.read())?.value ?? '';
    await reader?.cancel();
    admin.release();
    const { messages, events } = await readEvents(response);
    expect(new Set(messages.map(({ event }) => event))).toEqual(new Set(['job']));
    expect(messages.map((message) => Number(message.id))).toEqual(messages.map((_, index) => index + 1));
    const states = z.array(ingestJobSchema).parse(events);
    expect(states[0]?.state).toBe('running');
    expect(states.at(-1)).toMatchObject({ id, state: 'done', result: { failed: [] } });
    expect(await (await fetch(`${url}/api/ingest/jobs/${id}`)).json()).toEqual(states.at(-1));
    expect(await (await fetch(`${url}/api/ingest/jobs`)).json()).toEqual({ jobs: [states.at(-1)] });
  });

  it('stops following when the reader leaves', async () => {
    const { url, post, admin } = await serveAdmin({ isHeld: true });
    let hasEnded = false;
    const follow = admin.follow.bind(admin);
    admin.follow = (id, { signal }) => {
      signal.addEventListener('abort', () => {
        hasEnded = true;
      });
      return follow(id, { signal });
    };
    const { id } = await jobIn(await post('/api/ingest', ''));
    const leave = new AbortController();
    await fetch(`${url}/api/ingest/jobs/${id}`, {
      headers: { accept: 'text/event-stream' },
      signal: leave.signal,
    });
    leave.abort();
    await expect.poll(() => hasEnded).toBe(true);
    admin.release();
  });
});

describe('GET /api/ingest/sources', () => {
  const source = (path: string, more = {}) => ({
    path,
    bytes: 10,
    articles: [],
    failures: [],
    withdrawn: false,
    ...more,
  });
  const list = z.object({
    sources: z.array(z.object({ path: z.string() })),
    total: z.number(),
    next: z.string().optional(),
  });

  it('gives them page after page, and finds some', async () => {
    const { url, admin } = await serveAdmin();
    for (let n = 0; n < 7; n += 1) admin.keep(source(`news/${n}.md`), 'x', 'text/markdown');
    admin.keep(source('bad.pdf', { failures: ['It is cut off.'] }), 'x', 'application/pdf');
    const get = async (query: string) =>
      list.parse(await (await fetch(`${url}/api/ingest/sources${query}`)).json());
    const paths: string[] = [];
    let after: string | undefined = '';
    while (after !== undefined) {
      const page: z.infer<typeof list> = await get(`?limit=3&after=${encodeURIComponent(after)}`);
      expect(page.total).toBe(8);
      paths.push(...page.sources.map(({ path }) => path));
      after = page.next;
    }
    expect(paths).toEqual(['bad.pdf', ...Array.from({ length: 7 }, (_, n) => `news/${n}.md`)]);
    expect((await get('?only=failed')).sources.map(({ path }) => path)).toEqual(['bad.pdf']);
    expect((await get('?q=NEWS%2F3')).sources.map(({ path }) => path)).toEqual(['news/3.md']);
    expect(await (await fetch(`${url}/api/ingest`)).json()).toMatchObject({ sources: 8, failed: 1 });
  });

  it('gives the original as something to save, in which nothing runs', async () => {
    const { url, admin } = await serveAdmin();
    const page = '<script>alert(1)</script>';
    admin.keep(source('added/Bài\u202E "1"\r\n.html'), page, 'text/html');
    const response = await fetch(
      `${url}/api/ingest/sources/original?path=${encodeURIComponent('added/Bài\u202E "1"\r\n.html')}`,
    );
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html',
      'content-disposition': expect.stringMatching(/^attachment; filename=".*"; filename\*=UTF-8''B%C3%A0i/u),
      'content-security-policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-length': String(page.length),
    });
    expect(await response.text()).toBe(page);
    for (const path of ['../../etc/passwd', '/etc/passwd', 'added/', '.', 'added/../added/x']) {
      const other = await fetch(`${url}/api/ingest/sources/original?path=${encodeURIComponent(path)}`);
      expect([path, other.status]).toEqual([path, 404]);
    }
  });
});

const addresses = [
  ['POST', '/api/articles'],
  ['DELETE', '/api/articles/x'],
  ['POST', '/api/articles/x/restore'],
  ['POST', '/api/ingest'],
  ['GET', '/api/ingest'],
  ['GET', '/api/ingest/jobs'],
  ['GET', '/api/ingest/jobs/x'],
  ['GET', '/api/ingest/sources'],
  ['GET', '/api/ingest/sources/original?path=x'],
  ['GET', '/api/ingest/withdrawn'],
] as const;

describe('who may look after the articles', () => {
  it.each([
    ['through a proxy', () => ({ 'x-forwarded-for': '203.0.113.9' })],
    ['by a page of another site', () => ({ origin: 'https://evil.example' })],
    [
      'by a page of another port here',
      (host: string) => ({ host, origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }),
    ],
    ['by a page of the same name over https', (host: string) => ({ host, origin: `https://${host}` })],
    ['by a page without an origin', () => ({ origin: 'null' })],
    ['by a form of another site', () => ({ 'sec-fetch-site': 'cross-site' })],
    [
      'under a name that was made to lead here',
      () => ({ host: 'evil.example', origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }),
    ],
  ])('without keys, nobody who asks %s', async (_how, headers) => {
    const { url, admin } = await serveAdmin({ allowedOrigins: ['*'] });
    const { host } = new URL(url);
    for (const [method, path] of addresses) {
      expect([path, await statusWith(url + path, method, headers(host))]).toEqual([path, 403]);
    }
    expect(admin.additions).toEqual([]);
  });

  it('without keys, the machine itself and the page of this server on it', async () => {
    const { url } = await serveAdmin();
    const { host, port } = new URL(url);
    const own = { host, origin: url, 'sec-fetch-site': 'same-origin' };
    expect(await statusWith(`${url}/api/ingest`, 'POST', own)).toBe(202);
    expect(await statusWith(`${url}/api/ingest`, 'POST', {})).toBe(202);
    const named = { host: `localhost:${port}`, origin: `http://localhost:${port}` };
    expect(await statusWith(`${url}/api/ingest`, 'POST', named)).toBe(202);
  });

  it('refuses before anything is received', async () => {
    const { send, left } = await serveAdmin();
    const response = await send(form({ 'a.md': 'x' }), { 'x-forwarded-for': '203.0.113.9' });
    expect(response.status).toBe(403);
    expect(await left()).toEqual([]);
  });

  it('with keys, those whose key has the scope admin', async () => {
    const keys = await keyStore();
    const access = { keys, required: true, widgetPublic: true };
    const { url } = await serveAdmin({ access });
    const [ask, admin] = [await bearer(keys, 'ask', 'read'), await bearer(keys, 'admin')];
    for (const [method, path] of addresses) {
      const status = async (headers: Record<string, string>) => {
        const origin = { 'sec-fetch-site': 'same-origin' };
        return (await fetch(url + path, { method, headers: { ...origin, ...headers } })).status;
      };
      expect([path, await status({})]).toEqual([path, 401]);
      expect([path, await status({ authorization: 'Bearer nonsense' })]).toEqual([path, 401]);
      expect([path, await status(ask)]).toEqual([path, 403]);
      expect([200, 202, 400, 404]).toContain(await status(admin));
      expect([200, 202, 400, 404]).toContain(await status({ ...admin, 'x-forwarded-for': '203.0.113.9' }));
    }
  });

  it('is nobody where the server is not made for it', async () => {
    const { url } = await serve();
    for (const [method, path] of addresses) {
      const expected = path === '/api/articles' || path === '/api/articles/x' ? 405 : 404;
      expect([path, await statusWith(url + path, method, {})]).toEqual([path, expected]);
    }
    expect((await fetch(`${url}/admin`)).status).toBe(404);
  });
});

describe('the description of these operations', () => {
  it('is what they answer with', async () => {
    const { url, post, send } = await serveAdmin();
    const { responseFaults, document } = readContract(await (await fetch(`${url}/openapi.json`)).json());
    const added = await post('/api/articles', {
      id: 'ferry',
      title: 'Ferry',
      text: ferry,
      publishedAt: '2024-05-06',
    });
    const { id } = await jobIn(added.clone());
    await finished(url, id);
    const bad = await jobIn(await send(form({ 'empty.md': '' })));
    await finished(url, bad.id);
    const events = { headers: { accept: 'text/event-stream' } };
    const source = 'added/empty.md';
    const answers: readonly (readonly [string, Response | Promise<Response>])[] = [
      ['addArticles', added],
      ['getIngestJob', fetch(`${url}/api/ingest/jobs/${id}`)],
      ['getIngestJob', fetch(`${url}/api/ingest/jobs/${id}`, events)],
      ['getIngestJob', fetch(`${url}/api/ingest/jobs/x`)],
      ['listIngestJobs', fetch(`${url}/api/ingest/jobs`)],
      ['listSources', fetch(`${url}/api/ingest/sources`)],
      ['getIngestOverview', fetch(`${url}/api/ingest`)],
      ['updateIndex', post('/api/ingest', '')],
      ['deleteArticle', fetch(`${url}/api/articles/ferry`, { method: 'DELETE' })],
      ['deleteArticle', fetch(`${url}/api/articles/x`, { method: 'DELETE' })],
    ];
    for (const [operation, response] of answers) {
      expect([operation, await responseFaults(operation, await response)]).toEqual([operation, []]);
    }
    const original = await fetch(`${url}/api/ingest/sources/original?path=${encodeURIComponent(source)}`);
    expect(original.status).toBe(200);
    await expect.poll(async () => (await fetch(`${url}/api/articles/x`)).status).toBe(404);
    const withdrawn = await fetch(`${url}/api/ingest/withdrawn`);
    expect(await responseFaults('listWithdrawnArticles', withdrawn)).toEqual([]);
    const form415 = await post('/api/articles', 'x', { 'content-type': 'text/plain' });
    expect(await responseFaults('addArticles', form415)).toEqual([]);
    const body = document.paths['/api/articles']?.['post']?.requestBody?.content ?? {};
    expect(Object.keys(body)).toEqual(['application/json', 'multipart/form-data']);
  });
});
