import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { Language } from '../../domain/language.ts';
import type { TextTotals } from './bm25.ts';

const totalsRow = z.object({ passages: z.int(), tokens: z.int() }).optional();

/** Number of the passages of a language, and of their terms. */
export function readTotals(database: Database.Database, language: Language): TextTotals {
  const found = database.prepare('SELECT passages, tokens FROM text_totals WHERE language = ?').get(language);
  return totalsRow.parse(found) ?? { passages: 0, tokens: 0 };
}

/** Changes {@link readTotals} by what came (1) and went (-1). */
export function createTotalsWriter(
  database: Database.Database,
): (language: Language, passages: 1 | -1, tokens: number) => void {
  const change = database.prepare(
    `INSERT INTO text_totals (language, passages, tokens) VALUES (?, ?, ?)
     ON CONFLICT (language) DO UPDATE SET
       passages = text_totals.passages + excluded.passages, tokens = text_totals.tokens + excluded.tokens`,
  );
  return (language, passages, tokens) => {
    change.run(language, passages, passages * tokens);
  };
}
