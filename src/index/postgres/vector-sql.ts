import { type Filters, hasFilters } from '../../domain/filters.ts';
import { filterSql, rowsInSight } from './filter-conditions.ts';
import type { Snapshot } from './snapshot.ts';
import type { SqlValues } from './sql-values.ts';

/** Which passages are nearest. */
export interface VectorQuery {
  readonly vector: readonly number[];
  readonly limit: number;
  readonly filters: Filters | undefined;
  /** Passages of the languages that the filters keep, or of all. */
  readonly total: number;
}

/**
 * So many passages are compared one by one sooner than the graph is walked: where a filter keeps few of all, most of what the
 * walk comes by is of no use, and it gives up before it has found enough. Measured: 4,000 of 100,000 take 8 ms one by one, 60 in the graph.
 */
const few = 5_000;

/**
 * A query for `passage`, `key` and `score`, the cosine of vectors of unit length.
 *
 * Where the filters may keep few, they are counted first (languages alone are counted with each commit), and one of two ways
 * is not taken. The order by the operator alone is what the graph can be walked in. pgvector's `<#>` is the negative inner product.
 *
 * @param total - passages of the languages that are asked for.
 */
export function vectorSql(
  { vector, limit, filters, total }: VectorQuery,
  snapshot: Snapshot,
  values: SqlValues,
): string {
  const asked = values.bind(`[${vector.join(',')}]`, 'vector');
  const inSight = rowsInSight({ alias: 'v', article: 'article' }, snapshot, filters, values);
  const most = values.bind(limit, 'bigint');
  const nearest = (condition: string, order: string) =>
    `SELECT v.passage, v.key, -(v.embedding <#> ${asked}) AS score FROM passage_vectors AS v
     WHERE ${condition} ORDER BY ${order} LIMIT ${most}`;
  // Added to, the distance is not what the graph is in the order of.
  const oneByOne = `(v.embedding <#> ${asked}) + 0, v.key`;
  const inGraph = `v.embedding <#> ${asked}`;
  if (total <= few) return nearest(inSight, oneByOne);
  const { languages: _counted, ...narrow } = filters ?? {};
  if (!hasFilters(narrow)) return nearest(inSight, inGraph);
  const counted = `(SELECT count(*) FROM (
      SELECT 1 FROM passage_vectors AS n WHERE ${filterSql({ alias: 'n', article: 'article' }, narrow, values)}
      LIMIT ${few + 1}
    ) AS kept)`;
  return `SELECT passage, key, score FROM (
      (${nearest(`${counted} > ${few} AND ${inSight}`, inGraph)})
      UNION ALL
      (${nearest(`${counted} <= ${few} AND ${inSight}`, oneByOne)})
    ) AS either`;
}
