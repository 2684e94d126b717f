import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import type { PassageIndex } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { createTermVocabulary, maximumAsked, similarShapes } from '../text/term-vocabulary.ts';
import { storable } from './sql-values.ts';

/** Most terms that are compared for one question, the most frequent first: those of a word's length and first letter are some thousands. */
const mostCompared = 50_000;

const termRows = z
  .array(z.object({ term: z.string(), documents: z.int() }))
  .transform((rows) => rows.map(({ term, documents }) => [term, documents] as const));

/** Reading of the vocabulary, which is that of the newest generation whatever the snapshot: it changes little with each. */
export function createTermReader(
  database: Database,
): Pick<PassageIndex, 'documentFrequencies' | 'similarTerms'> {
  async function documentFrequencies(terms: readonly string[], language: Language) {
    const asked = storable([...new Set(terms)]);
    if (asked.length === 0) return new Map<string, number>();
    const rows = await database.query(
      `SELECT terms.term, terms.documents FROM unnest($1::integer[], $2::text[]) AS asked (shard, term)
       JOIN terms ON terms.shard = asked.shard AND terms.language = $3 AND terms.term = asked.term`,
      [asked.map((term) => shardOf(`${language} ${term}`)), asked, language],
    );
    return new Map(termRows.parse(rows));
  }

  return {
    documentFrequencies,
    async similarTerms(terms, language) {
      const correctable = terms.slice(0, maximumAsked).filter((term) => similarShapes(term).length > 0);
      const known = await documentFrequencies(correctable, language);
      const missing = storable(correctable).filter((term) => !known.has(term));
      const shapes = new Map(
        missing.flatMap(similarShapes).map((shape) => [`${shape.length} ${shape.first}`, shape]),
      );
      if (shapes.size === 0) return new Map();
      const rows = await database.query(
        `SELECT terms.term, terms.documents FROM unnest($1::integer[], $2::text[]) AS shape (length, first)
         JOIN terms ON terms.language = $3 AND length(terms.term) = shape.length AND left(terms.term, 1) = shape.first
         WHERE terms.term !~ '[0-9_]' ORDER BY terms.documents DESC LIMIT $4`,
        [
          [...shapes.values()].map(({ length }) => length),
          [...shapes.values()].map(({ first }) => first),
          language,
          mostCompared,
        ],
      );
      return createTermVocabulary(termRows.parse(rows)).similar(missing);
    },
  };
}
