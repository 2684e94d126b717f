import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Answer } from '../domain/answer.ts';
import type { Article } from '../domain/article.ts';
import { FootnoteError } from '../domain/errors.ts';
import type { Feedback, StoredFeedback } from '../domain/feedback.ts';
import { answerRecords, restoreAnswer } from './answer-records.ts';
import { insertAnswer } from './answer-rows.ts';
import { answerFormat, answerTables } from './answer-tables.ts';
import {
  type AnswersFromOptions,
  answersFrom,
  type PurgedAnswers,
  purgeAnswers,
} from './answers-from-article.ts';
import { answerSchema, articleSchema, feedbackSchema } from './record-schemas.ts';
import { createStoreFile, latestInstant, parseStored } from './store-file.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Most entries of feedback on one answer: nobody fills the disk with them. */
export const maximumFeedback = 100;

/** The answers that were given, with the article versions that they quote. */
export interface AnswerStore {
  /**
   * Stores an answer with the articles that it quotes, all or nothing; resolves when they are on the disk. An article
   * version that is there already is kept as it is.
   */
  save(answer: Answer, articles: readonly Article[]): Promise<void>;
  get(id: string): Promise<Answer | undefined>;
  /** An article in a version that a stored answer quotes. */
  article(id: string, version: string): Promise<Article | undefined>;
  /** @throws FootnoteError `not-found`; `invalid-request` when the answer has had too much feedback already. */
  addFeedback(answerId: string, feedback: Feedback): Promise<void>;
  /** All feedback, oldest first. */
  feedback(): AsyncIterable<StoredFeedback>;
  /** Whether a version of the article is stored. */
  holdsArticle(id: string): Promise<boolean>;
  /** Ids of the answers that quote the article or were given from its passages, in any version. */
  answersFrom(articleId: string, options?: AnswersFromOptions): Promise<readonly string[]>;
  /**
   * Removes those answers with their feedback and, where nothing else quotes them, the versions of the article; resolves when
   * their bytes are gone from the file. The whole file is written anew for that.
   */
  purgeArticle(articleId: string, options?: AnswersFromOptions): Promise<PurgedAnswers>;
  /** All answers with what belongs to them, for another store; they are read a few at a time. */
  records(): AsyncIterable<AnswerRecord>;
  /** Takes over an answer of another store; one that is here already stays as it is. */
  restore(record: AnswerRecord): Promise<void>;
  close(): Promise<void>;
}

/** An answer as it goes from one store to another. Instants are epoch milliseconds. */
export interface AnswerRecord {
  readonly answer: Answer;
  readonly storedAt: number;
  /** The versions that it quotes. */
  readonly articles: readonly Article[];
  /** Oldest first. */
  readonly feedback: readonly { readonly givenAt: number; readonly feedback: Feedback }[];
}

/** Settings of {@link createAnswerStore}. */
export interface AnswerStoreOptions {
  readonly file: string;
  /** Days after which an answer is removed, with its feedback and the article versions that no other one quotes. */
  readonly retentionDays: number;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  /** Told when removing old answers fails; it is tried again an hour later. */
  readonly onError?: (error: unknown) => void;
}

/** Where the answers of an index folder are stored. */
export function answersFile(indexDir: string): string {
  return join(indexDir, 'answers.sqlite');
}

/**
 * Answers in one SQLite file, which the first answer makes: reading never does. Several processes may use it at once.
 *
 * All methods throw FootnoteError `unavailable` when the file cannot be used or what it holds is damaged.
 */
