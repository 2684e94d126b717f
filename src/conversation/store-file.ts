import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { createExpiry, type ExpiryOptions } from './expiry.ts';
import { prepareTables } from './prepare-tables.ts';
import { createWalSync, type WalSync } from './wal-sync.ts';
import { createWhenNotBusy } from './when-busy.ts';

/** What a store keeps in its file. */
export interface StoreFileOptions extends ExpiryOptions {
  /** `:memory:` keeps it in memory. */
  readonly file: string;
  /** For messages: "Cannot use the stored …". */
  readonly things: string;
  /** Raised when the tables change in a way that older code cannot read. */
  readonly format: number;
  /** SQL that makes the tables of a new file. */
  readonly tables: string;
  /** What is too old is removed when the file is opened, and then every `expireMs` milliseconds. */
  readonly expireMs: number;
  /** Told when that fails; it is tried again the next time. */
  readonly onError: (error: unknown) => void;
}

/** A SQLite file that is opened, and made, with its first use. Several processes may use it at once. */
export interface StoreFile {
  /**
   * Works on the file, which is made where there is none. While another process writes it, `work` is begun again, without holding
   * up anything else: it must be all or nothing.
   *
   * @throws FootnoteError `unavailable`
   */
  readonly use: <T>(work: (database: Database.Database) => T) => Promise<T>;
  /** As `use`, but makes no file: `undefined` where there is none. */
  readonly read: <T>(work: (database: Database.Database) => T) => Promise<T | undefined>;
  readonly close: () => Promise<void>;
}

/**
 * What a transaction has written survives the end of the process and of the machine's power once `use` has resolved (WAL, see
 * {@link createWalSync}).
 */
export function createStoreFile(options: StoreFileOptions): StoreFile {
  const { file, things, expireMs, onError } = options;
  const whenNotBusy = createWhenNotBusy();
  const expire = createExpiry(options);
  let open: OpenFile | undefined;
  let closed = false;

  function openFile(): OpenFile {
    if (closed) throw new FootnoteError('unavailable', `The stored ${things} have been closed.`);
    if (open) return open;
    const { database: opened, wal } = openDatabase(options);
    const removeOld = () => {
      const removed = whenNotBusy(() => {
        if (opened.open) expire(opened);
      });
      void removed.catch((error: unknown) => onError(storeFailure(options, error)));
    };
    const changes = opened.prepare('SELECT total_changes()').pluck();
    open = { database: opened, wal, changes, timer: setInterval(removeOld, expireMs).unref() };
    removeOld();
    return open;
  }

  async function use<T>(work: (database: Database.Database) => T): Promise<T> {
    try {
      const { result, synced } = await whenNotBusy(() => {
        const { database, changes, wal } = openFile();
        const before = changes.get();
        const done = work(database);
        return { result: done, synced: changes.get() === before ? undefined : wal?.flush() };
      });
      await synced;
      return result;
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
      const { timer, wal, database } = open;
      open = undefined;
      clearInterval(timer);
      await wal?.close();
      database.close();
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

/** The one value of a query for the latest of some instants, in epoch milliseconds; null where there are none. */
export function latestInstant(database: Database.Database, query: string): number | null {
  return z.int().nullable().parse(database.prepare(query).pluck().get());
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

interface OpenFile {
  readonly database: Database.Database;
  /** Absent where nothing has to be synced: in memory, or where SQLite cannot write ahead and syncs itself. */
  readonly wal: WalSync | undefined;
  /** How many rows this connection has changed. */
  readonly changes: Database.Statement;
  readonly timer: NodeJS.Timeout;
}

function openDatabase(options: StoreFileOptions): Pick<OpenFile, 'database' | 'wal'> {
  const { file } = options;
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { timeout: 0 });
  try {
    const writesAhead = database.pragma('journal_mode = WAL', { simple: true }) === 'wal';
    database.pragma(`synchronous = ${writesAhead ? 'NORMAL' : 'FULL'}`);
    database.pragma('foreign_keys = ON');
    prepareTables(database, options);
    return { database, wal: writesAhead ? createWalSync(file) : undefined };
  } catch (error) {
    database.close();
    throw error;
  }
}
