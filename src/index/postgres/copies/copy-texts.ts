import { z } from 'zod';

import { type Language, languages } from '../../../domain/language.ts';
import type { Sql } from '../../../postgres/database.ts';
import { bytes, whole } from '../../../postgres/rows.ts';
import { bandsOf } from '../../copies/bands.ts';
import { crowd } from '../../copies/text-changes.ts';
import { decodeSignature } from '../../vector-blobs.ts';
import { among, articlesPerStatement, chunksOf, pairs } from '../article-tables.ts';

/** A text that is compared with others. */
export interface CopyText {
  readonly article: string;
  readonly version: string;
  readonly language: Language;
  readonly signature: Uint32Array;
}

/** Bands that one statement asks for. */
const bandsPerStatement = 2_000;

const textRows = z.array(
  z
    .object({ article: z.string(), version: z.string(), language: z.enum(languages), signature: bytes })
    .transform((row): CopyText => ({ ...row, signature: decodeSignature(row.signature) })),
);
const bandRows = z.array(z.object({ band: whole, articles: z.array(z.string()) }));
const sizeRows = z.array(z.object({ band: whole, size: whole }));

/** What the tables of copies have of the articles, by id. */
export async function readCopyTexts(sql: Sql, ids: readonly string[]): Promise<Map<string, CopyText>> {
  const found = new Map<string, CopyText>();
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    const rows = await sql.query(
      `SELECT article, version, language, signature FROM copy_texts WHERE ${among('article', 1)}`,
      pairs(chunk),
    );
    for (const text of textRows.parse(rows)) found.set(text.article, text);
  }
  return found;
}

/** What a batch adds of the articles, by id; texts too short to compare included. */
export async function readBatchTexts(
  sql: Sql,
  ids: readonly string[],
  batch: number,
): Promise<Map<string, CopyText>> {
  const found = new Map<string, CopyText>();
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    const rows = await sql.query(
      `SELECT id AS article, version, language, signature FROM articles WHERE ${among('id', 1)} AND added = $3`,
      [...pairs(chunk), batch],
    );
    for (const text of textRows.parse(rows)) found.set(text.article, text);
  }
  return found;
}

/** The bands of a text. */
export function bandsOfText({ signature, language }: CopyText): number[] {
  return bandsOf(signature, language);
}

/** The articles of each band that has some and is no crowd. */
export async function readBands(sql: Sql, bands: Iterable<number>): Promise<Map<number, readonly string[]>> {
  const found = new Map<number, readonly string[]>();
  for (const chunk of chunksOf([...new Set(bands)], bandsPerStatement)) {
    const rows = await sql.query(
      `SELECT band, articles FROM (
         SELECT asked.band, ARRAY(
           SELECT article FROM copy_bands WHERE shard = 0 AND band = asked.band LIMIT $2::integer
         ) AS articles FROM unnest($1::bigint[]) AS asked (band)
       ) AS held WHERE cardinality(articles) BETWEEN 1 AND $2::integer - 1`,
      [chunk, crowd + 1],
    );
    for (const { band, articles } of bandRows.parse(rows)) found.set(band, articles);
  }
  return found;
}

/** How many articles each band has; beyond `most` are not counted. */
export async function readBandSizes(
  sql: Sql,
  bands: readonly number[],
  most: number,
): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  for (const chunk of chunksOf(bands, bandsPerStatement)) {
    const rows = await sql.query(
      `SELECT asked.band, (
         SELECT count(*) FROM (
           SELECT article FROM copy_bands WHERE shard = 0 AND band = asked.band LIMIT $2::integer
         ) AS held
       ) AS size FROM unnest($1::bigint[]) AS asked (band)`,
      [chunk, most],
    );
    for (const { band, size } of sizeRows.parse(rows)) found.set(band, size);
  }
  return found;
}
