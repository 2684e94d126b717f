import type Database from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../../domain/language.ts';
import { estimatedContainment } from '../../domain/text/min-hash.ts';
import { decodeSignature } from '../vector-blobs.ts';
import { bandsOf } from './bands.ts';
import { isNearCopy, leastContainment, type TextTraits, traitsOf } from './near-copy.ts';
import { crowd } from './text-changes.ts';

/** Estimates below which texts are not compared themselves: three standard errors below what is looked for. */
const leastEstimate = leastContainment - 0.15;

/** Texts that are kept in memory, at about one byte a character: a text often comes up again. */
const mostKept = 5_000;

const keyRows = z.array(z.int());
const textRow = z.object({ language: z.enum(languages), signature: z.instanceof(Buffer) });

interface KeptText extends z.infer<typeof textRow> {
  readonly numbers: Uint32Array;
  /** Found when they are first needed. */
  traits?: TextTraits;
}

/**
 * Finds the near copies of the texts that have not been compared, `limit` of them with each call.
 *
 * @returns whether there was anything left to compare.
 */
export function createTextComparison(database: Database.Database): (limit: number) => boolean {
  const queue = keyRows.parse(
    database.prepare('SELECT key FROM copy_texts WHERE compared = 0 ORDER BY key').pluck().all(),
  );
  const waiting = new Set(queue);
  const keysOfBand = database.prepare(`SELECT key FROM copy_bands WHERE band = ? LIMIT ${crowd + 1}`).pluck();
  const textByKey = database.prepare('SELECT language, signature FROM copy_texts WHERE key = ?');
  const articleText = database
    .prepare('SELECT text FROM articles WHERE id = (SELECT article FROM copy_texts WHERE key = ?)')
    .pluck();
  const addPair = database.prepare('INSERT INTO copy_pairs (key, other) VALUES (?, ?)');
  const setCompared = database.prepare('UPDATE copy_texts SET compared = 1 WHERE key = ?');
  const kept = new Map<number, KeptText>();

  function read(key: number): KeptText {
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= mostKept) kept.clear();
    const row = textRow.parse(textByKey.get(key));
    const text = { ...row, numbers: decodeSignature(row.signature) };
    kept.set(key, text);
    return text;
  }

  function traits(key: number): TextTraits {
    const text = read(key);
    text.traits ??= traitsOf(z.string().parse(articleText.get(key)));
    return text.traits;
  }

  /** The other texts that have a band in common with this one. Who is still waiting finds it later. */
  function candidates(key: number): ReadonlySet<number> {
    const { numbers, language } = read(key);
    const found = new Set<number>();
    for (const band of bandsOf(numbers, language)) {
      const keys = keyRows.parse(keysOfBand.all(band));
      if (keys.length > crowd) continue;
      for (const other of keys) if (!waiting.has(other)) found.add(other);
    }
    return found;
  }

  return database.transaction((limit: number): boolean => {
    const keys = queue.splice(0, limit);
    for (const key of keys) {
      const { numbers } = read(key);
      for (const other of candidates(key)) {
        if (estimatedContainment(numbers, read(other).numbers) < leastEstimate) continue;
        if (isNearCopy(traits(key), traits(other))) addPair.run(Math.min(key, other), Math.max(key, other));
      }
      setCompared.run(key);
      waiting.delete(key);
    }
    return keys.length > 0;
  });
}
