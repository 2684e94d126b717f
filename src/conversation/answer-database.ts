import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';

/** Raised when the tables change in a way that older code cannot read. */
const format = 1;

/** How long to wait for another process that writes, in milliseconds. */
const busyTimeout = 5_000;

/**
 * Opens the database of answers, made where there is none. What a transaction has written survives the end of the
 * process and of the machine's power (WAL, synchronous FULL).
 *
 * @throws FootnoteError `unavailable` when it cannot be opened or is of another format.
 */
export function openAnswerDatabase(file: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    database = new Database(file, { timeout: busyTimeout });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    prepareTables(database);
    return database;
  } catch (error) {
    database?.close();
    throw storeFailure(file, error);
  }
}

/** A failure of the store as one message that names its file; an expected one comes back as it is. */
export function storeFailure(file: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  return new FootnoteError(
    'unavailable',
    `Cannot use the stored answers in ${file}: ${errorMessage(error)}`,
    {
      remedy: 'Free space or mend the permissions; a damaged file can be moved away, and a new one is made.',
      cause: error,
    },
  );
}

function prepareTables(database: Database.Database): void {
  const create = database.transaction(() => {
    const found = z.int().parse(database.pragma('user_version', { simple: true }));
    if (found === format) return;
    if (found !== 0) throw new Error(`it has format ${found}, and this version of Footnote reads ${format}.`);
    database.exec(`
      CREATE TABLE answers (
        id TEXT PRIMARY KEY,
        stored_at INTEGER NOT NULL,
        answer TEXT NOT NULL
      ) STRICT;
      CREATE INDEX answers_by_age ON answers (stored_at);
      CREATE TABLE articles (
        id TEXT NOT NULL,
        version TEXT NOT NULL,
        article TEXT NOT NULL,
        PRIMARY KEY (id, version)
      ) STRICT;
      CREATE TABLE quotes (
        answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        article TEXT NOT NULL,
        version TEXT NOT NULL,
        PRIMARY KEY (answer, article, version)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX quotes_by_article ON quotes (article, version);
      CREATE TABLE feedback (
        key INTEGER PRIMARY KEY,
        answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        given_at INTEGER NOT NULL,
        feedback TEXT NOT NULL
      ) STRICT;
      CREATE INDEX feedback_by_answer ON feedback (answer);
    `);
    database.pragma(`user_version = ${format}`);
  });
  create.immediate();
}
