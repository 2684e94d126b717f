import type { Snapshot } from './snapshot.ts';
import type { SqlValues } from './sql-values.ts';
import { type TextCounts, type TextQuery, textSql } from './text-sql.ts';
import { type VectorQuery, vectorSql } from './vector-sql.ts';

/** One statement for the rows of both searches: `list` ('dense' or 'lexical'), `passage` and `score`, best first in each. */
export function hybridSql(
  { dense, lexical }: { readonly dense?: VectorQuery | undefined; readonly lexical?: TextQuery | undefined },
  snapshot: Snapshot,
  counts: TextCounts,
  values: SqlValues,
): string {
  const parts = [
    ...(dense ? [`dense AS MATERIALIZED (${vectorSql(dense, snapshot, values)})`] : []),
    ...(lexical ? [textSql(lexical, snapshot, counts, values)] : []),
  ];
  const lists = [
    ...(dense ? ["SELECT 'dense' AS list, passage, key, score FROM dense"] : []),
    ...(lexical ? ["SELECT 'lexical' AS list, passage, key, score FROM lexical"] : []),
  ];
  return `WITH ${parts.join(', ')} SELECT list, passage, score FROM (${lists.join(' UNION ALL ')}) AS found
    ORDER BY list, score DESC, key`;
}
