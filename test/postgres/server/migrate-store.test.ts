import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { LocalAssistant } from '../../../src/assistant.ts';
import { createKeyStore, keysFile } from '../../../src/conversation/key-store.ts';
import type { Answer } from '../../../src/domain/answer.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { runCommand } from '../../support/command.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { assistantFor } from '../../support/footnote-server.ts';
import { connectOptions, newSchema, serverUrl } from '../../support/postgres/server-database.ts';

const ferryQuestion = 'How many passengers does the electric ferry carry on each crossing?';
const vesselQuestion = 'What will the second vessel be named?';
const theatreQuestion = 'How many seats does the theatre of Osprey Bay have?';

/** Added through Footnote. */
const theatre = `---
id: theatre
title: Osprey Bay gets a theatre
language: en
---
The theatre of Osprey Bay has 480 seats. It opens in spring.
`;

let folder: TemporaryFolder;
let schemas: string[];
let answer: Answer;
let conversationId: string;
let token: string;

const inFolder = (name: string) => join(folder.path, name);
const database = (schema: string) => ({ STORE: serverUrl(), STORE_SCHEMA: schema });
const local = (name: string) => ({ INDEX_DIR: inFolder(name), ADDED_DIR: inFolder(`${name}-added`) });

/** Told nothing of the corpus folder, so that all it knows is what was moved. */
async function using<T>(store: Record<string, string>, use: (assistant: LocalAssistant) => Promise<T>) {
  const assistant = await assistantFor({ CORPUS_DIR: inFolder('elsewhere'), ...store });
  try {
    return await use(assistant);
  } finally {
    await assistant.close();
  }
}

async function done(assistant: LocalAssistant, job: Promise<IngestJob>): Promise<void> {
  const { id } = await job;
  let last: IngestJob | undefined;
  for await (const state of assistant.admin.follow(id, { signal: AbortSignal.timeout(30_000) })) last = state;
  expect(last).toMatchObject({ state: 'done' });
}

function migrate(args: readonly string[], added: string) {
  return runCommand('migrate-store', args, { cwd: folder.path, env: { ADDED_DIR: inFolder(added) } });
}

/** All that has to be the same wherever it is kept. */
async function contentOf(store: Record<string, string>) {
  return using(store, async (assistant) => {
    const articles = await assistant.articles();
    const feedback = [];
    for await (const entry of assistant.feedback()) feedback.push(entry);
    const evidence = await assistant.search({ query: ferryQuestion });
    return {
      articles,
      texts: await Promise.all(articles.map(({ id }) => assistant.article(id))),
      copies: await assistant.copyGroup('ferry-2023'),
      evidence: evidence.map(({ passage, score }) => ({ id: passage.id, score: score.toFixed(3) })),
      stored: await assistant.storedAnswer(answer.id),
      holds: (await assistant.verifyAnswer(answer.id)).holds,
      feedback,
      conversation: await assistant.conversation(conversationId),
      withdrawn: await assistant.admin.withdrawn(),
      added: (await assistant.admin.sources())
        .filter(({ path }) => path.startsWith('added/'))
        .map(({ path, bytes, articles: held }) => ({ path, bytes, articles: held })),
      original: Buffer.from(await bytesOf(assistant, 'added/theatre.md')).toString(),
      theatre: (await assistant.ask({ question: theatreQuestion })).text,
      vessel: (await assistant.ask({ question: vesselQuestion })).text,
    };
  });
}

