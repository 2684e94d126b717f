import type Database from 'better-sqlite3';

/** Longest pause between two uses of a file after which the clock is believed at once, in milliseconds: a year. */
const believablePauseMs = 366 * 86_400_000;

/** What removes records that are too old. */
export interface ExpiryOptions {
  /** Removes what is too old at this time, in epoch milliseconds. */
  readonly expire: (database: Database.Database, at: number) => void;
  /** The latest instant that the file knows of, in epoch milliseconds; null where it is empty. */
  readonly newest: (database: Database.Database) => number | null;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Removes what is too old, but not because of a clock that is wrong for a while: a clock that jumps years ahead and back must
 * not have emptied a store. So the time that counts is the earlier one of this call's and the last call's, which is an
 * interval of the store's timer ago; and at the first call it is nothing that counts where the clock stands more than a year
 * after everything in the file. What has to go is removed one interval later at most.
 */
export function createExpiry({ expire, newest, now }: ExpiryOptions): (database: Database.Database) => void {
  let before: number | undefined;
  return (database) => {
    const at = now();
    if (before === undefined) {
      const latest = newest(database);
      if (latest === null || at - latest <= believablePauseMs) expire(database, at);
    } else expire(database, Math.min(before, at));
    // Only now: what has failed is done with the same times again.
    before = at;
  };
}
