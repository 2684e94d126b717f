import type { ArticlePage } from '../domain/article.ts';
import type { Filters } from '../domain/filters.ts';

/** A condition on the table `articles`, with the values to bind in its order. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly string[];
}

/**
 * `filters` as SQL. Values are only ever bound; a list travels as one JSON value, so that its length is not
 * limited by the number of parameters. An empty list matches nothing.
 */
export function filterCondition(filters: Filters = {}): SqlCondition {
  const conditions: [sql: string, value: string | undefined][] = [
    [among('language'), list(filters.languages)],
    [among('id'), list(filters.articleIds)],
    [among('publisher'), list(filters.publishers)],
    // Calendar dates in ISO 8601 sort as text. A missing date is NULL, which no comparison accepts.
    ['articles.published_at >= ?', filters.publishedFrom],
    ['articles.published_at <= ?', filters.publishedTo],
  ];
  const used = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return {
    sql: used.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    values: used.map(({ value }) => value),
  };
}

/** What stands behind an article in the order of a listing: newest first, undated last, then by id. */
export function afterCondition(after: ArticlePage['after']): SqlCondition {
  if (!after) return { sql: 'TRUE', values: [] };
  const { id, publishedAt } = after;
  if (publishedAt === undefined) {
    return { sql: '(articles.published_at IS NULL AND articles.id > ?)', values: [id] };
  }
  return {
    sql: `(articles.published_at IS NULL OR articles.published_at < ?
           OR (articles.published_at = ? AND articles.id > ?))`,
    values: [publishedAt, publishedAt, id],
  };
}

function among(column: string): string {
  return `articles.${column} IN (SELECT value FROM json_each(?))`;
}

function list(values: readonly string[] | undefined): string | undefined {
  return values && JSON.stringify(values);
}
