import type Database from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../domain/language.ts';
import { textColumns, textTable } from './article-schema.ts';

const sizeRow = z.instanceof(Buffer);

/** Row of the totals in FTS5's own table `…_data` (`FTS5_AVERAGES_ROWID` in its source). */
const totalsRow = 1;

/**
 * Counts the rows and terms of the full-text tables anew.
 *
 * FTS5 keeps their totals for `bm25`, and with `contentless_delete` never lowers them: without this, the scores would depend on
 * all that was ever removed. The sizes of the rows that are there are in the table `…_docsize`. To be called after the last
 * change of the tables; FTS5 reads the totals anew with the next statement.
 */
export function correctTextTotals(database: Database.Database): void {
  // FTS5's own tables are written to by nobody else, as a rule.
  database.unsafeMode(true);
  try {
    database.transaction(() => {
      for (const language of languages) correct(database, textTable(language));
    })();
  } finally {
    database.unsafeMode(false);
  }
}

function correct(database: Database.Database, table: string): void {
  let rows = 0;
  const totals = textColumns.map(() => 0);
  for (const value of database.prepare(`SELECT sz FROM ${table}_docsize`).pluck().iterate()) {
    rows += 1;
    for (const [column, size] of decode(sizeRow.parse(value)).entries()) {
      totals[column] = (totals[column] ?? 0) + size;
    }
  }
  database
    .prepare(`UPDATE ${table}_data SET block = ? WHERE id = ?`)
    .run(Buffer.from([rows, ...totals].flatMap(encode)), totalsRow);
}

/** The numbers in SQLite's format of variable length: seven bits a byte, the most significant first. */
function decode(bytes: Buffer): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte % 128);
    if (byte >= 128) continue;
    numbers.push(number);
    number = 0;
  }
  return numbers;
}

function encode(number: number): number[] {
  const digits = [number % 128];
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    digits.unshift((rest % 128) + 128);
  }
  return digits;
}
