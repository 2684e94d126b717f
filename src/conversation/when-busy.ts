import { setTimeout } from 'node:timers/promises';

import Database from 'better-sqlite3';

/** For how long another process that writes is waited for, in milliseconds. */
export const busyPatienceMs = 5_000;

/** Pauses between two attempts, in milliseconds: writing takes others a few, and what takes longer takes much longer. */
const pause = { shortest: 2, longest: 50 };

/** After so many milliseconds without a refusal, the next one counts as the first. */
const quietMs = 1_000;

/**
 * Does work on a SQLite file that another process may be writing, and again, a little later each time, as long as it is
 * refused with `SQLITE_BUSY`. SQLite's own waiting (`busy_timeout`) sleeps in the thread that serves everybody;
 * this one lets it go on.
 *
 * @throws what `work` throws; its `SQLITE_BUSY` once the file has been in use for {@link busyPatienceMs}. Who comes after that
 * waits no more, so that a file that is never released does not hold up every answer for so long.
 */
export type WhenNotBusy = <T>(work: () => T) => Promise<T>;

/** Creates the waiting for one file. Whatever is given to it must be all or nothing, as a transaction is. */
export function createWhenNotBusy(patienceMs = busyPatienceMs): WhenNotBusy {
  let busySince: number | undefined;
  let refusedAt = 0;

  function mayWait(): boolean {
    const now = performance.now();
    if (busySince === undefined || now - refusedAt > quietMs) busySince = now;
    refusedAt = now;
    return now - busySince < patienceMs;
  }

  return async (work) => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const result = work();
        if (attempt > 0) busySince = undefined;
        return result;
      } catch (error) {
        if (!isBusy(error) || !mayWait()) throw error;
      }
      // A different pause for each, so that they do not all come at once.
      const longest = Math.min(pause.longest, pause.shortest * 2 ** attempt);
      await setTimeout(longest * (0.5 + Math.random() / 2));
    }
  };
}

/** Whether SQLite refused something because another process is using the file. */
export function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}
