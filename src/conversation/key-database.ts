import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';

/** Raised when the table changes in a way that older code cannot read. */
const format = 1;

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
    prepareTable(database);
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
    remedy: `${file}: ${errorMessage(error)}. Mend its permissions, or restore it from a copy.`,
    cause: error,
  });
}

function prepareTable(database: Database.Database): void {
  const formatFound = () => z.int().parse(database.pragma('user_version', { simple: true }));
  // Reading waits for nobody who writes.
  if (formatFound() === format) return;
  const create = database.transaction(() => {
    const found = formatFound();
    if (found === format) return;
    if (found !== 0) throw new Error(`it has format ${found}, and this version of Footnote reads ${format}`);
    database.exec(`
      CREATE TABLE keys (
        id TEXT PRIMARY KEY,
        hash BLOB NOT NULL,
        name TEXT NOT NULL,
        scopes TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        expires_at INTEGER,
        revoked_at INTEGER
      ) STRICT;
    `);
    database.pragma(`user_version = ${format}`);
  });
  create.immediate();
}
