import type Database from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../../domain/language.ts';
import { decodeSignature } from '../vector-blobs.ts';
import { bandsOf } from './bands.ts';

/**
 * Texts that a band may have in common before it says nothing, as with a phrase that every report of an agency ends on:
 * comparing all of them with one another would take time without end.
 */
export const crowd = 50;

const textRow = z.object({
  key: z.int(),
  article: z.string(),
  version: z.string(),
  language: z.enum(languages),
  signature: z.instanceof(Buffer),
});
const newRow = textRow.omit({ key: true });
const idRows = z.array(z.string());
const keyRows = z.array(z.int());

/**
 * Takes what has changed of the articles into the tables, `limit` texts with each call: first what is no longer theirs is
 * removed, then what is new added. What must be compared (anew) is marked so.
 *
 * @returns whether there was anything left to take.
 */
export function createTextChanges(database: Database.Database): (limit: number) => boolean {
  const gone = keyRows.parse(
    database
      .prepare(
        `SELECT copy_texts.key FROM copy_texts LEFT JOIN articles ON articles.id = copy_texts.article
         WHERE articles.id IS NULL OR articles.version <> copy_texts.version
           OR articles.language <> copy_texts.language`,
      )
      .pluck()
      .all(),
  );
  const fresh = idRows.parse(
    database
      .prepare(
        `SELECT articles.id FROM articles LEFT JOIN copy_texts ON copy_texts.article = articles.id
         WHERE length(articles.signature) > 0 AND (
           copy_texts.key IS NULL OR articles.version <> copy_texts.version
           OR articles.language <> copy_texts.language
         ) ORDER BY articles.id`,
      )
      .pluck()
      .all(),
  );
  const textByKey = database.prepare('SELECT * FROM copy_texts WHERE key = ?');
  const articleById = database.prepare(
    'SELECT id AS article, version, language, signature FROM articles WHERE id = ?',
  );
  const removeText = database.prepare('DELETE FROM copy_texts WHERE key = ?');
  const addText = database.prepare(
    `INSERT INTO copy_texts (article, version, language, signature, compared)
     VALUES (@article, @version, @language, @signature, 0)`,
  );
  const removeBand = database.prepare('DELETE FROM copy_bands WHERE band = ? AND key = ?');
  const addBand = database.prepare('INSERT INTO copy_bands (band, key) VALUES (?, ?)');
  const keysOfBand = database.prepare('SELECT key FROM copy_bands WHERE band = ?').pluck();
  const removePairs = database.prepare('DELETE FROM copy_pairs WHERE key = @key OR other = @key');
  const compareAgain = database.prepare('UPDATE copy_texts SET compared = 0 WHERE key = ?');

  return database.transaction((limit: number): boolean => {
    /** By band, how many more texts it has than before. */
    const growth = new Map<number, number>();
    const grow = (band: number, by: number) => growth.set(band, (growth.get(band) ?? 0) + by);
    const [old, added] = gone.length > 0 ? [gone.splice(0, limit), []] : [[], fresh.splice(0, limit)];
    for (const key of old) {
      const { signature, language } = textRow.parse(textByKey.get(key));
      for (const band of bandsOf(decodeSignature(signature), language)) {
        removeBand.run(band, key);
        grow(band, -1);
      }
      removePairs.run({ key });
      removeText.run(key);
    }
    for (const id of added) {
      const row = newRow.parse(articleById.get(id));
      const key = addText.run(row).lastInsertRowid;
      for (const band of bandsOf(decodeSignature(row.signature), row.language)) {
        addBand.run(band, key);
        grow(band, 1);
      }
    }
    // Which texts a crowded band had in common must not depend on when they came.
    for (const [band, by] of growth) {
      const keys = keyRows.parse(keysOfBand.all(band));
      if (keys.length > crowd === keys.length - by > crowd) continue;
      for (const key of keys) {
        removePairs.run({ key });
        compareAgain.run(key);
      }
    }
    return old.length + added.length > 0;
  });
}
