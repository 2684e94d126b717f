import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { prepareTables } from './prepare-tables.ts';

/** Raised when the table changes in a way that older code cannot read. */
const format = 1;

const tables = `
  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    revoked_at INTEGER
  ) STRICT;
`;

/**
 * Opens the database of keys, made where there is none; only its owner can read it.
 *
 * @throws Error what is wrong with it, see {@link keyFailure}; SQLite's `SQLITE_BUSY` while another process writes it
 */
export function openKeyDatabase(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const isNew = !existsSync(file);
    database = new Database(file, { timeout: 0 });
    // Before the journal is made, which gets the same permissions.
    if (isNew) chmodSync(file, 0o600);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    prepareTables(database, { format, tables });
    return database;
  } catch (error) {
    database?.close();
    throw error;
  }
}

/** Callers of the API see the message, so that only the remedy names the file and what is wrong with it. */
export function keyFailure(file: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  return new FootnoteError('unavailable', 'The API keys cannot be used at the moment.', {
    remedy: `${file}: ${errorMessage(error).replace(/\.$/u, '')}. Mend its permissions, or restore it from a copy.`,
    cause: error,
  });
}
