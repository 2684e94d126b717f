import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { connect } from '../../../src/postgres/connect.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { createFolder, writeFiles } from '../../support/folders.ts';
import { assistantFor, serveFootnote } from '../../support/footnote-server.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';

/** Within what time everything has to be answered, whatever has become of the database, in milliseconds. */
const patience = 6_000;

const question = 'How many passengers does the electric ferry carry on each crossing?';

/** Footnote on a database that it reaches through a proxy. */
async function served() {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  const schema = newSchema();
  const direct = connect(connectOptions(schema));
  onTestFinished(async () => {
    await direct.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await direct.close();
  });
  const settings = {
    CORPUS_DIR: join(folder.path, 'corpus'),
    INDEX_DIR: join(folder.path, 'index'),
    ADDED_DIR: join(folder.path, 'added'),
    STORE_SCHEMA: schema,
    INGEST_WORKER: 'off',
    STORE_CONNECT_TIMEOUT_MS: '1000',
    STORE_STATEMENT_TIMEOUT_MS: '2000',
  };
  const maker = await assistantFor({ ...settings, STORE: serverUrl() });
  onTestFinished(() => maker.close());
  await maker.ingest();
  const proxy = await createTcpProxy(serverUrl());
  onTestFinished(() => proxy.close());
  const server = await serveFootnote({ ...settings, STORE: proxy.url });
  return { proxy, server };
}

describe('a server whose database is lost', () => {
  it('says so at once, tells nothing of the database, and answers again when it is back', async () => {
    const { proxy, server } = await served();
    const accept = { headers: { accept: 'application/json' } };
    const requests: [string, () => Promise<Response>][] = [
      ['an answer', () => server.post('/api/answers', { question }, accept)],
      ['the articles', () => fetch(`${server.url}/api/articles`)],
      ['a conversation', () => server.post('/api/conversations', {}, accept)],
      ['a stored answer', () => fetch(`${server.url}/api/answers/00000000-0000-4000-8000-000000000000`)],
      ['readiness', () => fetch(`${server.url}/readyz`)],
    ];
    const statuses = () =>
      Promise.all(
        requests.map(async ([, send]) => {
          const response = await send();
          await response.arrayBuffer();
          return response.status;
        }),
      );
    const usual = [200, 200, 201, 404, 200];
    expect(await statuses()).toEqual(usual);
    await server.askAndCheck({ question });

    for (const lose of [() => proxy.cut(), async () => proxy.silence()]) {
      await lose();
      await Promise.all(
        requests.map(async ([name, send]) => {
          const begin = Date.now();
          const response = await send();
          const text = await response.text();
          expect({ name, status: response.status }).toEqual({ name, status: 503 });
          expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/u);
          expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d?$/u);
          expect(text).not.toMatch(/127\.0\.0\.1|ECONN|footnote@|node_modules|at \w+ \(|"stack"|SELECT/u);
          expect(Date.now() - begin).toBeLessThan(patience);
        }),
      );
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      await proxy.mend();
      await expect.poll(statuses, { timeout: patience, interval: 200 }).toEqual(usual);
      await server.askAndCheck({ question });
    }
    // Each was reported with its reasons, which is for those who run the server.
    await expect(server.close()).rejects.toThrow(/failed on the server/u);
  });
});
