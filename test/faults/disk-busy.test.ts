import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';

import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { createAssistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import { answersFile } from '../../src/conversation/answer-store.ts';
import { conversationsFile } from '../../src/conversation/conversation-store.ts';
import { requestsFile } from '../../src/conversation/idempotency-store.ts';
import { keysFile } from '../../src/conversation/key-store.ts';
import { errorMessage } from '../../src/domain/errors.ts';
import { createApp } from '../../src/http/app.ts';
import { startServer } from '../../src/http/server.ts';
import { answerSchema } from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';

/** Longest time for which nothing else may be done, in milliseconds: SQLite's own waiting would be 5,000. */
const longestStall = 1_000;

const idSchema = z.object({ id: z.string() });

let folder: TemporaryFolder;
let served: Awaited<ReturnType<typeof serve>>;
let locks: (() => void)[] = [];

/** A server with all its stores in one folder, which wants a key of whoever asks. */
async function serve(dir: string) {
  const config = loadConfig({
    CORPUS_DIR: join(dir, 'corpus'),
    INDEX_DIR: join(dir, 'index'),
    CHAT_MODEL: '',
    EMBEDDINGS: 'bundled',
    EMBEDDING_WORKERS: '1',
  });
  const failures: string[] = [];
  const onError = (error: unknown) => void failures.push(errorMessage(error));
  const assistant = await createAssistant(config, { onStoreError: onError });
  await assistant.ingest();
  const { keys, requests } = assistant.store;
  const { token } = await keys.create({ name: 'test', scopes: ['ask', 'read'] });
  const server = await startServer({
    app: createApp({
      assistant,
      limits: config.limits,
      access: { keys, required: true, widgetPublic: false },
      idempotency: requests,
      onError,
    }),
    host: '127.0.0.1',
    port: 0,
    shutdownTimeoutMs: 1_000,
  });
  const send = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.address}${path}`, {
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    });
  const close = async () => {
    await server.close();
    await assistant.close();
  };
  return { send, failures, close, indexDir: config.indexDir };
}

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  served = await serve(folder.path);
  // Makes all the files and loads the model.
  const { send } = served;
  const { id: conversationId } = idSchema.parse(await (await send('/api/conversations', {})).json());
  await send('/api/answers', { question, conversationId }, { 'idempotency-key': 'first' });
});

afterAll(async () => {
  await served.close();
  await folder.remove();
});

afterEach(() => {
  for (const release of locks.splice(0)) release();
  served.failures.length = 0;
});

/** Locks these files against writing, as another process does that writes for long. */
function lock(...files: ((indexDir: string) => string)[]): () => void {
  const databases = files.map((fileIn) => {
    const database = new Database(fileIn(served.indexDir), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    return database;
  });
  const release = () => {
    for (const database of databases.splice(0)) database.close();
  };
  locks.push(release);
  return release;
}

/** The longest time until now in which nothing was done, in milliseconds. */
function watchStalls(): () => number {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  onTestFinished(() => void delay.disable());
  return () => delay.max / 1e6;
}

describe('a server whose databases another process is writing', { timeout: 60_000 }, () => {
  it('goes on with everything else, answers, and stores the answer when the other has ended', async () => {
    const { send, failures } = served;
    const { id: conversationId } = idSchema.parse(await (await send('/api/conversations', {})).json());
    const stalls = watchStalls();
    const release = lock(answersFile, conversationsFile, requestsFile, keysFile);
    const headers = { 'idempotency-key': 'while-locked' };
    let isAnswered = false;
    const answering = (async () => {
      const response = await send('/api/answers', { question, conversationId }, headers);
      isAnswered = true;
      return response;
    })();
    // Reading does not wait for who writes; keys are looked up for each of these.
    for (let turn = 0; turn < 20; turn += 1) expect((await send('/api/articles')).status).toBe(200);
    expect(isAnswered).toBe(false);
    release();
    const response = await answering;
    expect(response.status).toBe(200);
    const answer = answerSchema.parse(await response.json());
    expect(stalls()).toBeLessThan(longestStall);
    expect(failures).toEqual([]);
    expect((await send(`/api/answers/${answer.id}`)).status).toBe(200);
    const conversation: unknown = await (await send(`/api/conversations/${conversationId}`)).json();
    expect(conversation).toMatchObject({ turns: [{ role: 'user' }, { answerId: answer.id }] });
    const again = await send('/api/answers', { question, conversationId }, headers);
    expect([again.headers.get('idempotency-replayed'), idSchema.parse(await again.json()).id]).toEqual([
      'true',
      answer.id,
    ]);
  });

  it('answers without storing where that does not end, reports it, and does not wait anew each time', async () => {
    const { send, failures } = served;
    const stalls = watchStalls();
    const release = lock(answersFile);
    const ids: string[] = [];
    const times: number[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const begin = performance.now();
      const response = await send('/api/answers', { question });
      times.push(performance.now() - begin);
      expect(response.status).toBe(200);
      ids.push(idSchema.parse(await response.json()).id);
    }
    expect(stalls()).toBeLessThan(longestStall);
    expect(failures).toHaveLength(3);
    for (const failure of failures) expect(failure).toMatch(/answers\.sqlite: database is locked$/u);
    const [first = 0, ...later] = times;
    expect(first).toBeGreaterThan(4_900);
    for (const time of later) expect(time).toBeLessThan(first - 2_000);

    release();
    const { id } = idSchema.parse(await (await send('/api/answers', { question })).json());
    const statuses = [...ids, id].map(async (one) => (await send(`/api/answers/${one}`)).status);
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 200]);
  });
});
