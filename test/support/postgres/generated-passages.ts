import { z } from 'zod';

import { languages } from '../../../src/domain/language.ts';
import { indexFormat } from '../../../src/index/manifest.ts';
import { termColumns } from '../../../src/index/postgres/passage-terms.ts';
import { termNumber } from '../../../src/index/postgres/term-number.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { shardOf } from '../../../src/postgres/shard.ts';
import { randomNumbers, randomVectors } from '../../index/fixtures.ts';

/** So many that no half of them is few enough to be compared one by one. */
const size = 16_000;
/** Of which so many have words. */
const sizeOfText = 5_000;
const dimensions = 16;

/** What {@link fillGenerated} fills an index with. */
export const generated = {
  id: 'test:generated',
  dimensions,
  vectors: randomVectors(size, dimensions, 3),
  passageId: (key: number): string => `article-${key}:v:0-1`,
};

/** Rows that are searched, without articles: in two languages by turns, of two publishers and five years, with words of Zipf's law. */
export async function fillGenerated(database: Database): Promise<void> {
  const random = randomNumbers(11);
  const documents = new Map<string, number>();
  const tokens = 100;
  const rows = generated.vectors.map((vector, key) => {
    const language = languages[key % languages.length] ?? 'en';
    const counts = new Map<string, number>();
    for (let token = 0; token < tokens; token += 1) {
      const term = `word${Math.floor(5_000 ** random())}`;
      counts.set(term, (counts.get(term) ?? 0) + 2);
    }
    for (const term of key < sizeOfText ? counts.keys() : []) {
      const entry = `${language} ${term}`;
      documents.set(entry, (documents.get(entry) ?? 0) + 1);
    }
    const article = `article-${key}`;
    return {
      ...termColumns({ counts, length: tokens }),
      shard: shardOf(article),
      key,
      passage: generated.passageId(key),
      article,
      language,
      published_at: `202${Math.floor(key / 2) % 5}-05-01`,
      publisher: `Paper ${Math.floor(key / 10) % 2}`,
      added: 1,
      embedding: `[${vector.join(',')}]`,
    };
  });
  const shared = 'shard, key, passage, article, language, published_at, publisher, added';
  await database.query(
    `INSERT INTO passage_vectors (${shared}, embedding)
     SELECT ${shared}, embedding FROM json_populate_recordset(NULL::passage_vectors, $1::json)`,
    [JSON.stringify(rows)],
  );
  await database.query(
    `INSERT INTO passage_terms (${shared}, terms, frequencies, length, weights)
     SELECT ${shared}, terms, frequencies, length, weights FROM json_populate_recordset(NULL::passage_terms, $1::json)`,
    [JSON.stringify(rows.slice(0, sizeOfText))],
  );
  const terms = Array.from(documents, ([entry, count]) => {
    const [language = '', term = ''] = entry.split(' ');
    return { shard: shardOf(entry), language, term, number: termNumber(term), documents: count };
  });
  await database.query(
    `INSERT INTO terms (shard, language, term, number, documents)
     SELECT shard, language, term, number, documents FROM json_populate_recordset(NULL::terms, $1::json)`,
    [JSON.stringify(terms)],
  );
  const passages = size / languages.length;
  const counts = Object.fromEntries(
    languages.map((language) => [language, { passages, tokens: (sizeOfText / languages.length) * tokens }]),
  );
  await database.query(
    `INSERT INTO index_state (shard, generation, generation_id, created_at, next_batch, pending, format,
       embedding_model, dimensions, content)
     VALUES (0, 1, 'generated', '2026-01-01T00:00:00.000Z', 2, '{}', $1, $2, $3, $4)`,
    [indexFormat, generated.id, dimensions, JSON.stringify({ articles: size, languages: counts })],
  );
  for (const table of ['passage_vectors', 'passage_terms', 'terms']) await database.query(`ANALYZE ${table}`);
}

const planRows = z.array(z.object({ 'QUERY PLAN': z.string() }));

/** A database that notes how each statement that it is asked was carried out. */
export function explaining(database: Database): { readonly plans: string[]; readonly reading: Database } {
  const plans: string[] = [];
  return {
    plans,
    reading: {
      ...database,
      query: async (text, values, options) => {
        const rows = planRows.parse(
          await database.query(`EXPLAIN (ANALYZE, TIMING OFF) ${text}`, values, options),
        );
        // A way that was open and not taken is no part of what was done.
        const lines = rows.map((row) => row['QUERY PLAN']);
        plans.push(lines.filter((line) => !line.includes('never executed')).join('\n'));
        return database.query(text, values, options);
      },
    },
  };
}
