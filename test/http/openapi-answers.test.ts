import { mkdir } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createKeyStore } from '../../src/conversation/key-store.ts';
import type { IngestAdmin } from '../../src/domain/ingest-admin.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics/create-metrics.ts';
import { articleBodyBytes } from '../../src/http/schemas-ingest.ts';
import { type RunningServer, startServer } from '../../src/http/server.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor, collect, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { receiptHashes } from '../support/receipt-hash.ts';
import { type Contract, type DocumentedOperation, eventsOf, readContract } from './support/openapi.ts';

let folder: TemporaryFolder;
let server: FootnoteServer;
/** By what is special about them, the addresses of apps over the same assistant, and of some without an index. */
let urls: Readonly<Record<'usual' | 'empty' | 'guarded' | 'limited' | 'busy' | 'stopped', string>>;
let closeAll: () => Promise<void>;
let tokens: Readonly<Record<'ask' | 'read', string>>;
let contract: Contract;
/** By operation, an id that exists. */
let ids: Readonly<Record<string, string>>;
/** By operation, a query where one is needed. */
const queries: Readonly<Record<string, string>> = { getOriginal: '?path=lighthouse.md' };

const maximumBody = 20_000;
const maximumUpload = 50_000;
const limits = {
  bodyBytes: maximumBody,
  questionLength: 2_000,
  historyTurns: 50,
  answerTimeoutMs: 20_000,
};

/** Articles that no question is about: each is deleted or restored by one test. */
const spareArticles = ['deleted', 'deleted-once', 'restored', 'restored-once'];

beforeAll(async () => {
  folder = await createFolder();
  const spare = spareArticles.map((id) => [
    `${id}.md`,
    `---\nid: ${id}\n---\nA note on tram number ${id}.\n`,
  ]);
  await writeFiles(`${folder.path}/corpus`, { ...bayArticles, ...Object.fromEntries(spare) });
  const settings = {
    CORPUS_DIR: `${folder.path}/corpus`,
    EMBEDDING_WORKERS: '1',
    MAX_BODY_BYTES: String(maximumBody),
  };
  server = await serveFootnote({ ...settings, INDEX_DIR: `${folder.path}/index` });
  await server.assistant.ingest();
  const { admin } = server.assistant;
  await admin.delete('restored', { purge: false });
  await admin.delete('restored-once', { purge: false });
  await jobsOver(admin);
  await mkdir(`${folder.path}/none`);
  const without = { ...settings, CORPUS_DIR: `${folder.path}/none` };
  const empty = await assistantFor({ ...without, INDEX_DIR: `${folder.path}/nothing` });
  const stopped = await assistantFor({ ...without, INDEX_DIR: `${folder.path}/stopped` });
  await stopped.close();
  const keys = createKeyStore({ file: `${folder.path}/keys.sqlite` });
  const tokenFor = async (scope: 'ask' | 'read') =>
    (await keys.create({ name: scope, scopes: [scope] })).token;
  tokens = { ask: await tokenFor('ask'), read: await tokenFor('read') };
  const servers = {
    usual: await listen({ metrics: createMetrics(server.assistant) }),
    empty: await listen({ assistant: empty, ingestAdmin: empty.admin }),
    guarded: await listen({ access: { keys, required: true, widgetPublic: false } }),
    limited: await listen({ traffic: { requestsPerMinute: 1, concurrentAnswers: 1, answerQueue: 0 } }),
    busy: await listen({
      ingestAdmin: { ...admin, add: never, delete: never, restore: never, update: never },
      limits: { ...limits, answerTimeoutMs: 500 },
    }),
    stopped: await listen({ ingestAdmin: stopped.admin }),
  };
  urls = {
    usual: servers.usual.address,
    empty: servers.empty.address,
    guarded: servers.guarded.address,
    limited: servers.limited.address,
    busy: servers.busy.address,
    stopped: servers.stopped.address,
  };
  closeAll = async () => {
    await Promise.all(Object.values(servers).map((running) => running.close()));
    await Promise.all([keys.close(), empty.close()]);
  };
  const response = await fetch(`${server.url}/openapi.json`);
  contract = readContract(await response.json());
  const answer = await server.askAndCheck({ question: 'Who built the lighthouse of Lantern Island?' });
  const conversation = await server.assistant.createConversation();
  ids = {
    getAnswer: answer.id,
    verifyAnswer: answer.id,
    giveFeedback: answer.id,
    getPassage: answer.citations[0]?.passageId ?? '',
    getResponse: `resp_${answer.id}`,
    getConversation: conversation.id,
    deleteConversation: conversation.id,
    deleteArticle: 'deleted',
    restoreArticle: 'restored',
    getIngestJob: (await admin.jobs())[0]?.id ?? '',
  };
});

