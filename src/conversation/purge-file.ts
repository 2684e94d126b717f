import type Database from 'better-sqlite3';
import { z } from 'zod';

import { FootnoteError } from '../domain/errors.ts';

/** How long to wait for readers in other processes, in milliseconds: nothing else is done meanwhile. */
const readersTimeout = 500;

const checkpointRows = z.array(z.object({ busy: z.int() }));

/**
 * Deletes so that nothing of it is left in the database's files: neither in pages that are no longer in use, nor in the
 * write-ahead log. Takes the time to write the whole file anew.
 *
 * @throws FootnoteError `unavailable` when another process is reading the log; the rows are deleted nevertheless.
 */
export function deleteForGood<T>(database: Database.Database, remove: () => T): T {
  database.pragma('secure_delete = ON');
  const result = database.transaction(remove).immediate();
  database.exec('VACUUM');
  const [row] = checkpointRows.parse(withOwnLimit(database, 'wal_checkpoint(TRUNCATE)'));
  if (row?.busy === 1) {
    throw new FootnoteError(
      'unavailable',
      'What was purged is deleted, but another process that reads the database keeps its bytes on the disk.',
      { remedy: 'End that process, then purge again.' },
    );
  }
  return result;
}

/** With its own limit of waiting for readers. */
function withOwnLimit(database: Database.Database, pragma: string): unknown {
  const usual = z.int().parse(database.pragma('busy_timeout', { simple: true }));
  database.pragma(`busy_timeout = ${readersTimeout}`);
  try {
    return database.pragma(pragma);
  } finally {
    database.pragma(`busy_timeout = ${usual}`);
  }
}
