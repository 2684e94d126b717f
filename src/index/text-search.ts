import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Filters } from '../domain/filters.ts';
import type { Language } from '../domain/language.ts';
import type { PassageHit, WeightedTerm } from '../domain/ports.ts';
import { termTable, textColumns, textTable } from './article-schema.ts';
import { filterCondition } from './filter-sql.ts';
import { weightedMatches } from './match-expression.ts';

/** What to search for. */
export interface TextQuery {
  readonly terms: readonly WeightedTerm[];
  readonly language: Language;
  readonly limit: number;
  readonly filters?: Filters | undefined;
}

const rows = z.array(z.object({ passageId: z.string(), score: z.number() }));

/** Passages by BM25 (FTS5's, k1 1.2 and b 0.75, with weighted columns and terms), equal ones by key. */
export function searchText(database: Database.Database, query: TextQuery): PassageHit[] {
  const matches = weightedMatches(query.terms);
  if (matches.length === 0 || query.limit < 1) return [];
  const table = textTable(query.language);
  const weights = textColumns.map((column) => column.weight).join(', ');
  const part = `SELECT rowid AS key, ? * -bm25(${table}, ${weights}) AS score FROM ${table} WHERE ${table} MATCH ?`;
  const condition = filterCondition(query.filters);
  const found = database
    .prepare(
      `WITH found AS MATERIALIZED (${matches.map(() => part).join(' UNION ALL ')})
       SELECT passages.id AS passageId, SUM(found.score) AS score
       FROM found
       JOIN passages ON passages.key = found.key
       JOIN articles ON articles.id = passages.article
       WHERE ${condition.sql}
       GROUP BY found.key
       ORDER BY score DESC, found.key
       LIMIT ?`,
    )
    .all(
      ...matches.flatMap(({ weight, expression }) => [weight, expression]),
      ...condition.values,
      Math.floor(query.limit),
    );
  return rows.parse(found);
}

const frequencyRows = z.array(z.tuple([z.string(), z.int()]));

/** In how many passages of articles in `language` each term occurs, titles and headings included. */
export function documentFrequencies(
  database: Database.Database,
  terms: readonly string[],
  language: Language,
): Map<string, number> {
  const table = termTable(language);
  const found = database
    .prepare(
      `SELECT ${table}.term, ${table}.doc FROM json_each(?) AS asked
       JOIN ${table} ON ${table}.term = asked.value`,
    )
    .raw()
    .all(JSON.stringify([...new Set(terms)]));
  return new Map(frequencyRows.parse(found));
}