afterAll(async () => {
  await closeAll();
  await server.close();
  await folder.remove();
});

function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** Waits until nothing changes the index any more. */
async function jobsOver(admin: IngestAdmin): Promise<void> {
  const { signal } = new AbortController();
  for (const { id } of await admin.jobs()) {
    const states = await collect(admin.follow(id, { signal }));
    expect(states.at(-1)).toMatchObject({ state: 'done' });
  }
}

/** Serves an app over the assistant with these options. */
function listen(options: Partial<AppOptions>): Promise<RunningServer> {
  const app = createApp({
    assistant: server.assistant,
    ingestAdmin: server.assistant.admin,
    uploads: { dir: `${folder.path}/uploads`, maxFileBytes: maximumUpload, maxBytes: 2 * maximumUpload },
    limits,
    ...options,
  });
  return startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 2_000 });
}

/** A request as the document describes it, with its own examples, and what is changed of that. */
function call(
  { id, method, path, operation }: DocumentedOperation,
  changes: {
    readonly at?: keyof typeof urls;
    readonly id?: string;
    readonly method?: string;
    readonly query?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | FormData;
  } = {},
): Promise<Response> {
  const { at = 'usual', headers, body, query = queries[id] ?? '' } = changes;
  const given = operation.requestBody?.content['application/json']?.example;
  const filled = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .reduce(
      (address, parameter) =>
        address.replace(
          `{${parameter.name}}`,
          encodeURIComponent(changes.id ?? ids[id] ?? parameter.example ?? ''),
        ),
      path,
    );
  const required = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'header' && parameter.required)
      .map(({ name, example = '' }) => [name.toLowerCase(), example]),
  );
  const sent = body ?? (given === undefined ? undefined : JSON.stringify(given));
  return fetch(`${urls[at]}${filled}${query}`, {
    method: changes.method ?? method,
    headers: {
      // Of a form, `fetch` itself says what separates its parts.
      ...(typeof sent === 'string' && { 'content-type': 'application/json' }),
      ...required,
      ...headers,
    },
    ...(sent !== undefined && method !== 'GET' && { body: sent }),
  });
}

/** Calls the operations that document `status`, and says whose response is another, or not as documented. */
async function faultsOf(
  status: number,
  changesFor: (operation: DocumentedOperation) => Parameters<typeof call>[1] | undefined,
): Promise<{ readonly called: string[]; readonly faults: string[] }> {
  const called: string[] = [];
  const faults: string[] = [];
  for (const operation of contract.operations) {
    const changes = String(status) in operation.operation.responses ? changesFor(operation) : undefined;
    if (!changes) continue;
    const response = await call(operation, changes);
    called.push(operation.id);
    if (response.status !== status) faults.push(`${operation.id}: ${response.status} in place of ${status}`);
    faults.push(...(await contract.responseFaults(operation.id, response)));
  }
  return { called, faults };
}

function operationOf(id: string): DocumentedOperation {
  const found = contract.operations.find((operation) => operation.id === id);
  if (!found) throw new Error(`There is no operation "${id}".`);
  return found;
}

