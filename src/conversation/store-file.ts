import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';

/** How long to wait for another process that writes, in milliseconds. */
const busyTimeout = 5_000;

/** What a store keeps in its file. */
export interface StoreFileOptions {
  /** `:memory:` keeps it in memory. */
  readonly file: string;
  /** For messages: "Cannot use the stored …". */
  readonly things: string;
  /** Raised when the tables change in a way that older code cannot read. */
  readonly format: number;
  /** SQL that makes the tables of a new file. */
  readonly tables: string;
  /** Removes what is too old: when the file is opened, and then every `expireMs` milliseconds. */
  readonly expire: (database: Database.Database) => void;
  readonly expireMs: number;
  /** Told when {@link expire} fails; it is tried again the next time. */
  readonly onError: (error: unknown) => void;
}

/** A SQLite file that is opened, and made, with its first use. Several processes may use it at once. */
export interface StoreFile {
  /** Works on the file, which is made where there is none. @throws FootnoteError `unavailable` */
  readonly use: <T>(work: (database: Database.Database) => T) => Promise<T>;
  /** As `use`, but makes no file: `undefined` where there is none. */
  readonly read: <T>(work: (database: Database.Database) => T) => Promise<T | undefined>;
  readonly close: () => Promise<void>;
}

/** What a transaction has written survives the end of the process and of the machine's power (WAL, synchronous FULL). */
export function createStoreFile(options: StoreFileOptions): StoreFile {
  const { file, things, expire, expireMs, onError } = options;
  let open: { readonly database: Database.Database; readonly timer: NodeJS.Timeout } | undefined;
  let closed = false;

  function database(): Database.Database {
    if (closed) throw new FootnoteError('unavailable', `The stored ${things} have been closed.`);
    if (open) return open.database;
    const opened = openDatabase(options);
    const removeOld = () => {
      try {
        expire(opened);
      } catch (error) {
        onError(storeFailure(options, error));
      }
    };
    removeOld();
    open = { database: opened, timer: setInterval(removeOld, expireMs).unref() };
    return opened;
  }

  // A rejected promise rather than an exception, so that callers handle one kind of failure.
  async function use<T>(work: (database: Database.Database) => T): Promise<T> {
    try {
      return work(database());
    } catch (error) {
      throw storeFailure(options, error);
    }
  }

  return {
    use,
    read: async (work) => (open || existsSync(file) ? use(work) : undefined),
    close: async () => {
      closed = true;
      if (!open) return;
      clearInterval(open.timer);
      open.database.close();
      open = undefined;
    },
  };
}

/** A stored row's JSON. @throws FootnoteError `unavailable` when it is damaged; `name` says which row it is. */
export function parseStored<T>(json: unknown, schema: z.ZodType<T>, name: string): T {
  try {
    return schema.parse(JSON.parse(z.string().parse(json)));
  } catch (cause) {
    throw new FootnoteError('unavailable', `The stored ${name} is damaged.`, { cause });
  }
}

/** A failure of the store as one message that names its file; an expected one comes back as it is. */
function storeFailure({ file, things }: StoreFileOptions, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  return new FootnoteError(
    'unavailable',
    `Cannot use the stored ${things} in ${file}: ${errorMessage(error)}`,
    {
      remedy: 'Free space or mend the permissions; a damaged file can be moved away, and a new one is made.',
      cause: error,
    },
  );
}

function openDatabase(options: StoreFileOptions): Database.Database {
  const { file } = options;
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: busyTimeout });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    prepareTables(database, options);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function prepareTables(database: Database.Database, { format, tables }: StoreFileOptions): void {
  const create = database.transaction(() => {
    const found = z.int().parse(database.pragma('user_version', { simple: true }));
    if (found === format) return;
    if (found !== 0) throw new Error(`it has format ${found}, and this version of Footnote reads ${format}.`);
    database.exec(tables);
    database.pragma(`user_version = ${format}`);
  });
  create.immediate();
}
