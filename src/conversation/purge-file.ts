import type Database from 'better-sqlite3';
import { z } from 'zod';

import { FootnoteError } from '../domain/errors.ts';
import { isBusy } from './when-busy.ts';

/** How long to wait for other processes, in milliseconds: nothing else is done meanwhile. */
const othersTimeout = 500;

const checkpointRows = z.array(z.object({ busy: z.int() }));

/**
 * Deletes so that nothing of it is left in the database's files: neither in pages that are no longer in use, nor in the
 * write-ahead log. Takes the time to write the whole file anew.
 *
 * @throws FootnoteError `unavailable` when another process is using the file; the rows are deleted nevertheless.
 */
export function deleteForGood<T>(database: Database.Database, remove: () => T): T {
  database.pragma('secure_delete = ON');
  const result = database.transaction(remove).immediate();
  if (!withOwnLimit(database, isRewritten)) {
    throw new FootnoteError(
      'unavailable',
      'What was purged is deleted, but another process that uses the database keeps its bytes on the disk.',
      { remedy: 'End that process, then purge again.' },
    );
  }
  return result;
}

function isRewritten(database: Database.Database): boolean {
  try {
    database.exec('VACUUM');
  } catch (error) {
    // Not thrown on: the whole would be done again, and would tell of what the second time deletes.
    if (isBusy(error)) return false;
    throw error;
  }
  const [row] = checkpointRows.parse(database.pragma('wal_checkpoint(TRUNCATE)'));
  return row?.busy !== 1;
}

/** With its own limit of waiting for others. */
function withOwnLimit<T>(database: Database.Database, work: (database: Database.Database) => T): T {
  const usual = z.int().parse(database.pragma('busy_timeout', { simple: true }));
  database.pragma(`busy_timeout = ${othersTimeout}`);
  try {
    return work(database);
  } finally {
    database.pragma(`busy_timeout = ${usual}`);
  }
}
