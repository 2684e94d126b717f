import type { Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { chunksOf } from './article-tables.ts';
import type { TermChanges } from './batch-changes.ts';
import { termNumber } from './term-number.ts';

/** Terms that one statement changes. */
const termsPerStatement = 5_000;

/** Adds to and subtracts from the numbers of passages that have each term; terms that no passage has any more go. */
export async function changeTerms(sql: Sql, changes: TermChanges): Promise<void> {
  for (const [language, terms] of changes) {
    const values = (chunk: readonly (readonly [string, number])[]) => [
      chunk.map(([term]) => shardOf(`${language} ${term}`)),
      language,
      chunk.map(([term]) => term),
      chunk.map(([, documents]) => documents),
    ];
    const entries = [...terms];
    const more = entries.filter(([, documents]) => documents > 0);
    for (const chunk of chunksOf(more, termsPerStatement)) {
      await sql.query(
        `INSERT INTO terms (shard, language, term, documents, number)
         SELECT shard, $2::text, term, documents, number
         FROM unnest($1::integer[], $3::text[], $4::integer[], $5::integer[])
           AS change (shard, term, documents, number)
         ON CONFLICT (shard, language, term) DO UPDATE SET documents = terms.documents + excluded.documents`,
        [...values(chunk), chunk.map(([term]) => termNumber(term))],
      );
    }
    const fewer = entries.filter(([, documents]) => documents < 0);
    for (const chunk of chunksOf(fewer, termsPerStatement)) {
      const [shards, , names] = values(chunk);
      await sql.query(
        `UPDATE terms SET documents = terms.documents + change.documents
         FROM unnest($1::integer[], $3::text[], $4::integer[]) AS change (shard, term, documents)
         WHERE terms.shard = change.shard AND terms.language = $2 AND terms.term = change.term`,
        values(chunk),
      );
      await sql.query(
        `DELETE FROM terms WHERE language = $2 AND documents <= 0 AND (shard, term) IN (
           SELECT shard, term FROM unnest($1::integer[], $3::text[]) AS gone (shard, term)
         )`,
        [shards, language, names],
      );
    }
  }
}
