import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';

import {
  type AnswerStoreOptions,
  answersFile,
  createAnswerStore,
} from '../../src/conversation/answer-store.ts';
import { createFolder } from '../support/folders.ts';
import { collect } from '../support/footnote-server.ts';
import { answerNamed, sampleArticle } from './sample-records.ts';

const dayMs = 86_400_000;

async function newFile(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return answersFile(folder.path);
}

function storeIn(file: string, options: Partial<AnswerStoreOptions> = {}) {
  const store = createAnswerStore({ file, retentionDays: 30, ...options });
  onTestFinished(() => store.close());
  return store;
}

/** Changes the file behind the store's back. */
function tamper(file: string, sql: string) {
  const database = new Database(file);
  database.exec(sql);
  database.close();
}

describe('the answer store', () => {
  it('gives back what was saved, also to another process and after it was closed', async () => {
    const file = await newFile();
    const store = storeIn(file);
    const [answer, article] = [answerNamed('a'), sampleArticle('fair', 'The fair drew 5,400 visitors.')];
    await store.save(answer, [article]);
    const other = storeIn(file);
    expect(await other.get('a')).toEqual(answer);
    expect(await other.article('fair', article.version)).toEqual(article);
    await store.close();
    expect(await storeIn(file).get('a')).toEqual(answer);
    await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('keeps members that it does not know: they are part of the hash', async () => {
    const store = storeIn(await newFile());
    const answer = Object.assign(answerNamed('a'), { mood: 'sunny' });
    await store.save(answer, []);
    expect(await store.get('a')).toEqual(answer);
  });

  it('has nothing, and makes no file, before the first answer', async () => {
    const file = await newFile();
    const store = storeIn(file);
    expect([await store.get('a'), await store.article('a', 'v')]).toEqual([undefined, undefined]);
    expect(await collect(store.feedback())).toEqual([]);
    await expect(store.addFeedback('a', { rating: 'up' })).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(file)).toBe(false);
  });

  it('stores each article version once, beside the other versions', async () => {
    const file = await newFile();
    const store = storeIn(file);
    const [old, revised] = [sampleArticle('fair', 'It rained.'), sampleArticle('fair', 'It poured.')];
    await store.save(answerNamed('a'), [old]);
    await store.save(answerNamed('b'), [old, revised]);
    expect(await store.article('fair', old.version)).toEqual(old);
    expect(await store.article('fair', revised.version)).toEqual(revised);
    const database = new Database(file, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM articles').pluck().get()).toBe(2);
    database.close();
  });

  it('saves all or nothing', async () => {
    const store = storeIn(await newFile());
    const article = sampleArticle('fair', 'It rained.');
    await store.save(answerNamed('a'), []);
    await expect(store.save(answerNamed('a'), [article])).rejects.toMatchObject({ code: 'unavailable' });
    expect(await store.article('fair', article.version)).toBeUndefined();
  });

  it('removes old answers when it opens, with their feedback and the articles that nothing else quotes', async () => {
    const file = await newFile();
    const [shared, own] = [sampleArticle('shared', 'Shared.'), sampleArticle('own', 'Own.')];
    let now = 0;
    const first = storeIn(file, { now: () => now });
    await first.save(answerNamed('old'), [shared, own]);
    await first.addFeedback('old', { rating: 'up' });
    now = 20 * dayMs;
    await first.save(answerNamed('new'), [shared]);
    const kept = async (day: number) => {
      const store = storeIn(file, { now: () => day * dayMs });
      const answers = [await store.get('old'), await store.get('new')].map((answer) => answer?.id);
      const articles = [
        await store.article('own', own.version),
        await store.article('shared', shared.version),
      ];
      const feedback = await collect(store.feedback());
      await store.close();
      return { answers, articles: articles.map((article) => article?.id), feedback: feedback.length };
    };
    expect(await kept(29)).toEqual({ answers: ['old', 'new'], articles: ['own', 'shared'], feedback: 1 });
    expect(await kept(31)).toEqual({
      answers: [undefined, 'new'],
      articles: [undefined, 'shared'],
      feedback: 0,
    });
    expect(await kept(51)).toEqual({
      answers: [undefined, undefined],
      articles: [undefined, undefined],
      feedback: 0,
    });
  });

  it('lists feedback with its question, oldest first, and any number of it', async () => {
    let now = Date.UTC(2024, 0, 1);
    const store = storeIn(await newFile(), { now: () => now });
    await store.save(answerNamed('a'), []);
    await store.save(answerNamed('b'), []);
    await store.addFeedback('a', { rating: 'down', reason: 'outdated', comment: 'Cũ rồi.' });
    now += dayMs;
    await store.addFeedback('b', { rating: 'up' });
    const { question, text } = answerNamed('a');
    expect(await collect(store.feedback())).toEqual([
      {
        answerId: 'a',
        question,
        text,
        rating: 'down',
        reason: 'outdated',
        comment: 'Cũ rồi.',
        givenAt: '2024-01-01T00:00:00.000Z',
      },
      { answerId: 'b', question, text, rating: 'up', givenAt: '2024-01-02T00:00:00.000Z' },
    ]);
    for (let count = 1; count < 100; count += 1) await store.addFeedback('a', { rating: 'up' });
    expect(await collect(store.feedback())).toHaveLength(101);
    await expect(store.addFeedback('a', { rating: 'up' })).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it.each([
    ['no JSON', `UPDATE answers SET answer = '{"id":'`],
    ['no answer', `UPDATE answers SET answer = '{"id": "a"}'`],
  ])('says so where a row holds %s, and serves the others', async (_what, sql) => {
    const file = await newFile();
    const store = storeIn(file);
    await store.save(answerNamed('a'), []);
    tamper(file, sql);
    await store.save(answerNamed('b'), []);
    await expect(store.get('a')).rejects.toMatchObject({
      name: 'FootnoteError',
      code: 'unavailable',
      message: 'The stored answer "a" is damaged.',
    });
    expect(await store.get('b')).toEqual(answerNamed('b'));
  });

  it.each([
    ['is no database', (file: string) => writeFile(file, 'Not a database. '.repeat(100))],
    ['is of a later format', async (file: string) => tamper(file, 'PRAGMA user_version = 99')],
  ])('names the file where it %s', async (_what, damage) => {
    const file = await newFile();
    await damage(file);
    const store = storeIn(file);
    for (const use of [store.get('a'), store.save(answerNamed('a'), [])]) {
      await expect(use).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining(file),
        remedy: expect.any(String),
      });
    }
  });

  it('names the file where the folder cannot be made, and works once it can', async () => {
    const folder = await createFolder();
    onTestFinished(() => folder.remove());
    await writeFile(join(folder.path, 'taken'), '');
    const store = storeIn(join(folder.path, 'taken', 'answers.sqlite'));
    await expect(store.save(answerNamed('a'), [])).rejects.toMatchObject({ code: 'unavailable' });
    await rm(join(folder.path, 'taken'));
    await store.save(answerNamed('a'), []);
    expect(await store.get('a')).toEqual(answerNamed('a'));
  });
});
