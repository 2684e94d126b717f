import { randomUUID } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { LocalAssistant } from '../../../src/assistant.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { assistantFor } from '../../support/footnote-server.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';

/** Two words that stand nowhere but in the article: one in its title, both in its text. */
const words = ['zyxomere', 'quillhaven'] as const;

const tableRows = z.array(z.object({ name: z.string() }));
const foundRows = z.array(z.object({ row: z.string() }));

describe('an article that is deleted for good from a database', () => {
  const schema = newSchema();
  const stop = new AbortController();
  let folder: TemporaryFolder;
  let assistant: LocalAssistant;
  let database: Database;
  let working: Promise<void> | undefined;
  const errors: unknown[] = [];

  beforeAll(async () => {
    folder = await createFolder();
    await writeFiles(folder.path, {
      'corpus/harbour.md': '# Harbour\n\nThe harbour has forty berths. Boats are moored to the quay.\n',
    });
    const onError = (error: unknown) => errors.push(error);
    assistant = await assistantFor({
      CORPUS_DIR: `${folder.path}/corpus`,
      INDEX_DIR: `${folder.path}/index`,
      STORE: serverUrl(),
      STORE_SCHEMA: schema,
    });
    database = connect(connectOptions(schema));
    await assistant.ingest({ offline: true });
    working = assistant.work?.({ signal: stop.signal, onError });
  }, 60_000);

  afterAll(async () => {
    stop.abort();
    await working;
    await assistant.close();
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

  /** Tables with a row that has one of the words in any column, in whatever letters, also as bytes. */
  async function places(): Promise<string[]> {
    const tables = tableRows.parse(
      await database.query(
        `SELECT relname AS name FROM pg_class
         WHERE relkind IN ('r', 'p') AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'index_state'::regclass)
         ORDER BY relname`,
      ),
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = foundRows.parse(await database.query(`SELECT t::text AS row FROM ${name} AS t`));
      const hasOne = rows.some(({ row }) =>
        words.some((word) => row.toLowerCase().includes(word) || inHex(row, word)),
      );
      if (hasOne) found.push(name);
    }
    return found;
  }

  it('is nowhere in any table any more, nor is its title', { timeout: 60_000 }, async () => {
    const article = (text: string) => ({
      id: 'mole',
      title: 'The Zyxomere of the mole',
      text,
      sourceUrl: 'https://example.com/mole',
    });
    const first = 'The Zyxomere of Quillhaven is a lamp on the mole. It was lit in 1871.';
    await ended(assistant.admin.add({ article: article(first) }));
    const { id: conversationId } = await assistant.createConversation();
    const question = 'When was the lamp on the mole lit?';
    const answer = await assistant.ask({ question, conversationId });
    expect(answer.citations[0]?.articleId).toBe('mole');
    await assistant.addFeedback(answer.id, { rating: 'up' });
    const { requests } = assistant.store;
    const key = randomUUID();
    const begun = await requests.begin({ key, fingerprint: 'x', leaseMs: 60_000 });
    if (begun.state !== 'new') throw new Error('The request is not new.');
    await requests.finish(key, begun.token, { status: 200, headers: {}, body: JSON.stringify(answer) });
    const second = await ended(assistant.admin.add({ article: article(`${first} It went out in 1950.`) }));
    expect(second).toMatchObject({ state: 'done', result: { changed: ['mole'] } });
    expect(await places()).toEqual(
      expect.arrayContaining([
        'articles',
        'answers',
        'exchanges',
        'files',
        'jobs',
        'quoted_articles',
        'requests',
        'terms',
      ]),
    );

    const deleted = await ended(assistant.admin.delete('mole', { purge: true }));
    expect(deleted).toMatchObject({ state: 'done', result: { removed: ['mole'], failed: [] } });
    expect(await places()).toEqual([]);
    await expect(assistant.article('mole')).rejects.toMatchObject({ code: 'not-found' });
    await expect(assistant.storedAnswer(answer.id)).rejects.toMatchObject({ code: 'not-found' });
    expect((await assistant.article('harbour')).title).toBe('Harbour');
    expect(errors).toEqual([]);
  });
});

/** A column of bytes is shown as hexadecimal digits. */
function inHex(row: string, word: string): boolean {
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return [word, capital].some((text) => row.includes(Buffer.from(text).toString('hex')));
}
