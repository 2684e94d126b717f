import { z } from 'zod';

import type { ArticlePage, ArticleSummary } from '../../domain/article.ts';
import type { SourceArticle } from '../../domain/ingest-admin.ts';
import type { PassageIndex, SourceRecord } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import {
  sourceArticleColumns,
  summaryColumns,
  toArticle,
  toSourceArticle,
  toSummary,
} from '../article-rows.ts';
import { copyGroupsOf } from '../copies/read-copy-groups.ts';
import { toSource } from '../source-rows.ts';
import { rowsInSight } from './filter-conditions.ts';
import type { IndexState } from './index-state.ts';
import { isVisible } from './snapshot.ts';
import { type SqlValues, sqlValues, storable } from './sql-values.ts';

/** Rows that one statement reads of a list of any length. */
const rowsPerStatement = 1_000;

const placeRow = z.object({ shard: z.int(), key: z.string() });
const summary = summaryColumns.map((column) => `a.${column}`).join(', ');

/** Reading of articles, and of where they come from. */
export function createArticleReader(
  database: Database,
  { snapshot }: IndexState,
): Pick<PassageIndex, 'article' | 'articles' | 'copyGroups' | 'sources' | 'sourceArticles'> {
  const { next, pending } = snapshot;

  async function listed(
    filters: Parameters<PassageIndex['articles']>[0],
    after: ArticlePage['after'],
    limit: number,
  ): Promise<ArticleSummary[]> {
    const values = sqlValues();
    const condition = rowsInSight({ alias: 'a', article: 'id' }, snapshot, filters, values);
    const rows = await database.query(
      `SELECT ${summary} FROM articles AS a WHERE ${condition} AND ${behind(after, values)}
       ORDER BY a.published_at DESC NULLS LAST, a.id LIMIT ${values.bind(limit, 'bigint')}`,
      values.values,
    );
    return rows.map(toSummary);
  }

  /** All visible rows in the order of the texts in `column`. They are read by the primary key, some at a time. */
  async function all<T>(
    table: string,
    column: string,
    columns: readonly string[],
    parse: (row: unknown) => T,
  ): Promise<T[]> {
    const found: { readonly key: string; readonly value: T }[] = [];
    for (let last = { shard: -(2 ** 31), key: '' }; ;) {
      const rows = await database.query(
        `SELECT shard, ${column} AS key, ${columns.join(', ')} FROM ${table}
         WHERE (shard, ${column}) > ($3::integer, $4::text) AND ${isVisible(table, '$1::bigint', '$2::bigint[]')}
         ORDER BY shard, ${column} LIMIT $5`,
        [next, pending, last.shard, last.key, rowsPerStatement],
      );
      for (const row of rows) {
        last = placeRow.parse(row);
        found.push({ key: last.key, value: parse(row) });
      }
      if (rows.length === rowsPerStatement) continue;
      return found.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map(({ value }) => value);
    }
  }

  return {
    async article(id) {
      if (storable([id]).length === 0) return undefined;
      const [row] = await database.query(
        `SELECT ${summary}, a.text, a.headings, a.found FROM articles AS a
         WHERE a.shard = $3 AND a.id = $4 AND ${isVisible('a', '$1::bigint', '$2::bigint[]')}`,
        [next, pending, shardOf(id), id],
      );
      return row === undefined ? undefined : toArticle(row);
    },
    async articles(filters, { after, limit = Infinity } = {}) {
      const found: ArticleSummary[] = [];
      for (let last = after; ; last = found.at(-1)) {
        const wanted = Math.min(limit - found.length, rowsPerStatement);
        const page = wanted > 0 ? await listed(filters, last, wanted) : [];
        found.push(...page);
        if (page.length < rowsPerStatement) return found;
      }
    },
    async copyGroups(articleIds) {
      const ids = storable([...new Set(articleIds)]);
      if (ids.length === 0) return new Map();
      const rows = await database.query(
        `SELECT ${summary}, member.leader FROM copy_groups AS member
         JOIN articles AS a ON a.shard = member.shard AND a.id = member.article
         WHERE member.leader IN (
           SELECT asked.leader FROM copy_groups AS asked
           WHERE asked.shard = ANY ($3::integer[]) AND asked.article = ANY ($4::text[])
         ) AND ${isVisible('a', '$1::bigint', '$2::bigint[]')}`,
        [next, pending, ids.map(shardOf), ids],
      );
      return copyGroupsOf(rows, ids);
    },
    sources: (): Promise<SourceRecord[]> =>
      all('sources', 'path', ['path', 'digest', 'articles', 'failures'], toSource),
    sourceArticles: (): Promise<SourceArticle[]> =>
      all('articles', 'id', sourceArticleColumns, toSourceArticle),
  };
}

/** What stands behind an article in the order of a listing: newest first, undated last, then by id. */
function behind(after: ArticlePage['after'], { bind }: SqlValues): string {
  if (!after) return 'TRUE';
  const id = bind(after.id.replaceAll('\0', ''), 'text');
  if (after.publishedAt === undefined) return `(a.published_at IS NULL AND a.id > ${id})`;
  const date = bind(after.publishedAt, 'text');
  return `(a.published_at IS NULL OR a.published_at < ${date} OR (a.published_at = ${date} AND a.id > ${id}))`;
}
