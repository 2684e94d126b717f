import type Database from 'better-sqlite3';
import { z } from 'zod';

import { languages, type Language } from '../domain/language.ts';
import type { IndexedArticle } from '../domain/ports.ts';
import { sliceSpan } from '../domain/span.ts';
import { searchTerms } from '../domain/text/search-terms.ts';
import { articleColumns, fromArticle, fromPassage, passageColumns } from './article-rows.ts';
import { textColumns, textTable } from './article-schema.ts';
import { encodeQuantised, encodeVector } from './vector-blobs.ts';
import { unitVector } from './vector-checks.ts';

const keyRows = z.array(z.int());
const languageRow = z.enum(languages).optional();

/** Writing to an article database. */
export interface ArticleWriter {
  has(articleId: string): boolean;
  /** Adds or replaces an article, checked with `checkIndexedArticle`, and all that belongs to it; or changes nothing. */
  put(entry: IndexedArticle, fingerprint: string): void;
  /** False when there was no such article. */
  remove(articleId: string): boolean;
}

/** Prepares the statements of {@link ArticleWriter} for vectors of length `dimensions`. */
export function createArticleWriter(database: Database.Database, dimensions: number): ArticleWriter {
  const languageOf = database.prepare('SELECT language FROM articles WHERE id = ?').pluck();
  const keysOf = database.prepare('SELECT key FROM passages WHERE article = ? ORDER BY key').pluck();
  const removeVectors = database.prepare('DELETE FROM vectors WHERE key = ?');
  const removePassages = database.prepare('DELETE FROM passages WHERE article = ?');
  const removeArticle = database.prepare('DELETE FROM articles WHERE id = ?');
  const addArticle = database.prepare(insertNamed('articles', articleColumns));
  const addPassage = database.prepare(insertNamed('passages', passageColumns));
  const addVectors = database.prepare('INSERT INTO vectors (key, passage, sentences) VALUES (?, ?, ?)');

  function remove(articleId: string): boolean {
    const language = languageRow.parse(languageOf.get(articleId));
    if (language === undefined) return false;
    const removeText = database.prepare(`DELETE FROM ${textTable(language)} WHERE rowid = ?`);
    for (const key of keyRows.parse(keysOf.all(articleId))) {
      removeText.run(key);
      removeVectors.run(key);
    }
    removePassages.run(articleId);
    removeArticle.run(articleId);
    return true;
  }

  function put(entry: IndexedArticle, fingerprint: string): void {
    const { article, passages } = entry;
    remove(article.id);
    addArticle.run(fromArticle(article, entry.signature, fingerprint));
    const addText = database.prepare(insertText(article.language));
    const terms = (text: string) => searchTerms(text, article.language).join(' ');
    const title = terms(article.title);
    for (const [index, passage] of passages.entries()) {
      const key = addPassage.run(fromPassage(passage)).lastInsertRowid;
      const headings = passage.headingPath.map(terms).join(' ');
      addText.run(key, title, headings, terms(sliceSpan(article.text, passage)));
      const vector = unitVector(entry.passageVectors[index] ?? [], dimensions);
      const sentences = (entry.sentenceVectors[index] ?? []).map((one) => unitVector(one, dimensions));
      addVectors.run(key, encodeVector(vector), encodeQuantised(sentences));
    }
  }

  const putAtOnce = database.transaction(put);
  return {
    has: (articleId) => languageOf.get(articleId) !== undefined,
    put: (entry, fingerprint) => putAtOnce(entry, fingerprint),
    remove: database.transaction(remove),
  };
}

function insertNamed(table: string, columns: readonly string[]): string {
  const values = columns.map((column) => `@${column}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}

function insertText(language: Language): string {
  const columns = textColumns.map((column) => column.name);
  return `INSERT INTO ${textTable(language)} (rowid, ${columns.join(', ')}) VALUES (?, ?, ?, ?)`;
}
