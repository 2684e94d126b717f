import { z } from 'zod';

import { type Language, languages } from '../../domain/language.ts';
import type { PassageHit, PassageIndex } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { weightedTerms } from '../text/weighted-terms.ts';
import { unitVector } from '../vector-checks.ts';
import { hybridSql } from './hybrid-sql.ts';
import type { IndexState } from './index-state.ts';
import { sqlValues } from './sql-values.ts';

/** More than anybody reads; what is above is cut. */
const mostHits = 10_000;

const hitRows = z.array(
  z.object({ list: z.enum(['dense', 'lexical']), passage: z.string(), score: z.number() }),
);

/** The searches of {@link PassageIndex}, each in one statement. */
export function createPassageSearch(
  database: Database,
  { snapshot, content, dimensions }: IndexState,
): Pick<PassageIndex, 'search' | 'searchVectors' | 'searchText'> {
  const search: PassageIndex['search'] = async ({ vector, terms, language, limit, filters, signal }) => {
    signal?.throwIfAborted();
    const most = Math.min(Math.floor(limit), mostHits);
    const counts = content.languages[language];
    const asked = weightedTerms(terms);
    const query = {
      dense: vector && {
        vector: Array.from(unitVector(vector, dimensions)),
        limit: most,
        filters,
        total: passagesOf(content, filters?.languages),
      },
      lexical: counts && asked.length > 0 ? { terms: asked, language, limit: most, filters } : undefined,
    };
    if (!(most >= 1) || (!query.dense && !query.lexical)) return { dense: [], lexical: [] };
    const values = sqlValues();
    const text = hybridSql(query, snapshot, counts ?? { passages: 0, tokens: 0 }, values);
    const rows = hitRows.parse(await database.query(text, values.values, { signal }));
    const hits = (wanted: string): PassageHit[] =>
      rows.flatMap(({ list, passage, score }) => (list === wanted ? [{ passageId: passage, score }] : []));
    return { dense: hits('dense'), lexical: hits('lexical') };
  };
  return {
    search,
    // Without terms no language is looked at.
    searchVectors: async (query) => (await search({ ...query, terms: [], language: 'en' })).dense,
    searchText: async (query) => (await search(query)).lexical,
  };
}

function passagesOf(
  { languages: counts }: IndexState['content'],
  wanted: readonly Language[] = languages,
): number {
  return wanted.reduce((sum, language) => sum + (counts[language]?.passages ?? 0), 0);
}
