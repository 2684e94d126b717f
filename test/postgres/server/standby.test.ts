import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { LocalAssistant } from '../../../src/assistant.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { assistantFor } from '../../support/footnote-server.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';

describe('a server whose standby has not caught up', () => {
  const schema = newSchema();
  const stop = new AbortController();
  let folder: TemporaryFolder;
  let assistant: LocalAssistant;
  let working: Promise<void> | undefined;

  beforeAll(async () => {
    folder = await createFolder();
    await writeFiles(folder.path, { 'corpus/quay.md': '# Quay\n\nThe quay has forty berths.\n' });
    await writeFiles(folder.path, { 'before/boat.md': '# Boat\n\nThe boat lies at its berth.\n' });
    // Another database of the same server stands for it, with what there was before.
    await inMain(`CREATE DATABASE ${schema}`);
    const behind = new URL(serverUrl());
    behind.pathname = `/${schema}`;
    const settings = { INDEX_DIR: `${folder.path}/index`, STORE_SCHEMA: schema };
    const before = await assistantFor({
      ...settings,
      CORPUS_DIR: `${folder.path}/before`,
      STORE: behind.href,
    });
    await before.ingest({ offline: true });
    await before.close();
    assistant = await assistantFor({
      ...settings,
      CORPUS_DIR: `${folder.path}/corpus`,
      STORE: serverUrl(),
      STORE_READ_URL: behind.href,
    });
    working = assistant.work?.({ signal: stop.signal, onError: () => undefined });
  }, 60_000);

  afterAll(async () => {
    stop.abort();
    await working;
    await assistant.close();
    await inMain(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await inMain(`DROP DATABASE IF EXISTS ${schema}`);
    await folder.remove();
  });

  async function inMain(statement: string): Promise<void> {
    const database = connect(connectOptions(schema));
    await database.query(statement);
    await database.close();
  }

  async function ended(job: Promise<IngestJob>): Promise<IngestJob> {
    let last = await job;
    for await (const state of assistant.admin.follow(last.id, { signal: AbortSignal.timeout(20_000) })) {
      last = state;
    }
    return last;
  }

  it('decides by what the database itself has', { timeout: 60_000 }, async () => {
    expect((await assistant.ingest({ offline: true })).added).toEqual(['quay']);
    expect((await ended(assistant.admin.delete('quay', { purge: false }))).result?.removed).toEqual(['quay']);
    expect((await assistant.admin.withdrawn()).map(({ title }) => title)).toEqual(['Quay']);
    // What is asked is answered from the standby.
    expect((await assistant.article('boat')).title).toBe('Boat');
  });
});
