import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { answersFile, createAnswerStore } from '../../src/conversation/answer-store.ts';
import { conversationsFile, createConversationStore } from '../../src/conversation/conversation-store.ts';
import { createIdempotencyStore, requestsFile } from '../../src/conversation/idempotency-store.ts';
import { createArticlePurge } from '../../src/conversation/purge-article.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { createFolder } from '../support/folders.ts';
import { answerFrom, sampleArticle } from './sample-records.ts';

const secret = 'The mayor of Bay Village owns the ferry company.';
const harmless = 'The ferry leaves at four in the morning.';

async function openStores() {
  const folder = await createFolder();
  const dir = folder.path;
  const answers = createAnswerStore({ file: answersFile(dir), retentionDays: 30 });
  const conversations = createConversationStore({ file: conversationsFile(dir), retentionDays: 30 });
  const requests = createIdempotencyStore({ file: requestsFile(dir) });
  onTestFinished(async () => {
    await Promise.all([answers, conversations, requests].map((store) => store.close()));
    await folder.remove();
  });
  return { dir, answers, conversations, requests };
}

type Stores = Awaited<ReturnType<typeof openStores>>;

function purgeOf(stores: Stores, options: Partial<Parameters<typeof createArticlePurge>[0]> = {}) {
  return createArticlePurge({ ...stores, answerTimeoutMs: 60_000, ...options });
}

/** As the server does with each answer. */
async function remember({ answers, conversations, requests }: Stores, answer: Answer, text: string) {
  const [citation] = answer.citations;
  await answers.save(answer, [sampleArticle(citation?.articleId ?? '', text)]);
  const { id } = await conversations.create();
  await conversations.append(id, answer);
  const begun = await requests.begin({ key: answer.id, fingerprint: 'f', leaseMs: 1_000 });
  if (begun.state !== 'new') throw new Error('the key was used before');
  await requests.finish(answer.id, begun.token, { status: 200, headers: {}, body: JSON.stringify(answer) });
  return id;
}

/** Files of the folder that have the words anywhere in their bytes. */
async function filesWith(dir: string, words: string): Promise<string[]> {
  const names = await readdir(dir);
  const contents = await Promise.all(names.map((name) => readFile(join(dir, name))));
  return names.filter((_, index) => contents[index]?.includes(words));
}

