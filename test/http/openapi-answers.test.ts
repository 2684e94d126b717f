import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createKeyStore } from '../../src/conversation/key-store.ts';
import { type AppOptions, createApp } from '../../src/http/app.ts';
import { createMetrics } from '../../src/http/metrics/create-metrics.ts';
import { type RunningServer, startServer } from '../../src/http/server.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { receiptHashes } from '../support/receipt-hash.ts';
import { type Contract, type DocumentedOperation, eventsOf, readContract } from './support/openapi.ts';

let folder: TemporaryFolder;
let server: FootnoteServer;
/** By what is special about them, the addresses of apps over the same assistant, and of one without an index. */
let urls: Readonly<Record<'usual' | 'empty' | 'guarded' | 'limited', string>>;
let closeAll: () => Promise<void>;
let tokens: Readonly<Record<'ask' | 'read', string>>;
let contract: Contract;
/** By operation, an id that exists. */
let ids: Readonly<Record<string, string>>;

const maximumBody = 20_000;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
  const settings = {
    CORPUS_DIR: `${folder.path}/corpus`,
    EMBEDDING_WORKERS: '1',
    MAX_BODY_BYTES: String(maximumBody),
  };
  server = await serveFootnote({ ...settings, INDEX_DIR: `${folder.path}/index` });
  await server.assistant.ingest();
  const empty = await assistantFor({ ...settings, INDEX_DIR: `${folder.path}/nothing` });
  const keys = createKeyStore({ file: `${folder.path}/keys.sqlite` });
  const tokenFor = async (scope: 'ask' | 'read') =>
    (await keys.create({ name: scope, scopes: [scope] })).token;
  tokens = { ask: await tokenFor('ask'), read: await tokenFor('read') };
  const servers = {
    usual: await listen({ metrics: createMetrics(server.assistant) }),
    empty: await listen({ assistant: empty }),
    guarded: await listen({ access: { keys, required: true, widgetPublic: false } }),
    limited: await listen({ traffic: { requestsPerMinute: 1, concurrentAnswers: 1, answerQueue: 0 } }),
  };
  urls = {
    usual: servers.usual.address,
    empty: servers.empty.address,
    guarded: servers.guarded.address,
    limited: servers.limited.address,
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
  };
});

afterAll(async () => {
  await closeAll();
  await server.close();
  await folder.remove();
});

/** Serves an app over the assistant with these options. */
function listen(options: Partial<AppOptions>): Promise<RunningServer> {
  const limits = {
    bodyBytes: maximumBody,
    questionLength: 2_000,
    historyTurns: 50,
    answerTimeoutMs: 20_000,
  };
  const app = createApp({ assistant: server.assistant, limits, ...options });
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
    readonly body?: string;
  } = {},
): Promise<Response> {
  const { at = 'usual', headers, body, query = '' } = changes;
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
    headers: { ...(sent !== undefined && { 'content-type': 'application/json' }), ...required, ...headers },
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

const hasBody = ({ operation }: DocumentedOperation) => operation.requestBody !== undefined;
const hasId = ({ path }: DocumentedOperation) => path.includes('{id}');

describe('every operation answers as documented', () => {
  it('where it succeeds, with the examples of the document', async () => {
    const faults: string[] = [];
    for (const operation of contract.operations) {
      const response = await call(operation);
      if (!response.ok) faults.push(`${operation.id}: ${response.status}`);
      faults.push(...(await contract.responseFaults(operation.id, response)));
    }
    expect(faults).toEqual([]);
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
    const queries: Readonly<Record<string, string>> = {
      listSuggestions: '?lang=fr',
      listArticles: '?from=yesterday',
      getArticle: '?version=2',
    };
    const { called, faults } = await faultsOf(400, ({ id }) =>
      queries[id] === undefined ? undefined : { query: queries[id] },
    );
    expect(called.toSorted()).toEqual(Object.keys(queries).toSorted());
    expect(faults).toEqual([]);
  });

  it('where there is no such thing', async () => {
    const { called, faults } = await faultsOf(404, (operation) =>
      hasId(operation) ? { id: 'nowhere' } : undefined,
    );
    expect(called).toContain('getArticle');
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
    const tooLarge = await faultsOf(413, () => ({ body: large }));
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
      isStored(operation) ? undefined : { at: 'empty' },
    );
    expect(called).toContain('createAnswer');
    expect(called).toContain('isReady');
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
    // The first call of all is still allowed; files and pages are allowed more.
    await fetch(`${urls.limited}/api/stats`);
    const { called, faults } = await faultsOf(429, ({ id }) =>
      id === 'getDocument' ? undefined : { at: 'limited' },
    );
    expect(called.length).toBeGreaterThan(15);
    expect(faults).toEqual([]);
  });

  it('where an Idempotency-Key is used again, for the same and for another request', async () => {
    const headers = { 'idempotency-key': 'one-and-only' };
    const operation = contract.operations.find(({ id }) => id === 'createAnswer');
    if (!operation) throw new Error('There is no such operation.');
    const calls = [
      { changes: { headers }, status: 200 },
      { changes: { headers }, status: 200 },
      { changes: { headers, body: '{"question":"Who is Amos Pellow?"}' }, status: 422 },
    ];
    for (const { changes, status } of calls) {
      const response = await call(operation, changes);
      expect(response.status).toBe(status);
      expect(await contract.responseFaults('createAnswer', response)).toEqual([]);
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

describe('the receipt of an answer', () => {
  it('has everything that is needed to check it', async () => {
    const answer = await server.askAndCheck({
      question: 'When was the lighthouse of Lantern Island built?',
    });
    const { receipt } = answer;
    expect(receipt).toEqual({
      indexGeneration: (await server.assistant.generation()).id,
      articleVersions: expect.objectContaining({ lighthouse: answer.citations[0]?.articleVersion }),
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
