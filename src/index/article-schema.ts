import type Database from 'better-sqlite3';

import { languages, type Language } from '../domain/language.ts';

/** Full-text columns with their weight in BM25: a word of the title says more than one of the body. */
export const textColumns = [
  { name: 'title', weight: 3 },
  { name: 'headings', weight: 1.5 },
  { name: 'body', weight: 1 },
] as const;

/** The full-text table of a language. Its row ids are passage keys. */
export function textTable(language: Language): string {
  return `passages_${language}`;
}

/** The terms of {@link textTable} with the number of passages that have each. */
export function termTable(language: Language): string {
  return `terms_${language}`;
}

/**
 * Creates the tables of an article database.
 *
 * A passage's `key` is also the label of its vector, and never given twice, so that the vectors of one generation can
 * be told from those of the next by their labels. The full-text tables keep no copy of the text; they are
 * filled with analysed terms, so their tokenizer only has to split at spaces.
 */
export function createArticleTables(database: Database.Database): void {
  const columns = textColumns.map((column) => column.name).join(', ');
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
  for (const language of languages) {
    database.exec(`
      CREATE VIRTUAL TABLE ${textTable(language)} USING fts5 (
        ${columns},
        content = '',
        contentless_delete = 1,
        tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
      );
      CREATE VIRTUAL TABLE ${termTable(language)} USING fts5vocab (${textTable(language)}, 'row');
    `);
  }
}