describe('purging an article', () => {
  it('removes its versions and each answer that quotes it from every file, to the last byte', async () => {
    const stores = await openStores();
    const { dir, answers, conversations, requests } = stores;
    const conversation = await remember(stores, answerFrom('a', 'mayor', secret), secret);
    const other = await remember(stores, answerFrom('b', 'ferry', harmless), harmless);
    await answers.addFeedback('a', { rating: 'down', comment: `Not so: ${secret}` });
    expect((await filesWith(dir, secret)).length).toBeGreaterThanOrEqual(3);

    const purge = purgeOf(stores);
    expect(await purge.holds('mayor')).toBe(true);
    expect(await purge.purgeArticle('mayor')).toEqual({
      answers: 1,
      versions: 1,
      exchanges: 1,
      responses: 1,
    });
    expect(await filesWith(dir, secret)).toEqual([]);
    expect(await purge.holds('mayor')).toBe(false);
    expect(await answers.get('a')).toBeUndefined();
    expect((await conversations.get(conversation))?.turns).toEqual([]);
    expect(await requests.begin({ key: 'a', fingerprint: 'f', leaseMs: 1_000 })).toMatchObject({
      state: 'new',
    });

    expect(await answers.get('b')).toBeDefined();
    expect((await conversations.get(other))?.turns).toHaveLength(2);
    expect(await requests.begin({ key: 'b', fingerprint: 'f', leaseMs: 1_000 })).toMatchObject({
      state: 'done',
    });
    expect(await purge.purgeArticle('mayor')).toEqual({
      answers: 0,
      versions: 0,
      exchanges: 0,
      responses: 0,
    });
    await purge.close();
  });

  it('also erases what was deleted before and is left in pages that are not used', async () => {
    const { dir, answers } = await openStores();
    await answers.save(answerFrom('a', 'mayor', secret), [sampleArticle('mayor', secret)]);
    const database = new Database(answersFile(dir));
    database.pragma('foreign_keys = ON');
    database.pragma('secure_delete = OFF');
    database.exec('DELETE FROM answers; DELETE FROM articles; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
    expect(await filesWith(dir, secret)).toEqual(['answers.sqlite']);
    await answers.purgeArticle('mayor');
    expect(await filesWith(dir, secret)).toEqual([]);
  });

  it('leaves versions that answers quote alone when it is not asked to: they can still be checked', async () => {
    const { answers } = await openStores();
    const answer = answerFrom('a', 'mayor', secret);
    await answers.save(answer, [sampleArticle('mayor', secret)]);
    await answers.purgeArticle('ferry');
    expect(await answers.get('a')).toEqual(answer);
    const version = answer.citations[0]?.articleVersion ?? '';
    expect((await answers.article('mayor', version))?.text).toBe(secret);
  });

  it('can be repeated after a store has failed', async () => {
    const stores = await openStores();
    const conversation = await remember(stores, answerFrom('a', 'mayor', secret), secret);
    let fails = true;
    const flaky = purgeOf(stores, {
      requests: {
        purgeAnswers: (of) => (fails ? Promise.reject(new Error('busy')) : stores.requests.purgeAnswers(of)),
      },
    });
    await expect(flaky.purgeArticle('mayor')).rejects.toThrow('busy');
    fails = false;
    expect(await flaky.purgeArticle('mayor')).toMatchObject({ answers: 1, responses: 1 });
    expect((await stores.conversations.get(conversation))?.turns).toEqual([]);
    expect(await filesWith(stores.dir, secret)).toEqual([]);
    await flaky.close();
  });

  it('makes no files where there are none', async () => {
    const stores = await openStores();
    const purge = purgeOf(stores);
    expect(await purge.purgeArticle('mayor')).toEqual({
      answers: 0,
      versions: 0,
      exchanges: 0,
      responses: 0,
    });
    await purge.close();
    expect(await readdir(stores.dir)).toEqual([]);
  });

  it('says so when another process keeps the bytes on the disk', async () => {
    const stores = await openStores();
    await stores.answers.save(answerFrom('a', 'mayor', secret), [sampleArticle('mayor', secret)]);
    const reader = new Database(answersFile(stores.dir), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM answers').get();
    try {
      await expect(stores.answers.purgeArticle('mayor')).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('another process'),
      });
    } finally {
      reader.close();
    }
    expect(await stores.answers.get('a')).toBeUndefined();
    await stores.answers.purgeArticle('mayor');
    expect(await filesWith(stores.dir, secret)).toEqual([]);
  });
});

describe('an answer that is under way while an article is purged', () => {
  it('is removed once it must have ended; those given later of the article anew stay', async () => {
    const stores = await openStores();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const begin = '2026-01-01T00:00:00.000Z';
    const purge = purgeOf(stores, { now: () => Date.parse('2026-01-01T00:00:10Z') });
    await purge.purgeArticle('mayor');
    await remember(stores, answerFrom('late', 'mayor', secret, begin), secret);
    await remember(stores, answerFrom('anew', 'mayor', harmless, '2026-01-01T00:00:20.000Z'), harmless);
    await vi.advanceTimersByTimeAsync(71_000);
    await expect.poll(() => stores.answers.get('late')).toBeUndefined();
    expect(await stores.answers.get('anew')).toBeDefined();
    expect(await filesWith(stores.dir, secret)).toEqual([]);
  });

  it('is looked for at once when the server ends', async () => {
    const stores = await openStores();
    const purge = purgeOf(stores);
    await purge.purgeArticle('mayor');
    await remember(stores, answerFrom('late', 'mayor', secret), secret);
    await purge.close();
    expect(await stores.answers.get('late')).toBeUndefined();
  });
});
