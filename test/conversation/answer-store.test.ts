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
import { answerStoreContract } from '../contracts/answer-store-contract.ts';
import { collected } from '../contracts/places.ts';
import { createFolder } from '../support/folders.ts';
import { answerNamed, sampleArticle } from './sample-records.ts';

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

answerStoreContract('a file', async () => {
  const file = await newFile();
  return (options) => createAnswerStore({ file, retentionDays: 30, ...options });
});

describe('the file of answers', () => {
  it('makes no file before the first answer', async () => {
    const file = await newFile();
    const store = storeIn(file);
    expect([await store.get('a'), await store.article('a', 'v')]).toEqual([undefined, undefined]);
    expect(await collected(store.feedback())).toEqual([]);
    await expect(store.addFeedback('a', { rating: 'up' })).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(file)).toBe(false);
  });

  it('stores each article version once', async () => {
    const file = await newFile();
    const store = storeIn(file);
    const [old, revised] = [sampleArticle('fair', 'It rained.'), sampleArticle('fair', 'It poured.')];
    await store.save(answerNamed('a'), [old]);
    await store.save(answerNamed('b'), [old, revised]);
    const database = new Database(file, { readonly: true });
    expect(database.prepare('SELECT count(*) FROM articles').pluck().get()).toBe(2);
    database.close();
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
