import { errorCode } from '../../domain/errors.ts';
import type { Database } from '../../postgres/database.ts';

/** Tables from which articles are purged, with the statement for each: names of tables cannot be bound. */
const statements = {
  answers: 'VACUUM answers, answer_articles, quoted_articles, quotes, feedback',
  conversations: 'VACUUM exchanges',
  requests: 'VACUUM requests',
} as const;

/** SQLSTATE of what cannot be done within a transaction. */
const withinTransaction = '25001';

/**
 * Frees the space of deleted rows at once, so that it is written over soon, as far as the database can: where it takes
 * longer than a statement may, or readers still see the rows, autovacuum does it later.
 *
 * Deleted rows are seen by nobody any more. Their bytes stay in the table's file until something else is written there, in
 * the write-ahead log until its segments are used again, and in copies of both: standby servers, archived logs, backups.
 */
export async function vacuum(
  database: Database,
  things: keyof typeof statements,
  onError: (error: unknown) => void,
): Promise<void> {
  try {
    await database.query(statements[things]);
  } catch (error) {
    if (errorCode(error) !== withinTransaction) onError(error);
  }
}
