import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { type ConversationRecord, maximumTurns } from '../conversation-store.ts';
import { instant, storable } from './sql-values.ts';

const jsonText = z.string().transform((json) => z.string().parse(JSON.parse(json)));

/** Rows of exchanges, by the names of their columns. */
export const exchangeRows = z.array(
  z.object({ answer: z.string(), at: whole, question: jsonText, reply: jsonText }),
);

/** A question with its reply. */
export interface NewExchange {
  /** Id. */
  readonly answer: string;
  /** Epoch milliseconds; now, by the database's clock, when null. */
  readonly at: number | null;
  readonly question: string;
  readonly reply: string;
}

/** Adds an exchange as the newest. */
export async function insertExchange(
  sql: Sql,
  conversation: string,
  { answer, at, question, reply }: NewExchange,
): Promise<void> {
  await sql.query(
    `INSERT INTO exchanges (shard, key, conversation, answer, at, question, reply, characters)
     VALUES ($1, nextval('exchange_keys'), $2, $3, ${instant(4)}, $5, $6, $7)`,
    [
      shardOf(conversation),
      conversation,
      storable(answer),
      at,
      JSON.stringify(question),
      JSON.stringify(reply),
      Array.from(question).length + Array.from(reply).length,
    ],
  );
}

/** All exchanges of a conversation, oldest first. */
export async function selectExchanges(
  database: Database,
  shard: number,
  conversation: string,
): Promise<ConversationRecord['exchanges']> {
  const rows = await database.query(
    `SELECT answer, at, question, reply FROM exchanges
     WHERE shard = $1 AND conversation = $2 ORDER BY key LIMIT $3`,
    [shard, conversation, maximumTurns],
  );
  return exchangeRows.parse(rows).map(({ answer: answerId, ...exchange }) => ({ answerId, ...exchange }));
}
