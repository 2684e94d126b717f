import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import Database from 'better-sqlite3';

import { FootnoteError } from '../domain/errors.ts';
import { names } from './index-paths.ts';

/** Held while a generation is being built. */
export interface WriterLock {
  release(): void;
}

/**
 * Takes the lock of an index folder.
 *
 * The lock is SQLite's on a small database, that is, the operating system's: it ends with its process,
 * however that ends, so a stale one cannot exist. A file that only names a process would mislead wherever
 * process numbers are used again, as in containers. `user_version` tells others who holds it.
 *
 * @throws FootnoteError `unavailable` when another writer, of this process or another, holds it.
 */
export async function acquireWriterLock(dir: string): Promise<WriterLock> {
  const file = join(dir, names.lock);
  try {
    return lock(file, dir);
  } catch (error) {
    // Not a database, so nobody can hold it.
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_NOTADB') throw error;
    await rm(file, { force: true });
    return lock(file, dir);
  }
}

function lock(file: string, dir: string): WriterLock {
  const database = new Database(file, { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN IMMEDIATE');
    database.pragma(`user_version = ${process.pid}`);
    database.exec('COMMIT; BEGIN IMMEDIATE');
    return { release: () => void database.close() };
  } catch (error) {
    const holder = isBusy(error) ? holderOf(database) : '';
    database.close();
    if (!isBusy(error)) throw error;
    throw new FootnoteError('unavailable', `Another ingest${holder} is writing the index in ${dir}.`, {
      remedy: 'Wait until it has ended, then run npm run ingest.',
      cause: error,
    });
  }
}

function holderOf(database: Database.Database): string {
  try {
    return ` (process ${String(database.pragma('user_version', { simple: true }))})`;
  } catch {
    return '';
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
