import { type FileHandle, open } from 'node:fs/promises';

/** Brings what was committed to the disk without holding up the thread that serves everybody. */
export interface WalSync {
  /**
   * Resolves when all that is committed by now is on the disk. Those who ask while the disk is busy share the next turn.
   *
   * @throws what the file system throws; whether the commits survive a power cut is then unknown.
   */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/**
 * For a database in WAL mode whose `synchronous` is NORMAL: a commit only appends to the log there, and SQLite itself
 * syncs the log before it is carried over into the database. What a commit with FULL waits for in the
 * thread, some milliseconds on a busy disk, is done here in the thread pool.
 *
 * @param file - of the database, which must be open for as long as this is: its log stays the same file then. Closing a
 * file drops the locks that the process holds on it, but SQLite holds none on the log.
 */
export function createWalSync(file: string): WalSync {
  let log: FileHandle | undefined;
  let running = Promise.resolve();
  let next: Promise<void> | undefined;

  async function sync(): Promise<void> {
    log ??= await open(`${file}-wal`, 'r+');
    await log.datasync();
  }

  function begin(): Promise<void> {
    next = undefined;
    running = sync();
    return running;
  }

  return {
    flush: () => (next ??= running.then(begin, begin)),
    close: async () => {
      await (next ?? running).catch(() => undefined);
      await log?.close();
      log = undefined;
    },
  };
}
