import { type Filters, hasFilters } from '../../domain/filters.ts';
import { shardOf } from '../../postgres/shard.ts';
import { isVisible, type Snapshot } from './snapshot.ts';
import { type SqlValues, storable } from './sql-values.ts';

/** A table with the columns of articles that are filtered by. */
export interface FilteredTable {
  readonly alias: string;
  /** Column of the article's id. */
  readonly article: 'id' | 'article';
}

/**
 * The condition that rows belong to a snapshot and that `filters` keeps them. An empty list matches nothing; what has no
 * date matches no dates.
 */
export function rowsInSight(
  table: FilteredTable,
  snapshot: Snapshot,
  filters: Filters | undefined,
  values: SqlValues,
): string {
  const { bind } = values;
  const visible = isVisible(table.alias, bind(snapshot.next, 'bigint'), bind(snapshot.pending, 'bigint[]'));
  return hasFilters(filters) ? `${visible} AND ${filterSql(table, filters, values)}` : visible;
}

/** The condition that `filters`, which must restrict something, keep rows. */
export function filterSql({ alias, article }: FilteredTable, filters: Filters, { bind }: SqlValues): string {
  const conditions: string[] = [];
  const among = (column: string, texts: readonly string[] | undefined) => {
    if (texts) conditions.push(`${alias}.${column} = ANY (${bind(storable(texts), 'text[]')})`);
  };
  const compare = (operator: '>=' | '<=', date: string | undefined) => {
    if (date !== undefined) conditions.push(`${alias}.published_at ${operator} ${bind(date, 'text')}`);
  };
  among('language', filters.languages);
  // Their shards as well, so that only those are asked.
  if (filters.articleIds) {
    const shards = [...new Set(filters.articleIds.map(shardOf))];
    conditions.push(`${alias}.shard = ANY (${bind(shards, 'integer[]')})`);
  }
  among(article, filters.articleIds);
  among('publisher', filters.publishers);
  // Calendar dates in ISO 8601 sort as text, in a column that is sorted by bytes.
  compare('>=', filters.publishedFrom);
  compare('<=', filters.publishedTo);
  return conditions.join(' AND ');
}
