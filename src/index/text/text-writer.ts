import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import { createLengthsWriter, type PassageLength } from './passage-lengths.ts';
import { createPostingsWriter } from './postings-writer.ts';
import { createTextChanges, type TextPassage } from './text-changes.ts';
import { createTotalsWriter } from './text-totals.ts';

const termNames = z.array(z.string());

/** Writing of the inverted index. */
export interface TextWriter {
  /** Keys must be above all that were ever given. */
  add(passages: readonly TextPassage[]): void;
  /** With the terms that they were added with. */
  remove(passages: readonly TextPassage[]): void;
  /** Writes what was collected since the last time; to be called in the transaction that the passages are changed in. */
  flush(): void;
}

/** Prepares the statements of {@link TextWriter}. Nothing is written before {@link TextWriter.flush}. */
export function createTextWriter(database: Database.Database): TextWriter {
  const changes = createTextChanges();
  const postings = createPostingsWriter(database);
  const lengths = createLengthsWriter(database);
  const changeTotals = createTotalsWriter(database);
  const termsOf = database.prepare('SELECT term FROM terms WHERE language = ?').pluck();

  /** Takes the keys out of all terms: for a passage whose terms are counted otherwise than when it was added. */
  function sweep(language: Language, removed: number[]): void {
    for (const term of termNames.parse(termsOf.all(language))) {
      postings.write({ language, term, added: { keys: [], counts: [] }, removed });
    }
  }

  /** Takes the removed passages out of the totals, and out of terms in which they were not found by their own. */
  function takeBack(gone: ReadonlyMap<number, number>): void {
    const incomplete = new Map<Language, number[]>();
    for (const { key, language } of changes.removed.values()) {
      const stored = lengths.get(key);
      if (!stored) continue;
      if (stored.terms !== (gone.get(key) ?? 0)) {
        incomplete.set(language, [...(incomplete.get(language) ?? []), key]);
      }
      changeTotals(language, -1, stored.length);
    }
    for (const [language, keys] of incomplete) sweep(language, keys);
  }

  function flush(): void {
    const gone = new Map<number, number>();
    for (const change of changes.byTerm()) {
      for (const key of postings.write(change)) gone.set(key, (gone.get(key) ?? 0) + 1);
    }
    takeBack(gone);
    const changed = new Map<number, PassageLength | undefined>();
    for (const key of changes.removed.keys()) changed.set(key, undefined);
    for (const { key, language, length, counts } of changes.added.values()) {
      changeTotals(language, 1, length);
      changed.set(key, { length, terms: counts.size });
    }
    lengths.set(changed);
    changes.clear();
  }

  return {
    add: (passages) => changes.add(passages),
    remove: (passages) => changes.remove(passages),
    flush() {
      try {
        flush();
      } catch (error) {
        postings.forget();
        throw error;
      }
    },
  };
}