export function createAnswerStore(options: AnswerStoreOptions): AnswerStore {
  const { file, retentionDays, now = Date.now, onError = () => undefined } = options;
  const { use, read, close } = createStoreFile({
    file,
    things: 'answers',
    format: answerFormat,
    tables: answerTables,
    expire: (database, at) => removeOld(database, at - retentionDays * dayMs),
    newest: (database) => latestInstant(database, 'SELECT max(stored_at) FROM answers'),
    expireMs: hourMs,
    now,
    onError,
  });

  return {
    save: (answer, articles) =>
      use((opened) => {
        const save = opened.transaction(() => insertAnswer(opened, { answer, articles, at: now() }));
        save.immediate();
      }),
    get: (id) =>
      read((opened) => {
        const json = opened.prepare('SELECT answer FROM answers WHERE id = ?').pluck().get(id);
        return json === undefined ? undefined : parseStored(json, answerSchema, `answer "${id}"`);
      }),
    article: (id, version) =>
      read((opened) => {
        const select = opened.prepare('SELECT article FROM articles WHERE id = ? AND version = ?').pluck();
        const json = select.get(id, version);
        return json === undefined ? undefined : parseStored(json, articleSchema, `article "${id}"`);
      }),
    async addFeedback(answerId, feedback) {
      const added = await read((opened) => addFeedback(opened, { answerId, feedback, at: now() }));
      if (added !== true) {
        throw new FootnoteError('not-found', `There is no stored answer with the id "${answerId}".`);
      }
    },
    async *feedback() {
      // In pages, so that a long export holds neither the memory nor the database.
      let after = 0;
      for (;;) {
        const page = (await read((opened) => feedbackAfter(opened, after))) ?? [];
        for (const { key, ...entry } of page) {
          yield entry;
          after = key;
        }
        if (page.length === 0) return;
      }
    },
    holdsArticle: async (id) =>
      (await read((opened) => opened.prepare('SELECT 1 FROM articles WHERE id = ?').get(id) !== undefined)) ??
      false,
    answersFrom: async (articleId, range) =>
      (await read((opened) => answersFrom(opened, articleId, range))) ?? [],
    purgeArticle: async (articleId, range) =>
      (await read((opened) => purgeAnswers(opened, articleId, range))) ?? { answers: [], versions: 0 },
    async *records() {
      let after = 0;
      for (;;) {
        const page = (await read((opened) => answerRecords(opened, after))) ?? [];
        for (const { place, ...record } of page) {
          yield record;
          after = place;
        }
        if (page.length === 0) return;
      }
    },
    restore: (record) => use((opened) => restoreAnswer(opened, record)),
    close,
  };
}

function addFeedback(
  database: Database.Database,
  { answerId, feedback, at }: { answerId: string; feedback: Feedback; at: number },
): boolean {
  const add = database.transaction((): boolean => {
    if (database.prepare('SELECT 1 FROM answers WHERE id = ?').get(answerId) === undefined) return false;
    const count = database.prepare('SELECT count(*) FROM feedback WHERE answer = ?').pluck().get(answerId);
    if (z.int().parse(count) >= maximumFeedback) {
      throw new FootnoteError('invalid-request', 'This answer has had all the feedback that it can take.');
    }
    database
      .prepare('INSERT INTO feedback (answer, given_at, feedback) VALUES (?, ?, ?)')
      .run(answerId, at, JSON.stringify(feedback));
    return true;
  });
  return add.immediate();
}

const feedbackRows = z.array(
  z.object({ key: z.int(), answer: z.string(), given_at: z.int(), feedback: z.string(), json: z.string() }),
);

function feedbackAfter(database: Database.Database, key: number): (StoredFeedback & { key: number })[] {
  const rows = database
    .prepare(
      `SELECT feedback.key, feedback.answer, given_at, feedback, answers.answer AS json
       FROM feedback JOIN answers ON answers.id = feedback.answer
       WHERE feedback.key > ? ORDER BY feedback.key LIMIT 100`,
    )
    .all(key);
  return feedbackRows.parse(rows).map((row) => {
    const { question, text } = parseStored(row.json, answerSchema, `answer "${row.answer}"`);
    const givenAt = new Date(row.given_at).toISOString();
    const feedback = parseStored(row.feedback, feedbackSchema, `feedback ${row.key}`);
    return { key: row.key, answerId: row.answer, question, text, givenAt, ...feedback };
  });
}

/** Removes answers stored before `limit`, in epoch milliseconds, and article versions that nothing quotes any more. */
function removeOld(database: Database.Database, limit: number): void {
  const remove = database.transaction(() => {
    if (database.prepare('DELETE FROM answers WHERE stored_at < ?').run(limit).changes === 0) return;
    database.exec(`
      DELETE FROM articles WHERE NOT EXISTS (
        SELECT 1 FROM quotes WHERE quotes.article = articles.id AND quotes.version = articles.version
      )
    `);
  });
  remove.immediate();
}