async function bytesOf(assistant: LocalAssistant, path: string): Promise<Uint8Array> {
  const { content } = await assistant.admin.original(path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

beforeAll(async () => {
  folder = await createFolder();
  schemas = [newSchema(), newSchema()];
  await writeFiles(inFolder('corpus'), bayArticles);
  await using({ ...local('index'), CORPUS_DIR: inFolder('corpus') }, async (assistant) => {
    await assistant.ingest();
    await writeFiles(folder.path, { 'sent.md': theatre });
    const sent = { name: 'theatre.md', path: inFolder('sent.md'), size: Buffer.byteLength(theatre) };
    await done(assistant, assistant.admin.add({ files: [sent] }));
    ({ id: conversationId } = await assistant.createConversation());
    answer = await assistant.ask({ question: ferryQuestion, conversationId });
    await assistant.addFeedback(answer.id, { rating: 'up', comment: 'Đúng.' });
    await done(assistant, assistant.admin.delete('market', { purge: false }));
  });
  const keys = createKeyStore({ file: keysFile(inFolder('index')) });
  ({ token } = await keys.create({ name: 'Bay Courier', scopes: ['ask'] }));
  await keys.close();
}, 120_000);

afterAll(async () => {
  for (const schema of schemas) {
    const opened = connect(connectOptions(schema));
    await opened.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
    await opened.close();
  }
  await folder.remove();
});

describe('moving into a database and back', () => {
  it(
    'keeps articles, answers, feedback, conversations, keys, added files and deletions, and embeds nothing',
    { timeout: 240_000 },
    async () => {
      const before = await contentOf(local('index'));
      const [first = '', second = ''] = schemas;
      const url = serverUrl();

      const there = await migrate(['--from', 'index', '--to', url, '--to-schema', first], 'index-added');
      expect(there).toMatchObject({ code: 0 });
      expect(there.stdout).toMatch(/^Articles: 6, passages: \d+, files known: \d+\.$/mu);
      expect(there.stdout).toMatch(/^The same on both sides, checksum [0-9a-f]{16}\.$/mu);
      expect(there.stdout).toMatch(/^Stored answers: 3\.\nConversations: 1\.\nKeys: 1\.$/mu);
      expect(there.stdout).toMatch(/^Added files: 1, deleted articles: 1\.$/mu);
      expect(there.stdout).toMatch(/^The files of your own folder come with the next ingest: STORE=/mu);
      expect(there.stdout).toMatch(/^Go on with: STORE=postgres:\/\/\S+ STORE_SCHEMA=test_\w+ npm start$/mu);
      expect(await contentOf(database(first))).toEqual(before);

      const across = ['--from', url, '--from-schema', first, '--to', url, '--to-schema', second];
      expect(await migrate(across, 'unused')).toMatchObject({ code: 0 });
      const back = ['--from', url, '--from-schema', second, '--to', 'back'];
      const returned = await migrate(back, 'back-added');
      expect(returned).toMatchObject({ code: 0 });
      expect(returned.stdout).toMatch(/^The files of your own folder \(--corpus\) were not copied/mu);
      expect(await contentOf(local('back'))).toEqual(before);
      const keys = createKeyStore({ file: keysFile(inFolder('back')) });
      expect(await keys.find(token)).toMatchObject({ name: 'Bay Courier' });
      await keys.close();
    },
  );

  it('leaves nothing for the next ingest of the same folder to embed', { timeout: 120_000 }, async () => {
    const [, second = ''] = schemas;
    const opened = connect(connectOptions(second));
    onTestFinished(() => opened.close());
    // With the batch that each was written in.
    const vectors = () => opened.query('SELECT passage, added FROM passage_vectors ORDER BY passage, added');
    const before = await vectors();
    const report = await using({ ...database(second), CORPUS_DIR: inFolder('corpus') }, (assistant) =>
      assistant.ingest(),
    );
    expect(report).toMatchObject({ added: [], changed: [], removed: [], failed: [] });
    expect(report.unchanged).toHaveLength(6);
    expect(await vectors()).toEqual(before);
    const files = await opened.query('SELECT path FROM files WHERE path = $1', ['ferry-2023.md']);
    expect(files).toHaveLength(1);
  });

  it('may be repeated, and refuses a database that holds something else', { timeout: 120_000 }, async () => {
    const [first = ''] = schemas;
    const args = ['--from', 'index', '--to', serverUrl(), '--to-schema', first];
    const again = await migrate(args, 'index-added');
    expect(again).toMatchObject({ code: 0 });
    const elsewhere = await migrate([...args, '--replace'], 'no-such-folder');
    expect(elsewhere).toMatchObject({ code: 2 });
    expect(elsewhere.stderr).toContain('The index knows 1 added files, and there is none in');
    expect(
      await using(database(first), (assistant) => bytesOf(assistant, 'added/theatre.md')),
    ).not.toHaveLength(0);

    await writeFiles(inFolder('other-corpus'), {
      'lake.md': '---\nid: lake\n---\nThe lake is 30 metres deep.\n',
    });
    await using({ ...local('other'), CORPUS_DIR: inFolder('other-corpus') }, (other) => other.ingest());
    const others = ['--from', 'other', '--to', serverUrl(), '--to-schema', first];
    const refused = await migrate(others, 'other-added');
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('There is something else already: 6 articles that would be lost.');

    expect(await migrate([...others, '--replace'], 'other-added')).toMatchObject({ code: 0 });
    const ids = await using(database(first), async (assistant) =>
      (await assistant.articles()).map(({ id }) => id),
    );
    expect(ids).toEqual(['lake']);
  });
});
