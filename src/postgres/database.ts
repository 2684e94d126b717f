/** Statements to a database: one at a time, or within a transaction. */
export interface Sql {
  /**
   * Runs one statement and returns its rows, an object each, by column.
   *
   * Values are only ever bound. What a row holds depends on the driver, so parse it with zod: texts and booleans are
   * themselves; `integer`, `real` and `double precision` are numbers; `bigint` may be a number or a text (see `whole`), `bytea` is
   * a `Uint8Array` (see `bytes`), arrays are arrays. JSON is kept in columns of type `text`.
   *
   * @throws FootnoteError `unavailable` with `retryAfter` when the database cannot be reached or takes too long; the signal's reason.
   */
  query(text: string, values?: readonly unknown[], options?: QueryOptions): Promise<readonly unknown[]>;
}

/** Options of {@link Sql.query}. */
export interface QueryOptions {
  /** Ends the waiting; what the server does is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link Database.transaction}. */
export interface TransactionOptions extends QueryOptions {
  /** For each statement, instead of the usual limit; in milliseconds, 0 for none. */
  readonly timeoutMs?: number;
}

/** A PostgreSQL database with Footnote's tables, which are found by their bare names (`search_path`). */
export interface Database extends Sql {
  /**
   * All of `work` or nothing of it, under READ COMMITTED. What two transactions make each other fail by (deadlock,
   * serialization) is tried again from the beginning, so `work` must have no effects but those on the database.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
}
