import type { Filters } from '../../domain/filters.ts';
import type { Language } from '../../domain/language.ts';
import type { WeightedTerm } from '../../domain/ports.ts';
import { shardOf } from '../../postgres/shard.ts';
import { indexedTerm } from '../text/term-counter.ts';
import { rowsInSight } from './filter-conditions.ts';
import type { Snapshot } from './snapshot.ts';
import type { SqlValues } from './sql-values.ts';
import { termNumbers } from './term-number.ts';

/** Which passages have the most of the terms. */
export interface TextQuery {
  /** Those of `weightedTerms`. */
  readonly terms: readonly WeightedTerm[];
  readonly language: Language;
  readonly limit: number;
  readonly filters: Filters | undefined;
}

/** Of one language, over all its passages that are visible. */
export interface TextCounts {
  readonly passages: number;
  readonly tokens: number;
}

/** What bounds the work of one search. */
const bounds = {
  /** Passages that are looked at: the rarest terms that together occur in no more decide which. */
  candidates: 10_000,
  /** The same where the rarest term alone occurs in more: any of them. */
  common: 20_000,
  /** Of these, how many are measured exactly: as a multiple of the limit, and at least. */
  measured: { factor: 2, least: 200 },
} as const;

/**
 * Queries for `passage`, `key` and `score`, to be put before others: the last of them is named `lexical`.
 *
 * The score is BM25 (S. Robertson, H. Zaragoza, 2009) as FTS5 computes it: k1 1.2, b 0.75, rarity ln((N-n+.5)/(n+.5)) and at least
 * 1e-6. Terms are taken by what they can add at most, the most first, until the passages that have them are as many as may be
 * looked at; those without any of them could only have what adds least. An inner product puts them in nearly the right order,
 * and the best are measured.
 */
export function textSql(
  { terms, language, limit, filters }: TextQuery,
  snapshot: Snapshot,
  { passages, tokens }: TextCounts,
  values: SqlValues,
): string {
  const { bind } = values;
  const names = terms.map(({ term }) => indexedTerm(term.toLowerCase()));
  const askedLanguage = bind(language, 'text');
  const total = bind(passages, 'float8');
  const averageLength = bind(tokens / Math.max(passages, 1), 'float8');
  const candidates = bind(bounds.candidates, 'bigint');
  const measured = bind(Math.max(bounds.measured.factor * limit, bounds.measured.least), 'bigint');
  const frequency = 'p.frequencies[width_bucket(asked.number, p.terms)] / 2.0::float8';
  return `asked AS MATERIALIZED (
      SELECT terms.number, max(terms.documents) AS documents, sum(wanted.weight * CASE
          WHEN 2 * terms.documents >= ${total} THEN 1e-6
          ELSE ln((${total} - terms.documents + 0.5) / (terms.documents + 0.5)) END) AS weight
      FROM unnest(${bind(
        names.map((name) => shardOf(`${language} ${name}`)),
        'integer[]',
      )}, ${bind(names, 'text[]')},
        ${bind(
          terms.map(({ weight }) => weight),
          'float8[]',
        )}) AS wanted (shard, term, weight)
      JOIN terms ON terms.shard = wanted.shard AND terms.language = ${askedLanguage} AND terms.term = wanted.term
      GROUP BY terms.number
    ),
    essential AS MATERIALIZED (
      SELECT array_agg(number) AS numbers FROM (
        SELECT number, sum(documents) OVER heaviest AS reached, row_number() OVER heaviest AS place FROM asked
        WINDOW heaviest AS (
          ORDER BY documents > ${candidates}, weight DESC, number ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        )
      ) AS ranked WHERE reached <= ${candidates} OR place = 1
    ),
    question AS MATERIALIZED (
      SELECT ('{' || string_agg(number || ':' || weight::float4, ',') || '}/${termNumbers}')::sparsevec AS weights
      FROM asked
    ),
    candidates AS MATERIALIZED (
      SELECT shard, key FROM (
        SELECT t.shard, t.key, t.weights <#> (SELECT weights FROM question) AS distance FROM passage_terms AS t
        WHERE t.terms && (SELECT numbers FROM essential) AND t.language = ${askedLanguage}
          AND ${rowsInSight({ alias: 't', article: 'article' }, snapshot, filters, values)}
        LIMIT ${bind(bounds.common, 'bigint')}
      ) AS looked_at ORDER BY distance, key LIMIT ${measured}
    ),
    lexical AS (
      SELECT p.passage, p.key, (
        SELECT sum(asked.weight * 2.2 * ${frequency} / (${frequency} + 1.2 * (0.25 + 0.75 * p.length / ${averageLength})))
        FROM asked WHERE p.terms[width_bucket(asked.number, p.terms)] = asked.number
      ) AS score
      FROM candidates JOIN passage_terms AS p ON p.shard = candidates.shard AND p.key = candidates.key
      ORDER BY score DESC, p.key LIMIT ${bind(limit, 'bigint')}
    )`;
}
