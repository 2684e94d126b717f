import type Database from 'better-sqlite3';

import { createTextTables } from './text/text-tables.ts';

/**
 * Creates the tables of an article database.
 *
 * A passage's `key` is also the label of its vector, and never given twice, so that the vectors of one generation can
 * be told from those of the next by their labels.
 */
export function createArticleTables(database: Database.Database): void {
  database.exec(`
    CREATE TABLE articles (
      id TEXT PRIMARY KEY,
      version TEXT NOT NULL,
      title TEXT NOT NULL,
      language TEXT NOT NULL,
      published_at TEXT,
      source_url TEXT,
      publisher TEXT,
      author TEXT,
      sources TEXT,
      headings TEXT NOT NULL,
      text TEXT NOT NULL,
      length INTEGER NOT NULL,
      found TEXT,
      signature BLOB NOT NULL,
      fingerprint TEXT NOT NULL
    ) STRICT;
    CREATE INDEX articles_by_filter ON articles (publisher, published_at, language, id);
    CREATE TABLE passages (
      key INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      article TEXT NOT NULL REFERENCES articles (id),
      start_offset INTEGER NOT NULL,
      end_offset INTEGER NOT NULL,
      heading_path TEXT NOT NULL,
      sentences TEXT NOT NULL
    ) STRICT;
    CREATE INDEX passages_by_article ON passages (article);
    CREATE TABLE vectors (
      key INTEGER PRIMARY KEY REFERENCES passages (key),
      passage BLOB NOT NULL,
      sentences BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sources (
      path TEXT PRIMARY KEY,
      digest TEXT NOT NULL,
      articles TEXT NOT NULL,
      failures TEXT NOT NULL
    ) STRICT;
  `);
  createTextTables(database);
}
