import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { IndexedArticle } from '../domain/ports.ts';
import { toArticle, toPassage } from './article-rows.ts';
import { decodeQuantised, decodeSignature, decodeVector } from './vector-blobs.ts';

const blob = z.instanceof(Buffer);
const signatureRow = z.object({ signature: blob });
const vectorRow = z.object({ passage: blob, vectors: blob });

/**
 * Everything that is stored of an article. Putting it again stores the same bytes.
 *
 * @param dimensions - length of a vector.
 */
export function readIndexedArticle(
  database: Database.Database,
  articleId: string,
  dimensions: number,
): IndexedArticle | undefined {
  const row: unknown = database.prepare('SELECT * FROM articles WHERE id = ?').get(articleId);
  if (row === undefined) return undefined;
  const rows = database
    .prepare(
      `SELECT passages.*, articles.version, vectors.passage, vectors.sentences AS vectors FROM passages
       JOIN articles ON articles.id = passages.article JOIN vectors USING (key)
       WHERE passages.article = ? ORDER BY key`,
    )
    .all(articleId);
  const vectors = rows.map((passage) => vectorRow.parse(passage));
  return {
    article: toArticle(row),
    passages: rows.map(toPassage),
    passageVectors: vectors.map(({ passage }) => Array.from(decodeVector(passage))),
    sentenceVectors: vectors.map((one) =>
      decodeQuantised(one.vectors, dimensions).map((vector) => Array.from(vector)),
    ),
    signature: decodeSignature(signatureRow.parse(row).signature),
  };
}
