import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Article, ArticlePage, ArticleSummary } from '../domain/article.ts';
import { hasFilters, type Filters } from '../domain/filters.ts';
import type { SourceArticle } from '../domain/ingest-admin.ts';
import type { IndexedArticle, SourceRecord, StoredPassage } from '../domain/ports.ts';
import { sliceSpan } from '../domain/span.ts';
import {
  sourceArticleColumns,
  summaryColumns,
  toArticle,
  toPassage,
  toSourceArticle,
  toSummary,
} from './article-rows.ts';
import { afterCondition, filterCondition } from './filter-sql.ts';
import { readIndexedArticle } from './indexed-article-reader.ts';
import { readGradually } from './read-gradually.ts';
import { readSources } from './source-rows.ts';
import { decodeQuantised } from './vector-blobs.ts';

const keyRows = z.array(z.int());
const idRows = z.array(z.string());
const fingerprintRows = z.array(z.tuple([z.string(), z.string()]));
const sentenceRows = z.array(z.tuple([z.string(), z.instanceof(Buffer)]));
const textRow = z.object({ text: z.string() });

const summary = summaryColumns.map((column) => `articles.${column}`).join(', ');

/** Reading from an article database. Lists of ids travel as one JSON value and are of any length. */
export interface ArticleReader {
  article(id: string): Article | undefined;
  articles(filters?: Filters, page?: ArticlePage): ArticleSummary[];
  passages(ids: readonly string[]): StoredPassage[];
  /** Passage ids of keys, in their order. */
  passageIds(keys: readonly number[]): string[];
  /** Keys of the passages that `filters` keeps; undefined when it keeps all. */
  passageKeys(filters: Filters | undefined): ReadonlySet<number> | undefined;
  sentenceVectors(ids: readonly string[], dimensions: number): Map<string, Float32Array[]>;
  /** Fingerprint by article id. */
  fingerprints(): Map<string, string>;
  /** In the order of the paths. */
  sources(): Promise<SourceRecord[]>;
  /** All articles with how their metadata were found, by id. */
  sourceArticles(): Promise<SourceArticle[]>;
  /** Everything stored of an article. */
  indexed(articleId: string, dimensions: number): IndexedArticle | undefined;
}

/** Prepares the queries of {@link ArticleReader}. */
export function createArticleReader(database: Database.Database): ArticleReader {
  const articleById = database.prepare('SELECT * FROM articles WHERE id = ?');
  const passageById = database.prepare(
    `SELECT passages.*, articles.version FROM passages
     JOIN articles ON articles.id = passages.article WHERE passages.id = ?`,
  );
  const idsByKey = database
    .prepare(
      `SELECT passages.id FROM json_each(?) AS asked
       JOIN passages ON passages.key = asked.value ORDER BY asked.key`,
    )
    .pluck();
  const vectorsById = database
    .prepare(
      `SELECT passages.id, vectors.sentences FROM passages JOIN vectors USING (key)
       WHERE passages.id IN (SELECT value FROM json_each(?)) ORDER BY passages.key`,
    )
    .raw();

  const sourceArticlesBehind = database.prepare(
    `SELECT ${sourceArticleColumns.join(', ')} FROM articles WHERE id > ? ORDER BY id LIMIT ?`,
  );

  function storedArticle(id: string) {
    const row: unknown = articleById.get(id);
    const { length: _, ...article } = toSummary(row);
    return { article, text: textRow.parse(row).text };
  }

  return {
    article(id) {
      const row = articleById.get(id);
      return row === undefined ? undefined : toArticle(row);
    },
    articles(filters, { after, limit } = {}) {
      const { sql, values } = filterCondition(filters);
      const behind = afterCondition(after);
      return database
        .prepare(
          `SELECT ${summary} FROM articles WHERE ${sql} AND ${behind.sql}
           ORDER BY published_at DESC NULLS LAST, id LIMIT ?`,
        )
        .all(...values, ...behind.values, limit ?? -1)
        .map(toSummary);
    },
    passages(ids) {
      const articles = new Map<string, ReturnType<typeof storedArticle>>();
      return ids.flatMap((id) => {
        const row = passageById.get(id);
        if (row === undefined) return [];
        const passage = toPassage(row);
        const stored = articles.get(passage.articleId) ?? storedArticle(passage.articleId);
        articles.set(passage.articleId, stored);
        return [{ passage, article: stored.article, text: sliceSpan(stored.text, passage) }];
      });
    },
    passageIds: (keys) => idRows.parse(idsByKey.all(JSON.stringify(keys))),
    passageKeys(filters) {
      if (!hasFilters(filters)) return undefined;
      const { sql, values } = filterCondition(filters);
      const keys = database
        .prepare(
          `SELECT passages.key FROM articles JOIN passages ON passages.article = articles.id WHERE ${sql}`,
        )
        .pluck()
        .all(...values);
      return new Set(keyRows.parse(keys));
    },
    sentenceVectors(ids, dimensions) {
      const rows = sentenceRows.parse(vectorsById.all(JSON.stringify(ids)));
      return new Map(rows.map(([id, blob]) => [id, decodeQuantised(blob, dimensions)]));
    },
    fingerprints() {
      const rows = database.prepare('SELECT id, fingerprint FROM articles ORDER BY id').raw().all();
      return new Map(fingerprintRows.parse(rows));
    },
    sources: () => readSources(database),
    sourceArticles: () =>
      readGradually((after: SourceArticle | undefined, limit) =>
        sourceArticlesBehind.all(after?.id ?? '', limit).map(toSourceArticle),
      ),
    indexed: (articleId, dimensions) => readIndexedArticle(database, articleId, dimensions),
  };
}
