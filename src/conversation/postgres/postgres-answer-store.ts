import { z } from 'zod';

import type { Answer } from '../../domain/answer.ts';
import type { Article } from '../../domain/article.ts';
import { FootnoteError } from '../../domain/errors.ts';
import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { AnswerStore } from '../answer-store.ts';
import { answerSchema, articleSchema } from '../record-schemas.ts';
import { parseStored } from '../store-file.ts';
import { answerRecordsAfter, restoreAnswer } from './answer-records.ts';
import { addFeedback, feedbackAfter } from './feedback-rows.ts';
import { insertAnswer } from './insert-answer.ts';
import { answersFrom, purgeArticle, removeOldAnswers } from './remove-answers.ts';
import { isStorable } from './sql-values.ts';
import { createStoredThings } from './stored-things.ts';
import { vacuum } from './vacuum.ts';

const dayMs = 86_400_000;

const answerRows = z.array(z.object({ answer: z.string() }));
const articleRows = z.array(z.object({ article: z.string() }));

/** Settings of {@link createPostgresAnswerStore}. */
export interface PostgresAnswerStoreOptions {
  readonly database: Database;
  /**
   * Days after which an answer is removed, with its feedback and the article versions that no other one quotes; infinite:
   * never.
   */
  readonly retentionDays: number;
  /** Epoch milliseconds; the clock of the database when absent, which all replicas share. */
  readonly now?: () => number;
  /** Told when removing old answers fails; it is tried again a day later. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Answers in a database that replicas share.
 *
 * All methods throw FootnoteError `unavailable` when the database cannot be used or what it holds is damaged. Of what is
 * purged, see {@link vacuum}.
 */
export function createPostgresAnswerStore(options: PostgresAnswerStoreOptions): AnswerStore {
  const { database, retentionDays, now, onError = () => undefined } = options;
  const at = () => now?.() ?? null;
  const { use, close } = createStoredThings({
    database,
    things: 'answers',
    sweep: async (sql) =>
      Number.isFinite(retentionDays) &&
      removeOldAnswers(sql, { at: at(), retentionMs: retentionDays * dayMs }),
    sweepMs: dayMs,
    onError,
  });

  return {
    save: (answer, articles) =>
      use((opened) => opened.transaction((sql) => insertAnswer(sql, { answer, articles, storedAt: at() }))),
    get: (id) => use((sql) => answerOf(sql, id)),
    article: (id, version) => use((sql) => articleOf(sql, id, version)),
    async addFeedback(answerId, feedback) {
      const added = await use((sql) => addFeedback(sql, { answerId, feedback, at: at() }));
      if (!added) {
        throw new FootnoteError('not-found', `There is no stored answer with the id "${answerId}".`);
      }
    },
    async *feedback() {
      let after = 0;
      for (;;) {
        const page = await use((sql) => feedbackAfter(sql, after));
        for (const { key, ...entry } of page) {
          yield entry;
          after = key;
        }
        if (page.length === 0) return;
      }
    },
    holdsArticle: (id) =>
      use(async (sql) => {
        if (!isStorable(id)) return false;
        const select = 'SELECT id FROM quoted_articles WHERE shard = $1 AND id = $2 LIMIT 1';
        return (await sql.query(select, [shardOf(id), id])).length > 0;
      }),
    answersFrom: (articleId, range) => use((sql) => answersFrom(sql, articleId, range)),
    purgeArticle: (articleId, range) =>
      use(async (sql) => {
        const purged = await purgeArticle(sql, articleId, range);
        if (purged.answers.length + purged.versions > 0) await vacuum(sql, 'answers', onError);
        return purged;
      }),
    async *records() {
      let after = { shard: -(2 ** 31), id: '' };
      for (;;) {
        const page = await use((sql) => answerRecordsAfter(sql, after));
        for (const { shard, ...record } of page) {
          yield record;
          after = { shard, id: record.answer.id };
        }
        if (page.length === 0) return;
      }
    },
    restore: (record) => use((sql) => restoreAnswer(sql, record)),
    close,
  };
}

async function answerOf(database: Database, id: string): Promise<Answer | undefined> {
  if (!isStorable(id)) return undefined;
  const rows = await database.query('SELECT answer FROM answers WHERE shard = $1 AND id = $2', [
    shardOf(id),
    id,
  ]);
  const [row] = answerRows.parse(rows);
  return row && parseStored(row.answer, answerSchema, `answer "${id}"`);
}

async function articleOf(database: Database, id: string, version: string): Promise<Article | undefined> {
  if (!isStorable(id + version)) return undefined;
  const rows = await database.query(
    'SELECT article FROM quoted_articles WHERE shard = $1 AND id = $2 AND version = $3',
    [shardOf(id), id, version],
  );
  const [row] = articleRows.parse(rows);
  return row && parseStored(row.article, articleSchema, `article "${id}"`);
}
