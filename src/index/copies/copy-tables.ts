import type Database from 'better-sqlite3';

/**
 * Creates the tables of near copies beside the articles, whose column `signature` holds a MinHash signature.
 *
 * `copy_texts` has the texts that are compared, each with a key; `compared` is 0 while its pairs have yet to be found.
 * `copy_bands` has the texts by what parts of their signatures say, `copy_pairs` the near copies among them, and
 * `copy_groups` the groups as they are read.
 */
export function createCopyTables(database: Database.Database): void {
  database.exec(`
    CREATE TABLE copy_texts (
      key INTEGER PRIMARY KEY,
      article TEXT NOT NULL UNIQUE,
      version TEXT NOT NULL,
      language TEXT NOT NULL,
      signature BLOB NOT NULL,
      compared INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX copy_texts_to_compare ON copy_texts (key) WHERE compared = 0;
    CREATE TABLE copy_bands (
      band INTEGER NOT NULL,
      key INTEGER NOT NULL,
      PRIMARY KEY (band, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE copy_pairs (
      key INTEGER NOT NULL,
      other INTEGER NOT NULL,
      PRIMARY KEY (key, other)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX copy_pairs_by_other ON copy_pairs (other);
    CREATE TABLE copy_groups (
      article TEXT PRIMARY KEY,
      leader TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX copy_groups_by_leader ON copy_groups (leader);
  `);
}
