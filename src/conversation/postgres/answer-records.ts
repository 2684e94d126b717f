import { z } from 'zod';

import type { Article } from '../../domain/article.ts';
import type { Database } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { AnswerRecord } from '../answer-store.ts';
import { answerSchema, articleSchema, feedbackSchema } from '../record-schemas.ts';
import { parseStored } from '../store-file.ts';
import { insertFeedback } from './feedback-rows.ts';
import { insertAnswer } from './insert-answer.ts';

/** How many are read at a time. */
const pageSize = 50;

const answerRows = z.array(
  z.object({ shard: z.int(), id: z.string(), stored_at: whole, answer: z.string() }),
);
const quoteRows = z.array(z.object({ article: z.string(), version: z.string() }));
const articleRows = z.array(z.object({ article: z.string() }));
const feedbackRows = z.array(z.object({ key: whole, given_at: whole, feedback: z.string() }));

/** The next answers after that place. */
export async function answerRecordsAfter(
  database: Database,
  after: { readonly shard: number; readonly id: string },
): Promise<(AnswerRecord & { readonly shard: number })[]> {
  const rows = await database.query(
    `SELECT shard, id, stored_at, answer FROM answers WHERE (shard, id) > ($1::integer, $2::text)
     ORDER BY shard, id LIMIT $3`,
    [after.shard, after.id, pageSize],
  );
  const records = [];
  for (const { shard, id, stored_at: storedAt, answer } of answerRows.parse(rows)) {
    records.push({
      shard,
      answer: parseStored(answer, answerSchema, `answer "${id}"`),
      storedAt,
      articles: await articlesOf(database, shard, id),
      feedback: await feedbackOf(database, shard, id),
    });
  }
  return records;
}

/** Adds an answer with all that belongs to it, unless it is there. */
export async function restoreAnswer(
  database: Database,
  { answer, articles, storedAt, feedback }: AnswerRecord,
): Promise<void> {
  await database.transaction(async (sql) => {
    const found = await sql.query('SELECT id FROM answers WHERE shard = $1 AND id = $2', [
      shardOf(answer.id),
      answer.id,
    ]);
    if (found.length > 0) return;
    await insertAnswer(sql, { answer, articles, storedAt });
    for (const { givenAt, feedback: given } of feedback) {
      await insertFeedback(sql, { answerId: answer.id, feedback: given, at: givenAt });
    }
  });
}

async function articlesOf(database: Database, shard: number, answer: string): Promise<Article[]> {
  const quotes = quoteRows.parse(
    await database.query(
      'SELECT article, version FROM quotes WHERE shard = $1 AND answer = $2 ORDER BY article, version LIMIT 1000',
      [shard, answer],
    ),
  );
  const articles: Article[] = [];
  for (const { article: id, version } of quotes) {
    const rows = await database.query(
      'SELECT article FROM quoted_articles WHERE shard = $1 AND id = $2 AND version = $3',
      [shardOf(id), id, version],
    );
    const found = articleRows.parse(rows);
    articles.push(...found.map(({ article }) => parseStored(article, articleSchema, `article "${id}"`)));
  }
  return articles;
}

async function feedbackOf(
  database: Database,
  shard: number,
  answer: string,
): Promise<AnswerRecord['feedback']> {
  const rows = await database.query(
    'SELECT key, given_at, feedback FROM feedback WHERE shard = $1 AND answer = $2 ORDER BY key LIMIT 1000',
    [shard, answer],
  );
  return feedbackRows.parse(rows).map(({ key, given_at: givenAt, feedback }) => ({
    givenAt,
    feedback: parseStored(feedback, feedbackSchema, `feedback ${key}`),
  }));
}
