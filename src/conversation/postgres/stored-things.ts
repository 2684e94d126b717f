import { errorMessage, FootnoteError } from '../../domain/errors.ts';
import type { Database } from '../../postgres/database.ts';

/** What a store keeps in a database. */
export interface StoredThingsOptions {
  readonly database: Database;
  /** For messages: "Cannot use the stored …". */
  readonly things: string;
  /** Removes some of what is too old, and says whether there may be more. */
  readonly sweep: (database: Database) => Promise<boolean>;
  readonly sweepMs: number;
  /** Told when {@link sweep} fails; it is tried again the next time. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Tables that are swept with their first use, and then every `sweepMs` milliseconds. */
export interface StoredThings {
  /** Works on the tables. @throws FootnoteError `unavailable`, or what the database says is wrong with it. */
  readonly use: <T>(work: (database: Database) => Promise<T>) => Promise<T>;
  /** Ends the sweeping; the database itself is left open. */
  readonly close: () => Promise<void>;
}

export function createStoredThings(options: StoredThingsOptions): StoredThings {
  const { database, things, sweep, sweepMs, onError = () => undefined } = options;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let first: Promise<void> | undefined;
  let rest: Promise<unknown> | undefined;

  async function sweepSome(): Promise<boolean> {
    try {
      return !isClosed && (await sweep(database));
    } catch (error) {
      onError(storeFailure(things, error));
      return false;
    }
  }

  function sweepRest(): void {
    const all = async () => {
      while (await sweepSome());
      rest = undefined;
    };
    rest ??= all();
  }

  async function begin(): Promise<void> {
    timer = setInterval(sweepRest, sweepMs).unref();
    // Nobody waits for the rest, however much it is.
    if (await sweepSome()) sweepRest();
  }

  return {
    async use(work) {
      if (isClosed) throw new FootnoteError('unavailable', `The stored ${things} have been closed.`);
      await (first ??= begin());
      try {
        return await work(database);
      } catch (error) {
        throw storeFailure(things, error);
      }
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await first;
      await rest;
    },
  };
}

/** A failure of the database as one that callers understand; those that it words itself come back as they are. */
function storeFailure(things: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  return new FootnoteError('unavailable', `Cannot use the stored ${things} at the moment.`, {
    remedy: `${errorMessage(error)}. See the log of the database.`,
    cause: error,
  });
}
