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
    // Another database of the same server: nothing has come there yet.
    const behind = new URL(serverUrl());
    behind.pathname = '/postgres';
    assistant = await assistantFor({
      CORPUS_DIR: `${folder.path}/corpus`,
      INDEX_DIR: `${folder.path}/index`,
      STORE: serverUrl(),
      STORE_READ_URL: behind.href,
      STORE_SCHEMA: schema,
    });
    working = assistant.work?.({ signal: stop.signal, onError: () => undefined });
  }, 60_000);

  afterAll(async () => {
    stop.abort();
    await working;
    await assistant.close();
    const database = connect(connectOptions(schema));
    await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await database.close();
    await folder.remove();
  });

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
    await expect(assistant.article('quay')).rejects.toMatchObject({ code: 'index-unusable' });
  });
});
