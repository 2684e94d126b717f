import type Database from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../domain/language.ts';
import type { IndexedArticle } from '../domain/ports.ts';
import { sliceSpan } from '../domain/span.ts';
import { articleColumns, fromArticle, fromPassage, passageColumns, strings } from './article-rows.ts';
import { createTermCounter } from './text/term-counter.ts';
import type { TextPassage } from './text/text-changes.ts';
import { createTextWriter } from './text/text-writer.ts';
import { encodeQuantised, encodeVector } from './vector-blobs.ts';
import { unitVector } from './vector-checks.ts';

const articleRow = z.object({ title: z.string(), language: z.enum(languages), text: z.string() }).optional();
const passageRows = z.array(
  z.object({
    key: z.int(),
    start: z.int(),
    end: z.int(),
    headings: strings,
  }),
);

/** Writing to an article database. */
export interface ArticleWriter {
  has(articleId: string): boolean;
  /** Adds or replaces an article, checked with `checkIndexedArticle`, and all that belongs to it; or changes nothing. */
  put(entry: IndexedArticle, fingerprint: string): void;
  /** False when there was no such article. */
  remove(articleId: string): boolean;
  /** Makes what was changed findable by its words; to be called before the changes are committed. */
  flush(): void;
}

/** Prepares the statements of {@link ArticleWriter} for vectors of length `dimensions`. */
export function createArticleWriter(database: Database.Database, dimensions: number): ArticleWriter {
  const isThere = database.prepare('SELECT 1 FROM articles WHERE id = ?').pluck();
  const articleOf = database.prepare('SELECT title, language, text FROM articles WHERE id = ?');
  const passagesOf = database.prepare(
    `SELECT key, start_offset AS "start", end_offset AS "end", heading_path AS headings
     FROM passages WHERE article = ? ORDER BY key`,
  );
  const removeVectors = database.prepare('DELETE FROM vectors WHERE key = ?');
  const removePassages = database.prepare('DELETE FROM passages WHERE article = ?');
  const removeArticle = database.prepare('DELETE FROM articles WHERE id = ?');
  const addArticle = database.prepare(insertNamed('articles', articleColumns));
  const addPassage = database.prepare(insertNamed('passages', passageColumns));
  const addVectors = database.prepare('INSERT INTO vectors (key, passage, sentences) VALUES (?, ?, ?)');

  const text = createTextWriter(database);

  /** Returns what was removed. */
  function remove(articleId: string): TextPassage[] | undefined {
    const article = articleRow.parse(articleOf.get(articleId));
    if (!article) return undefined;
    const count = createTermCounter(article);
    const passages = passageRows.parse(passagesOf.all(articleId)).map(({ key, start, end, headings }) => {
      removeVectors.run(key);
      return { key, language: article.language, ...count(headings, sliceSpan(article.text, { start, end })) };
    });
    removePassages.run(articleId);
    removeArticle.run(articleId);
    return passages;
  }

  function put({ article, ...entry }: IndexedArticle, fingerprint: string) {
    const removed = remove(article.id) ?? [];
    addArticle.run(fromArticle(article, entry.signature, fingerprint));
    const count = createTermCounter(article);
    const added = entry.passages.map((passage, index): TextPassage => {
      const key = Number(addPassage.run(fromPassage(passage)).lastInsertRowid);
      const vector = unitVector(entry.passageVectors[index] ?? [], dimensions);
      const sentences = (entry.sentenceVectors[index] ?? []).map((one) => unitVector(one, dimensions));
      addVectors.run(key, encodeVector(vector), encodeQuantised(sentences));
      const terms = count(passage.headingPath, sliceSpan(article.text, passage));
      return { key, language: article.language, ...terms };
    });
    return { removed, added };
  }

  // What fails must leave no trace in what is collected, so that is told of what succeeded only.
  const putAtOnce = database.transaction(put);
  const removeAtOnce = database.transaction(remove);
  return {
    has: (articleId) => isThere.get(articleId) !== undefined,
    put(entry, fingerprint) {
      const { removed, added } = putAtOnce(entry, fingerprint);
      text.remove(removed);
      text.add(added);
    },
    remove(articleId) {
      const removed = removeAtOnce(articleId);
      text.remove(removed ?? []);
      return removed !== undefined;
    },
    flush: database.transaction(() => text.flush()),
  };
}

function insertNamed(table: string, columns: readonly string[]): string {
  const values = columns.map((column) => `@${column}`);
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${values.join(', ')})`;
}
