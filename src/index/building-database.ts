import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';

import { createArticleTables } from './article-schema.ts';
import { createCopyTables } from './copies/copy-tables.ts';
import { openDatabase } from './generation-files.ts';
import { names } from './index-paths.ts';

/** Memory for pages of the database while it is written, and pages of its log before they are carried over: 128 MiB each. */
const cacheKiB = 131_072;
const checkpointPages = 32_768;

/**
 * Opens the article database of a generation under construction, made when it is not there.
 *
 * With a write-ahead log its file is sound at every moment, whenever the process is killed; after a power cut the last
 * transactions may be gone, but no half of one is left.
 */
export function openBuildingDatabase(folder: string): Database.Database {
  const database = openLogged(folder);
  if (isEmpty(database)) database.transaction(createTables)(database);
  return database;
}

function createTables(database: Database.Database): void {
  createArticleTables(database);
  createCopyTables(database);
}

function openLogged(folder: string): Database.Database {
  const database = new Database(join(folder, names.articles));
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    // Words and signatures are written all over the file: pages that change again soon are better not written each time.
    database.pragma(`cache_size = -${cacheKiB}`);
    database.pragma(`wal_autocheckpoint = ${checkpointPages}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** As {@link openBuildingDatabase} for what another writer left; undefined when that is damaged. */
export function reopenBuildingDatabase(folder: string): Database.Database | undefined {
  let database: Database.Database | undefined;
  try {
    database = openLogged(folder);
    // Reads every page, but not each index entry: a few hundred megabytes in a second.
    const isSound = database.pragma('quick_check(1)', { simple: true }) === 'ok';
    if (isSound && !isEmpty(database)) return database;
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  database?.close();
  return undefined;
}

/**
 * Closes the database and leaves one file, which is yet to be made durable.
 *
 * @param compact - writes it anew with nothing in it but its content: SQLite only marks what it removes as unused.
 * @returns the database, opened for reading.
 */
export async function closeBuildingDatabase(
  database: Database.Database,
  folder: string,
  compact: boolean,
): Promise<Database.Database> {
  const file = join(folder, names.articles);
  const temporary = `${file}${names.temporary}`;
  // Ends the log. A log beside a file that it does not belong to would spoil it.
  const mode = database.pragma('journal_mode = DELETE', { simple: true });
  if (mode !== 'delete') throw new Error(`the database keeps its journal mode (${String(mode)})`);
  if (compact) {
    await rm(temporary, { force: true });
    database.prepare('VACUUM INTO ?').run(temporary);
  }
  database.close();
  if (compact) await rename(temporary, file);
  return openDatabase(folder, names.articles);
}

function isEmpty(database: Database.Database): boolean {
  return database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|ERROR)/u.test(error.code);
}
