import type Database from 'better-sqlite3';

/** Changes that are committed several at a time: a kill loses the last few, and the disk is not waited for at each. */
export interface Transactions {
  /** @throws what `action` throws, having undone it; what a commit before it threw, for then earlier changes are lost. */
  run<T>(action: () => T): T;
  /** Commits what is open. */
  commit(): void;
  /** Gives up what is open. */
  rollback(): void;
}

/** Commits after `changes` of them, or `milliseconds` after the first. */
export function createTransactions(
  database: Database.Database,
  {
    changes,
    milliseconds,
    beforeCommit,
  }: {
    readonly changes: number;
    readonly milliseconds: number;
    /** Writes what was collected during the changes, in the same transaction. */
    readonly beforeCommit?: () => void;
  },
): Transactions {
  let open = 0;
  let timer: NodeJS.Timeout | undefined;
  let failure: { readonly error: unknown } | undefined;

  function commit(): void {
    clearTimeout(timer);
    if (failure) throw failure.error;
    open = 0;
    try {
      if (!database.inTransaction) return;
      beforeCommit?.();
      database.exec('COMMIT');
    } catch (error) {
      failure = { error };
      throw error;
    }
  }

  function commitLater(): void {
    try {
      commit();
    } catch {
      // Told at the next call.
    }
  }

  return {
    commit,
    run(action) {
      if (failure) throw failure.error;
      if (open === 0) {
        database.exec('BEGIN IMMEDIATE');
        timer = setTimeout(commitLater, milliseconds).unref();
      }
      open += 1;
      try {
        const result = database.transaction(action)();
        if (open >= changes) commit();
        return result;
      } catch (error) {
        // SQLite gives up the whole transaction where the disk is full.
        if (!database.inTransaction) failure ??= { error };
        throw error;
      }
    },
    rollback() {
      clearTimeout(timer);
      open = 0;
      if (database.open && database.inTransaction) database.exec('ROLLBACK');
    },
  };
}
