import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import type { Feedback, StoredFeedback } from '../../domain/feedback.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { maximumFeedback } from '../answer-store.ts';
import { answerSchema, feedbackSchema } from '../record-schemas.ts';
import { parseStored } from '../store-file.ts';
import { countRows, instant, isStorable } from './sql-values.ts';

const rowsSchema = z.array(
  z.object({ key: whole, answer: z.string(), given_at: whole, feedback: z.string(), json: z.string() }),
);

/** What a reader says of an answer. */
export interface NewFeedback {
  readonly answerId: string;
  readonly feedback: Feedback;
  /** Epoch milliseconds; now, by the database's clock, when null. */
  readonly at: number | null;
}

/** False where there is no such answer. @throws FootnoteError `invalid-request` when it has had too much already */
export async function addFeedback(database: Database, given: NewFeedback): Promise<boolean> {
  const { answerId } = given;
  if (!isStorable(answerId)) return false;
  return database.transaction(async (sql) => {
    const owner = [shardOf(answerId), answerId];
    const found = await sql.query(
      'SELECT id FROM answers WHERE shard = $1 AND id = $2 FOR NO KEY UPDATE',
      owner,
    );
    if (found.length === 0) return false;
    const [{ count }] = countRows.parse(
      await sql.query('SELECT count(*) AS count FROM feedback WHERE shard = $1 AND answer = $2', owner),
    );
    if (count >= maximumFeedback) {
      throw new FootnoteError('invalid-request', 'This answer has had all the feedback that it can take.');
    }
    await insertFeedback(sql, given);
    return true;
  });
}

/** Adds it as the latest. */
export async function insertFeedback(sql: Sql, { answerId, feedback, at }: NewFeedback): Promise<void> {
  await sql.query(
    `INSERT INTO feedback (shard, key, answer, given_at, feedback)
     VALUES ($1, nextval('feedback_keys'), $2, ${instant(3)}, $4)`,
    [shardOf(answerId), answerId, at, JSON.stringify(feedback)],
  );
}

/** The next entries after that with the key `after`. */
export async function feedbackAfter(
  database: Database,
  after: number,
): Promise<(StoredFeedback & { key: number })[]> {
  const rows = await database.query(
    `SELECT feedback.key, feedback.answer, feedback.given_at, feedback.feedback, answers.answer AS json
     FROM feedback JOIN answers ON answers.shard = feedback.shard AND answers.id = feedback.answer
     WHERE feedback.key > $1 ORDER BY feedback.key LIMIT 100`,
    [after],
  );
  return rowsSchema.parse(rows).map((row) => {
    const { question, text } = parseStored(row.json, answerSchema, `answer "${row.answer}"`);
    const givenAt = new Date(row.given_at).toISOString();
    const feedback = parseStored(row.feedback, feedbackSchema, `feedback ${row.key}`);
    return { key: row.key, answerId: row.answer, question, text, givenAt, ...feedback };
  });
}
