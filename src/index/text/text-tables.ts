import type Database from 'better-sqlite3';

/** Above every passage's key: a block's number is that of its term and a key, and must be exact in a number of 53 bits. */
export const keysEnd = 2 ** 27;

/** Above every term's number. */
export const termsEnd = 2 ** 26;

/** Passages of one row of `text_lengths`: two numbers of four bytes for each fill a page. */
export const lengthsPerRow = 500;

/**
 * Creates the inverted index: `terms` has the terms with the number of passages that have each; `postings` has for
 * each term one block of passages after another (see `encodeBlock`), numbered by `blockNumber`; `text_lengths` has for
 * {@link lengthsPerRow} keys one more than the passage's number of terms, and its number of different terms, both 0 for
 * keys without a passage; `text_totals` has their sums.
 *
 * Keys only grow, so that a new passage is written behind the others of each of its terms, whatever their number.
 */
export function createTextTables(database: Database.Database): void {
  database.exec(`
    CREATE TABLE terms (
      language TEXT NOT NULL,
      term TEXT NOT NULL,
      number INTEGER NOT NULL,
      documents INTEGER NOT NULL,
      PRIMARY KEY (language, term)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE postings (
      number INTEGER PRIMARY KEY,
      block BLOB NOT NULL
    ) STRICT;
    CREATE TABLE text_lengths (
      number INTEGER PRIMARY KEY,
      lengths BLOB NOT NULL,
      terms BLOB NOT NULL
    ) STRICT;
    CREATE TABLE text_totals (
      language TEXT PRIMARY KEY,
      passages INTEGER NOT NULL,
      tokens INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `);
}

/** Number of the block of term `term` whose passages have `firstKey` or above, up to those of the next. */
export function blockNumber(term: number, firstKey: number): number {
  return term * keysEnd + firstKey;
}
