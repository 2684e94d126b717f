import { z } from 'zod';

import type { IndexedArticle } from '../../domain/ports.ts';
import { sliceSpan } from '../../domain/span.ts';
import type { Sql } from '../../postgres/database.ts';
import { whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { articleColumns, fromArticle, fromPassage } from '../article-rows.ts';
import { createTermCounter } from '../text/term-counter.ts';
import { encodeQuantised } from '../vector-blobs.ts';
import { unitVector } from '../vector-checks.ts';
import { chunksOf, removeOwnArticle } from './article-tables.ts';
import { type TermColumns, termColumns } from './passage-terms.ts';

/** Passages that one statement adds: some megabytes with vectors of a thousand numbers. */
const passagesPerStatement = 100;

const keyRows = z.array(z.object({ key: whole })).transform((rows) => rows.map(({ key }) => key));

type Row = ReturnType<typeof fromArticle>;

/** The rows of an article, all but the numbers that the database gives out. */
export interface ArticleRows {
  readonly id: string;
  readonly article: Row;
  readonly passages: readonly PassageRow[];
}

interface PassageRow {
  readonly passage: ReturnType<typeof fromPassage>;
  readonly vector: string;
  readonly sentenceVectors: string;
  readonly terms: TermColumns;
}

/**
 * Makes the rows of an article, checked with `checkIndexedArticle`.
 *
 * @throws RangeError for text with a NUL, which PostgreSQL does not store. @throws FootnoteError `model-failed` for
 *   vectors of another length or none.
 */
export function articleRows(entry: IndexedArticle, fingerprint: string, dimensions: number): ArticleRows {
  const { article, passages } = entry;
  const row = fromArticle(article, entry.signature, fingerprint);
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'string' || !value.includes('\0')) continue;
    throw new RangeError(
      `Article ${article.id} cannot be indexed: its ${column} has a NUL character, which PostgreSQL cannot store.`,
    );
  }
  const count = createTermCounter(article);
  return {
    id: article.id,
    article: row,
    passages: passages.map((passage, index) => ({
      passage: fromPassage(passage),
      vector: vectorText(unitVector(entry.passageVectors[index] ?? [], dimensions)),
      sentenceVectors: encodeQuantised(
        (entry.sentenceVectors[index] ?? []).map((one) => unitVector(one, dimensions)),
      ).toString('hex'),
      terms: termColumns(count(passage.headingPath, sliceSpan(article.text, passage))),
    })),
  };
}

/** Adds the article to a batch, or replaces what the batch had of it. */
export async function putArticle(sql: Sql, rows: ArticleRows, batch: number): Promise<void> {
  const { id, article } = rows;
  const shard = shardOf(id);
  await removeOwnArticle(sql, id, batch);
  await sql.query(
    "DELETE FROM batch_removals WHERE shard = 0 AND batch = $1 AND kind = 'article' AND id = $2",
    [batch, id],
  );
  const values = articleColumns.map((_, index) => `$${index + 3}`);
  await sql.query(
    `INSERT INTO articles (shard, added, ${articleColumns.join(', ')}) VALUES ($1, $2, ${values.join(', ')})`,
    [shard, batch, ...articleColumns.map((column) => article[column])],
  );
  for (const chunk of chunksOf(rows.passages, passagesPerStatement)) {
    await putPassages(sql, { shard, batch, article, chunk });
  }
}

async function putPassages(
  sql: Sql,
  {
    shard,
    batch,
    article,
    chunk,
  }: { shard: number; batch: number; article: Row; chunk: readonly PassageRow[] },
): Promise<void> {
  const keys = keyRows
    .parse(
      await sql.query("SELECT nextval('passage_keys') AS key FROM generate_series(1, $1::integer)", [
        chunk.length,
      ]),
    )
    .toSorted((a, b) => a - b);
  const ids = chunk.map(({ passage }) => passage.id);
  await sql.query(
    `INSERT INTO passages (shard, article, version, added, key, id, start_offset, end_offset, heading_path,
       sentences, sentence_vectors)
     SELECT $1::integer, $2::text, $3::text, $4::bigint, key, id, start_offset, end_offset, heading_path, sentences,
       decode(vectors, 'hex')
     FROM unnest($5::bigint[], $6::text[], $7::integer[], $8::integer[], $9::text[], $10::text[], $11::text[])
       AS new (key, id, start_offset, end_offset, heading_path, sentences, vectors)`,
    [
      shard,
      article.id,
      article.version,
      batch,
      keys,
      ids,
      chunk.map(({ passage }) => passage.start_offset),
      chunk.map(({ passage }) => passage.end_offset),
      chunk.map(({ passage }) => passage.heading_path),
      chunk.map(({ passage }) => passage.sentences),
      chunk.map(({ sentenceVectors }) => sentenceVectors),
    ],
  );
  const shared = [
    shard,
    article.id,
    article.language,
    article.published_at,
    article.publisher,
    batch,
    keys,
    ids,
  ];
  await sql.query(
    `INSERT INTO passage_vectors (shard, article, language, published_at, publisher, added, key, passage, embedding)
     SELECT $1::integer, $2::text, $3::text, $4::text, $5::text, $6::bigint, key, passage, embedding::vector
     FROM unnest($7::bigint[], $8::text[], $9::text[]) AS new (key, passage, embedding)`,
    [...shared, chunk.map(({ vector }) => vector)],
  );
  await sql.query(
    `INSERT INTO passage_terms (shard, article, language, published_at, publisher, added, key, passage, terms,
       frequencies, length, weights)
     SELECT $1::integer, $2::text, $3::text, $4::text, $5::text, $6::bigint, key, passage, terms::integer[],
       frequencies::smallint[], length, weights::sparsevec
     FROM unnest($7::bigint[], $8::text[], $9::text[], $10::text[], $11::integer[], $12::text[])
       AS new (key, passage, terms, frequencies, length, weights)`,
    [
      ...shared,
      chunk.map(({ terms }) => terms.terms),
      chunk.map(({ terms }) => terms.frequencies),
      chunk.map(({ terms }) => terms.length),
      chunk.map(({ terms }) => terms.weights),
    ],
  );
}

/** Nine digits name a number of single precision exactly. */
function vectorText(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => value.toPrecision(9)).join(',')}]`;
}
