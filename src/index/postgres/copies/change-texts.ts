import { z } from 'zod';

import type { Sql } from '../../../postgres/database.ts';
import { shardOf } from '../../../postgres/shard.ts';
import { crowd } from '../../copies/text-changes.ts';
import { encodeSignature } from '../../vector-blobs.ts';
import { among, articlesPerStatement, chunksOf, pairs } from '../article-tables.ts';
import { bandsOfText, type CopyText, readBandSizes, readBatchTexts, readCopyTexts } from './copy-texts.ts';

/** Texts whose bands one statement adds. */
const textsPerStatement = 100;

/** How the texts of some articles have changed. */
export interface TextChanges {
  readonly gone: readonly CopyText[];
  readonly fresh: readonly CopyText[];
}

/** Articles that have to be seen to after a change. */
export interface ChangedTexts {
  /** To be compared (anew). */
  readonly compare: readonly string[];
  /** Those that may have lost a near copy. */
  readonly touched: readonly string[];
}

const pairRows = z.array(z.object({ article: z.string(), other: z.string() }));
const articleRows = z.array(z.object({ article: z.string() }));

/** What a batch changes of the texts of `ids`, all that it adds or removes. */
export async function readTextChanges(sql: Sql, ids: readonly string[], batch: number): Promise<TextChanges> {
  const held = await readCopyTexts(sql, ids);
  const added = await readBatchTexts(sql, ids, batch);
  const isSame = (id: string) => {
    const [old, text] = [held.get(id), added.get(id)];
    return old?.version === text?.version && old?.language === text?.language;
  };
  return {
    gone: [...held.values()].filter(({ article }) => !isSame(article)),
    fresh: [...added.values()].filter(({ article, signature }) => signature.length > 0 && !isSame(article)),
  };
}

/** Takes the changes into the tables, and with them what they do to crowds: see `index/copies/text-changes.ts`. */
export async function changeTexts(sql: Sql, { gone, fresh }: TextChanges): Promise<ChangedTexts> {
  const goneIds = gone.map(({ article }) => article);
  const touched = new Set(await removePairs(sql, goneIds));
  for (const ids of chunksOf(goneIds, articlesPerStatement)) {
    await sql.query(`DELETE FROM copy_texts WHERE ${among('article', 1)}`, pairs(ids));
    await sql.query('DELETE FROM copy_bands WHERE shard = 0 AND article = ANY ($1::text[])', [ids]);
  }
  for (const texts of chunksOf(fresh, textsPerStatement)) await addTexts(sql, texts);
  const compare = new Set(fresh.map(({ article }) => article));
  const flipped = await flippedBands(sql, { gone, fresh });
  const again: string[] = [];
  for (const { band, size } of flipped) {
    const rows = await sql.query(
      'SELECT article FROM copy_bands WHERE shard = 0 AND band = $1 LIMIT $2::integer',
      [band, size],
    );
    again.push(...articleRows.parse(rows).map(({ article }) => article));
  }
  const recompared = [...new Set(again)];
  for (const id of await removePairs(sql, recompared)) touched.add(id);
  for (const id of recompared) compare.add(id);
  return { compare: [...compare].toSorted(), touched: [...touched, ...recompared] };
}

async function addTexts(sql: Sql, texts: readonly CopyText[]): Promise<void> {
  const ids = texts.map(({ article }) => article);
  await sql.query(
    `INSERT INTO copy_texts (shard, article, version, language, signature, compared)
     SELECT shard, article, version, language, decode(signature, 'hex'), true
     FROM unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::text[])
       AS new (shard, article, version, language, signature)`,
    [
      ids.map(shardOf),
      ids,
      texts.map(({ version }) => version),
      texts.map(({ language }) => language),
      texts.map(({ signature }) => encodeSignature(signature).toString('hex')),
    ],
  );
  const bands = texts.flatMap((text) => bandsOfText(text).map((band) => [band, text.article] as const));
  await sql.query(
    `INSERT INTO copy_bands (shard, band, article)
     SELECT 0, band, article FROM unnest($1::bigint[], $2::text[]) AS new (band, article) ON CONFLICT DO NOTHING`,
    [bands.map(([band]) => band), bands.map(([, article]) => article)],
  );
}

/** Bands that have become a crowd, or are none any more: which texts one had in common must not depend on when they came. */
async function flippedBands(
  sql: Sql,
  { gone, fresh }: TextChanges,
): Promise<{ readonly band: number; readonly size: number }[]> {
  const growth = new Map<number, number>();
  for (const [texts, by] of [
    [gone, -1],
    [fresh, 1],
  ] as const) {
    for (const text of texts) {
      for (const band of bandsOfText(text)) growth.set(band, (growth.get(band) ?? 0) + by);
    }
  }
  const bands = [...growth].filter(([, by]) => by !== 0).map(([band]) => band);
  let most = 0;
  for (const by of growth.values()) most = Math.max(most, by);
  const sizes = await readBandSizes(sql, bands, crowd + 1 + most);
  return bands.flatMap((band) => {
    const size = sizes.get(band) ?? 0;
    const before = size - (growth.get(band) ?? 0);
    return size > crowd === before > crowd ? [] : [{ band, size }];
  });
}

/** Removes the pairs that the articles are in. @returns the articles of those pairs. */
async function removePairs(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const chunk of chunksOf(ids, articlesPerStatement)) {
    for (const column of ['article', 'other'] as const) {
      const rows = await sql.query(
        `DELETE FROM copy_pairs WHERE shard = 0 AND ${column} = ANY ($1::text[]) RETURNING article, other`,
        [chunk],
      );
      found.push(...pairRows.parse(rows).flatMap(({ article, other }) => [article, other]));
    }
  }
  return found;
}
