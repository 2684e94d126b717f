import { z } from 'zod';

import type { CorpusStatistics } from '../../domain/article.ts';
import { languages } from '../../domain/language.ts';
import type { Database } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { mostPublishers, statisticsOf } from '../corpus-statistics.ts';
import type { IndexState } from './index-state.ts';
import { isVisible } from './snapshot.ts';

/** Counting goes through every passage: of tens of millions that takes longer than a question may. */
const timeoutMs = 120_000;

const languageRows = z.array(
  z.object({ language: z.enum(languages), articles: whole, passages: whole, sentences: whole }),
);
const publisherRows = z.array(z.object({ name: z.string(), articles: whole }));
const dateRow = z.object({ first: z.string().nullable(), last: z.string().nullable(), undated: whole });

/** Counts what a snapshot holds. Reads every passage's list of sentences: ask once for each generation. */
export async function readCounts(
  database: Database,
  { snapshot: { next, pending } }: IndexState,
): Promise<CorpusStatistics> {
  const values = [next, pending];
  const visible = (table: string) => isVisible(table, '$1::bigint', '$2::bigint[]');
  return database.transaction(
    async (sql) => {
      const byLanguage = languageRows.parse(
        await sql.query(
          `SELECT a.language, count(*) AS articles, coalesce(sum(counted.passages), 0)::bigint AS passages,
             coalesce(sum(counted.sentences), 0)::bigint AS sentences
           FROM articles AS a LEFT JOIN (
             SELECT p.shard, p.article, count(*) AS passages, sum(json_array_length(p.sentences::json)) AS sentences
             FROM passages AS p WHERE ${visible('p')} GROUP BY p.shard, p.article
           ) AS counted ON counted.shard = a.shard AND counted.article = a.id
           WHERE ${visible('a')} GROUP BY a.language ORDER BY a.language`,
          values,
        ),
      );
      const publishers = publisherRows.parse(
        await sql.query(
          `SELECT a.publisher AS name, count(*) AS articles FROM articles AS a
           WHERE a.publisher IS NOT NULL AND ${visible('a')}
           GROUP BY a.publisher ORDER BY articles DESC, name LIMIT $3`,
          [...values, mostPublishers],
        ),
      );
      const [dates] = await sql.query(
        `SELECT min(a.published_at) AS first, max(a.published_at) AS last,
           count(*) - count(a.published_at) AS undated FROM articles AS a WHERE ${visible('a')}`,
        values,
      );
      return statisticsOf(byLanguage, publishers, dateRow.parse(dates));
    },
    { timeoutMs },
  );
}
