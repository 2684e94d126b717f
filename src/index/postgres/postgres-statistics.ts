import { z } from 'zod';

import type { CorpusStatistics, IndexStatistics } from '../../domain/article.ts';
import type { PassageIndex } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { indexTables } from '../../postgres/index-tables.ts';
import { whole } from '../../postgres/rows.ts';

const sizeRow = z.object({ index: whole, all: whole });

/** Counts what generations in a database hold, each once; the counts of the latest are kept, the sizes never. */
export function createPostgresStatistics(
  database: Database,
): (index: PassageIndex) => Promise<IndexStatistics> {
  let kept: { readonly id: string; readonly counts: Promise<CorpusStatistics> } | undefined;

  /** Those who ask at the same time wait for one count. */
  function countsOf(index: PassageIndex): Promise<CorpusStatistics> {
    const { id } = index.generation;
    if (kept?.id === id) return kept.counts;
    const counting = { id, counts: index.statistics() };
    kept = counting;
    counting.counts.catch(() => {
      if (kept === counting) kept = undefined;
    });
    return counting.counts;
  }

  return async (index) => {
    const { id, createdAt, embeddingModel } = index.generation;
    const counts = await countsOf(index);
    const [row] = await database.query(
      `SELECT coalesce(sum(size) FILTER (WHERE name = ANY ($1::text[])), 0)::bigint AS "index",
         coalesce(sum(size), 0)::bigint AS "all"
       FROM (
         SELECT relname AS name, pg_total_relation_size(oid) AS size FROM pg_class
         WHERE relkind IN ('r', 'p')
           AND relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'index_state'::regclass)
       ) AS tables`,
      [indexTables],
    );
    const { index: diskBytes, all: folderBytes } = sizeRow.parse(row);
    return { ...counts, indexGeneration: id, indexedAt: createdAt, embeddingModel, diskBytes, folderBytes };
  };
}