const hasBody = ({ operation }: DocumentedOperation) => operation.requestBody !== undefined;
const hasId = ({ path }: DocumentedOperation) => path.includes('{id}');
const takesKey = ({ operation }: DocumentedOperation) =>
  operation.parameters.some(({ name }) => name === 'Idempotency-Key');
const takesForm = ({ operation }: DocumentedOperation) =>
  operation.requestBody?.content['multipart/form-data'] !== undefined;
/** Whether it begins a job that changes the index. */
const beginsJob = (operation: DocumentedOperation) =>
  takesKey(operation) && '202' in operation.operation.responses;

function form(content: string, field = 'files'): FormData {
  const body = new FormData();
  body.append(field, new Blob([content]), 'tram.md');
  body.append('metadata[0]', JSON.stringify({ id: 'tram', publishedAt: '2024-01-02' }));
  return body;
}

describe('every operation answers as documented', () => {
  it('where it succeeds, with the examples of the document', async () => {
    const faults: string[] = [];
    for (const operation of contract.operations) {
      const response = await call(operation);
      if (!response.ok) faults.push(`${operation.id}: ${response.status}`);
      faults.push(...(await contract.responseFaults(operation.id, response)));
    }
    await jobsOver(server.assistant.admin);
    expect(faults).toEqual([]);
  });

  it('where a form is sent, and where it is wrong, too large or of unknown length', async () => {
    const withForm = (body: FormData) => (operation: DocumentedOperation) =>
      takesForm(operation) ? { body } : undefined;
    const taken = await faultsOf(202, withForm(form('A note on the tram.')));
    await jobsOver(server.assistant.admin);
    expect(taken).toEqual({ called: ['addArticles'], faults: [] });
    const wrong = await faultsOf(400, withForm(form('A note on the tram.', 'papers')));
    expect(wrong).toEqual({ called: ['addArticles'], faults: [] });
    for (const bytes of [maximumUpload + 1, 2 * maximumUpload]) {
      const large = await faultsOf(413, withForm(form('a'.repeat(bytes))));
      expect(large).toEqual({ called: ['addArticles'], faults: [] });
    }
    for (const { id, path } of contract.operations.filter(takesForm)) {
      const response = await fetch(`${urls.usual}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
        body: new Blob(['--x--\r\n']).stream(),
        duplex: 'half',
      });
      expect(response.status).toBe(411);
      expect(await contract.responseFaults(id, response)).toEqual([]);
    }
  });

  it('where a body is malformed or says what cannot be', async () => {
    for (const body of ['{', '[]', '5', '"text"', '{}', '{"question":5}']) {
      // A conversation begins with whatever members: none is needed.
      const isRefused = ({ id }: DocumentedOperation) => id !== 'createConversation' || !body.endsWith('}');
      const { called, faults } = await faultsOf(400, (operation) =>
        hasBody(operation) && isRefused(operation) ? { body } : undefined,
      );
      expect(called).toContain('createAnswer');
      expect(faults).toEqual([]);
    }
  });

  it('where a query parameter is wrong', async () => {
    const wrong: Readonly<Record<string, string>> = {
      listSuggestions: '?lang=fr',
      listArticles: '?from=yesterday',
      getArticle: '?version=2',
      deleteArticle: '?purge=perhaps',
      listSources: '?limit=0',
      getOriginal: '?path=',
    };
    const { called, faults } = await faultsOf(400, ({ id }) =>
      wrong[id] === undefined ? undefined : { query: wrong[id] },
    );
    expect(called.toSorted()).toEqual(Object.keys(wrong).toSorted());
    expect(faults).toEqual([]);
  });

  it('where there is no such thing', async () => {
    const { called, faults } = await faultsOf(404, (operation) =>
      hasId(operation) || operation.id === 'getOriginal'
        ? { id: 'nowhere', ...(operation.id === 'getOriginal' && { query: '?path=../index/nowhere.md' }) }
        : undefined,
    );
    expect(called).toEqual(expect.arrayContaining(['getArticle', 'restoreArticle', 'getOriginal']));
    expect(faults).toEqual([]);
  });

  it('where the method is another', async () => {
    const { called, faults } = await faultsOf(405, () => ({ method: 'PATCH' }));
    expect(called.length).toBe(contract.operations.length);
    expect(faults).toEqual([]);
  });

  it('where the client accepts none of its types', async () => {
    const { called, faults } = await faultsOf(406, () => ({ headers: { accept: 'image/png' } }));
    expect(called).toContain('createAnswer');
    expect(faults).toEqual([]);
  });

  it('where a body is too large, or of another type', async () => {
    const large = JSON.stringify({ question: 'a'.repeat(maximumBody) });
    const largeArticle = JSON.stringify({ title: 'A', text: 'a'.repeat(articleBodyBytes) });
    const tooLarge = await faultsOf(413, ({ id }) => ({ body: id === 'addArticles' ? largeArticle : large }));
    expect(tooLarge.called).toContain('createAnswer');
    expect(tooLarge.faults).toEqual([]);
    const otherType = await faultsOf(415, () => ({ headers: { 'content-type': 'text/plain' } }));
    expect(otherType.called).toEqual(tooLarge.called);
    expect(otherType.faults).toEqual([]);
  });

  it('where there is no index', async () => {
    // What is stored apart from the index needs none.
    const isStored = (operation: DocumentedOperation) =>
      ['createConversation', 'exportFeedback'].includes(operation.id) ||
      (hasId(operation) && operation.id !== 'getPassage');
    const { called, faults } = await faultsOf(503, (operation) =>
      isStored(operation) || beginsJob(operation) ? undefined : { at: 'empty' },
    );
    expect(called).toContain('createAnswer');
    expect(called).toContain('isReady');
    expect(faults).toEqual([]);
  });

  it('where there is no index, and those who look after the articles ask for what there is', async () => {
    // Whoever sets Footnote up sees an empty corpus, no failure.
    const empty = [
      { id: 'getIngestOverview', status: 200, body: { sources: 0, articles: 0, failed: 0, withdrawn: 0 } },
      { id: 'listIngestJobs', status: 200, body: { jobs: [] } },
      { id: 'getIngestJob', status: 404, body: {} },
      { id: 'listSources', status: 200, body: { sources: [], total: 0 } },
      { id: 'getOriginal', status: 404, body: {} },
      { id: 'listWithdrawnArticles', status: 200, body: { articles: [] } },
      { id: 'deleteArticle', status: 404, body: {} },
      { id: 'restoreArticle', status: 404, body: {} },
    ];
    for (const { id, status, body } of empty) {
      const response = await call(operationOf(id), { at: 'empty' });
      const copy = response.clone();
      expect([id, response.status]).toEqual([id, status]);
      expect(await contract.responseFaults(id, response)).toEqual([]);
      expect(await copy.json()).toMatchObject(body);
    }
  });

  it('where there is no index, and the first article is added', async () => {
    const first = await assistantFor({
      CORPUS_DIR: `${folder.path}/first`,
      INDEX_DIR: `${folder.path}/first-index`,
      EMBEDDING_WORKERS: '1',
    });
    const running = await listen({ assistant: first, ingestAdmin: first.admin });
    try {
      const response = await fetch(`${running.address}/api/articles`, {
        method: 'POST',
        body: form('A tram.'),
      });
      expect(response.status).toBe(202);
      expect(await contract.responseFaults('addArticles', response)).toEqual([]);
      await jobsOver(first.admin);
      const sources = await fetch(`${running.address}/api/ingest/sources`);
      expect(await sources.json()).toMatchObject({ total: 1, sources: [{ articles: [{ id: 'tram' }] }] });
    } finally {
      await running.close();
      await first.close();
    }
  });

  it('where the server is stopping and begins no more jobs', async () => {
    const { called, faults } = await faultsOf(503, (operation) =>
      beginsJob(operation) ? { at: 'stopped' } : undefined,
    );
    expect(called.toSorted()).toEqual(['addArticles', 'deleteArticle', 'restoreArticle', 'updateIndex']);
    expect(faults).toEqual([]);
  });

  it('where a key is needed, and none or a wrong one is given, or one without the scope', async () => {
    const guarded = (operation: DocumentedOperation, token?: string) =>
      operation.operation.security.length === 0
        ? undefined
        : ({
            at: 'guarded',
            ...(token !== undefined && { headers: { authorization: `Bearer ${token}` } }),
          } as const);
    const scopesOf = ({ operation }: DocumentedOperation) =>
      operation.security.flatMap((requirement) => requirement['bearer'] ?? []);
    const without = await faultsOf(401, (operation) => guarded(operation));
    expect(without.called.length).toBeGreaterThan(15);
    expect(without.faults).toEqual([]);
    const unknown = await faultsOf(401, (operation) => guarded(operation, 'fn_000000000000_wrong'));
    expect(unknown.faults).toEqual([]);
    const weak = await faultsOf(403, (operation) =>
      guarded(operation, scopesOf(operation).includes('ask') ? tokens.read : tokens.ask),
    );
    expect(weak.called).toEqual(without.called);
    expect(weak.faults).toEqual([]);
  });

  it('where too much is asked in a minute', async () => {
    // The first call of all is still allowed; of pages, and of what they read, the first four.
    await fetch(`${urls.limited}/api/stats`);
    for (let page = 0; page < 4; page += 1) await fetch(`${urls.limited}/docs`);
    const { called, faults } = await faultsOf(429, () => ({ at: 'limited' }));
    expect(called.length).toBeGreaterThan(15);
    expect(faults).toEqual([]);
  });

  const json = (body: object) => ({ body: JSON.stringify(body) });
  it.each([
    ['createAnswer', 200, {}, json({ question: 'Who is Amos Pellow?' })],
    ['addArticles', 202, {}, json({ title: 'Another', text: 'Another note on the tram.' })],
    ['deleteArticle', 202, { id: 'deleted-once' }, { id: 'deleted-once', query: '?purge=true' }],
    ['restoreArticle', 202, { id: 'restored-once' }, undefined],
    ['updateIndex', 202, {}, undefined],
  ])(
    'where an Idempotency-Key is used again, for the same and for another request: %s',
    async (id, status, same, other) => {
      const headers = { 'idempotency-key': 'one-and-only' };
      const operation = operationOf(id);
      // Requests that differ in nothing but their addresses have keys of their own.
      expect('422' in operation.operation.responses).toBe(other !== undefined);
      const calls = [
        { changes: { headers, ...same }, status },
        { changes: { headers, ...same }, status },
        ...(other ? [{ changes: { headers, ...other }, status: 422 }] : []),
      ];
      const replayed: boolean[] = [];
      for (const { changes, status: expected } of calls) {
        const response = await call(operation, changes);
        expect(response.status).toBe(expected);
        expect(await contract.responseFaults(id, response)).toEqual([]);
        replayed.push(response.headers.has('idempotency-replayed'));
      }
      await jobsOver(server.assistant.admin);
      expect(replayed.slice(0, 2)).toEqual([false, true]);
    },
  );

  it('where an Idempotency-Key is malformed', async () => {
    const { called, faults } = await faultsOf(400, (operation) =>
      takesKey(operation) ? { headers: { 'idempotency-key': 'two words' } } : undefined,
    );
    expect(called).toEqual(expect.arrayContaining(['createAnswer', 'updateIndex']));
    expect(called).toEqual(contract.operations.filter(takesKey).map(({ id }) => id));
    expect(faults).toEqual([]);
  });

  it('where the time is up, and where the first request with an Idempotency-Key is still running', async () => {
    const headers = { 'idempotency-key': 'still-running' };
    for (const operation of contract.operations.filter(beginsJob)) {
      // Whichever comes second is refused; the other waits until its time is up.
      const responses = await Promise.all([1, 2].map(() => call(operation, { at: 'busy', headers })));
      expect(responses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([409, 504]);
      for (const response of responses) {
        expect(await contract.responseFaults(operation.id, response)).toEqual([]);
      }
    }
  });

  it('where the client has what it asks for already', async () => {
    const { called, faults } = await faultsOf(304, () => ({
      headers: { 'cache-control': 'max-age=0', 'if-none-match': '*' },
    }));
    expect(called).toContain('getArticle');
    expect(faults).toEqual([]);
  });
});

describe('a streamed answer', () => {
  it.each([
    ['What is answered', 'When was the lighthouse of Lantern Island built?'],
    ['What is declined', 'Who is the king of the moon?'],
    ['A Vietnamese one', 'Ngọn hải đăng Mũi Sếu cao bao nhiêu mét?'],
  ])('consists of events as documented: %s', async (_name, question) => {
    const response = await server.post(
      '/api/answers',
      { question },
      { headers: { accept: 'text/event-stream' } },
    );
    const copy = response.clone();
    expect(await contract.responseFaults('createAnswer', response)).toEqual([]);
    const types = eventsOf(await copy.text()).map(
      (event) => z.object({ type: z.string() }).parse(event).type,
    );
    expect(types[0]).toBe('answer-start');
    expect(types.at(-1)).toBe('answer-end');
  });

  const question = 'When was the lighthouse of Lantern Island built?';
  const messages = [{ role: 'user', content: question }];
  it.each([
    [
      'createChatCompletion',
      '/v1/chat/completions',
      { model: 'footnote', stream: true, stream_options: { include_usage: true }, messages },
    ],
    ['createResponse', '/v1/responses', { model: 'footnote', stream: true, input: question }],
    ['chat', '/api/chat', { messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }] }],
  ])('is as documented in other protocols too: %s', async (id, path, body) => {
    const response = await server.post(path, body);
    const copy = response.clone();
    expect(await contract.responseFaults(id, response)).toEqual([]);
    expect(eventsOf(await copy.text()).length).toBeGreaterThan(2);
  });
});

describe('the stream of a job', () => {
  it('consists of events as documented', async () => {
    const response = await call(operationOf('getIngestJob'), { headers: { accept: 'text/event-stream' } });
    const copy = response.clone();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/u);
    expect(await contract.responseFaults('getIngestJob', response)).toEqual([]);
    expect(eventsOf(await copy.text()).at(-1)).toMatchObject({ state: 'done' });
  });
});

describe('the receipt of an answer', () => {
  it('has everything that is needed to check it', async () => {
    const answer = await server.askAndCheck({
      question: 'When was the lighthouse of Lantern Island built?',
    });
    const { receipt } = answer;
    const { articleId = '', articleVersion } = answer.citations[0] ?? {};
    expect(receipt).toEqual({
      indexGeneration: (await server.assistant.generation()).id,
      articleVersions: expect.objectContaining({ [articleId]: articleVersion }),
      embeddingModel: expect.stringMatching(/^bundled:/u),
      writer: 'extractive',
      settings: { topK: 8, language: 'en', filters: {}, strict: false },
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/u),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
  });

  it.each(['When was the lighthouse of Lantern Island built?', 'Chợ đêm Mũi Sếu có bao nhiêu gian hàng?'])(
    'has a hash that anybody can compute from the documentation: %s',
    async (question) => {
      const response = await server.post('/api/answers', { question });
      const { stated, computed } = receiptHashes(await response.json());
      expect(computed).toBe(stated);
    },
  );
});
