import { z } from 'zod';

import type { IndexedArticle, SourceRecord } from '../../domain/ports.ts';
import type { Sql } from '../../postgres/database.ts';
import { bytes, whole } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { articleColumns, toArticle, toPassage } from '../article-rows.ts';
import { decodeQuantised, decodeSignature } from '../vector-blobs.ts';
import { isVisible, type Snapshot } from './snapshot.ts';

/** Rows that one statement reads. */
const rowsPerStatement = 10_000;

/** A state of the index with what a batch, if any, has changed of it. */
export interface WriterView {
  readonly base: Snapshot;
  /** 0 for none: no batch has that number. */
  readonly batch: number;
}

/** What a writer must know at the beginning. */
export interface WriterContent {
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, SourceRecord>;
}

const strings = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()));
const fingerprintRow = z.object({
  id: z.string(),
  added: whole,
  fingerprint: z.string(),
});
const sourceRow = z.object({
  path: z.string(),
  added: whole,
  digest: z.string(),
  articles: strings,
  failures: strings,
});
const placeRow = z.object({ shard: z.int(), key: z.string(), added: whole });
const removalRows = z.array(z.object({ kind: z.enum(['article', 'source']), id: z.string() }));
const signatureRow = z.object({ signature: bytes, added: whole });
const vectorsRow = z.object({ embedding: bytes, sentence_vectors: bytes });

/** Fingerprints of the articles and records of the sources. */
export async function readWriterContent(sql: Sql, view: WriterView): Promise<WriterContent> {
  const fingerprints = new Map<string, string>();
  const sources = new Map<string, SourceRecord>();
  const isOfBatch = new Set<string>();
  for await (const row of readAll(sql, view, { table: 'articles', key: 'id', columns: ['fingerprint'] })) {
    const { id, added, fingerprint } = fingerprintRow.parse(row);
    if (isOfBatch.has(id)) continue;
    if (added === view.batch) isOfBatch.add(id);
    fingerprints.set(id, fingerprint);
  }
  const columns = ['digest', 'articles', 'failures'];
  isOfBatch.clear();
  for await (const row of readAll(sql, view, { table: 'sources', key: 'path', columns })) {
    const { path, added, digest, articles, failures } = sourceRow.parse(row);
    if (isOfBatch.has(path)) continue;
    if (added === view.batch) isOfBatch.add(path);
    sources.set(path, { path, digest, articles, failures });
  }
  if (view.batch > 0) {
    const removals = removalRows.parse(
      await sql.query('SELECT kind, id FROM batch_removals WHERE shard = 0 AND batch = $1', [view.batch]),
    );
    for (const { kind, id } of removals) (kind === 'article' ? fingerprints : sources).delete(id);
  }
  return { fingerprints: sorted(fingerprints), sources: sorted(sources) };
}

/** Everything stored of an article; undefined where the view has none of this id. Putting it again stores the same vectors. */
export async function readStored(
  sql: Sql,
  articleId: string,
  { base, batch }: WriterView,
  dimensions: number,
): Promise<IndexedArticle | undefined> {
  const shard = shardOf(articleId);
  const [row] = await sql.query(
    `SELECT added, ${articleColumns.join(', ')} FROM articles
     WHERE shard = $1 AND id = $2 AND (added = $5 OR ${isVisible('articles', '$3', '$4::bigint[]')})
     ORDER BY added = $5 DESC LIMIT 1`,
    [shard, articleId, base.next, base.pending, batch],
  );
  if (row === undefined) return undefined;
  const { signature, added } = signatureRow.parse(row);
  const rows = await sql.query(
    `SELECT passages.id, passages.article, passages.version, passages.start_offset, passages.end_offset,
       passages.heading_path, passages.sentences, passages.sentence_vectors,
       vector_send(passage_vectors.embedding) AS embedding
     FROM passages JOIN passage_vectors ON passage_vectors.shard = passages.shard AND passage_vectors.key = passages.key
     WHERE passages.shard = $1 AND passages.article = $2 AND passages.added = $3 AND passage_vectors.shard = $1
     ORDER BY passages.key`,
    [shard, articleId, added],
  );
  const vectors = rows.map((passage) => vectorsRow.parse(passage));
  return {
    article: toArticle(row),
    passages: rows.map(toPassage),
    passageVectors: vectors.map(({ embedding }) => decodeSent(embedding)),
    sentenceVectors: vectors.map((one) =>
      decodeQuantised(one.sentence_vectors, dimensions).map((vector) => Array.from(vector)),
    ),
    signature: decodeSignature(signature),
  };
}

async function* readAll(
  sql: Sql,
  { base, batch }: WriterView,
  { table, key, columns }: { table: 'articles' | 'sources'; key: string; columns: readonly string[] },
): AsyncGenerator {
  let after: unknown[] = [-(2 ** 31), '', 0];
  for (;;) {
    const rows = await sql.query(
      `SELECT shard, ${key}, ${key} AS key, added, ${columns.join(', ')} FROM ${table}
       WHERE (shard, ${key}, added) > ($1::integer, $2::text, $3::bigint)
         AND (added = $6 OR ${isVisible(table, '$4', '$5::bigint[]')})
       ORDER BY shard, ${key}, added LIMIT ${rowsPerStatement}`,
      [...after, base.next, base.pending, batch],
    );
    yield* rows;
    if (rows.length < rowsPerStatement) return;
    const last = placeRow.parse(rows.at(-1));
    after = [last.shard, last.key, last.added];
  }
}

/** They come in the order of their shards. */
function sorted<T>(map: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The numbers of pgvector's binary form: a count and an unused number of 16 bits, then single precision, big-endian. */
function decodeSent(sent: Buffer): number[] {
  return Array.from({ length: sent.readUInt16BE(0) }, (_, index) => sent.readFloatBE(4 + 4 * index));
}
