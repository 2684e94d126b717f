import type Database from 'better-sqlite3';
import { z } from 'zod';

import { insertAnswer } from './answer-rows.ts';
import type { AnswerRecord } from './answer-store.ts';
import { answerSchema, articleSchema, feedbackSchema } from './record-schemas.ts';
import { parseStored } from './store-file.ts';

/** How many are read at a time. */
const pageSize = 50;

const answerRows = z.array(
  z.object({ place: z.int(), id: z.string(), storedAt: z.int(), answer: z.string() }),
);
const articleRows = z.array(z.string());
const feedbackRows = z.array(z.object({ key: z.int(), givenAt: z.int(), feedback: z.string() }));

/** The next answers after the place `after`. */
export function answerRecords(
  database: Database.Database,
  after: number,
): (AnswerRecord & { readonly place: number })[] {
  const rows = database
    .prepare(
      `SELECT rowid AS place, id, stored_at AS storedAt, answer FROM answers WHERE rowid > ?
       ORDER BY rowid LIMIT ?`,
    )
    .all(after, pageSize);
  const articles = database
    .prepare(
      `SELECT articles.article FROM quotes
       JOIN articles ON articles.id = quotes.article AND articles.version = quotes.version
       WHERE quotes.answer = ? ORDER BY quotes.article, quotes.version`,
    )
    .pluck();
  const feedback = database.prepare(
    'SELECT key, given_at AS givenAt, feedback FROM feedback WHERE answer = ? ORDER BY key',
  );
  return answerRows.parse(rows).map(({ place, id, storedAt, answer }) => ({
    place,
    answer: parseStored(answer, answerSchema, `answer "${id}"`),
    storedAt,
    articles: articleRows
      .parse(articles.all(id))
      .map((json) => parseStored(json, articleSchema, `article of the answer "${id}"`)),
    feedback: feedbackRows.parse(feedback.all(id)).map(({ key, givenAt, feedback: json }) => ({
      givenAt,
      feedback: parseStored(json, feedbackSchema, `feedback ${key}`),
    })),
  }));
}

/** Adds an answer with all that belongs to it, unless it is there. */
export function restoreAnswer(database: Database.Database, record: AnswerRecord): void {
  const { answer, articles, storedAt, feedback } = record;
  const restore = database.transaction(() => {
    if (database.prepare('SELECT 1 FROM answers WHERE id = ?').get(answer.id) !== undefined) return;
    insertAnswer(database, { answer, articles, at: storedAt });
    const add = database.prepare('INSERT INTO feedback (answer, given_at, feedback) VALUES (?, ?, ?)');
    for (const { givenAt, feedback: given } of feedback) add.run(answer.id, givenAt, JSON.stringify(given));
  });
  restore.immediate();
}
