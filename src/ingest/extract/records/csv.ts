import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { maxRecordLength, maxRows } from '../../limits.ts';
import { type RecordField, recordField } from './fields.ts';
import type { FieldValues } from './record-document.ts';
import { createRowReader, type ExtractedRecords } from './row-reader.ts';

const delimiters = [',', ';', '\t', '|'] as const;

const rowSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) });

/**
 * Reads a table of articles, one a row; its first row names the columns. A row that cannot be read is a failure, and
 * the others are read.
 *
 * @throws FootnoteError `unreadable-article` when no column holds a text, or a limit is passed.
 */
export function extractCsv(text: string): ExtractedRecords {
  const reader = createRowReader();
  const { rows, problem } = parseRows(text, delimiterOf(text));
  const [head, ...body] = rows;
  const columns = columnsOf(head?.cells ?? []);
  if (!columns.some((column) => column?.field === 'text')) {
    throw new FootnoteError(
      'unreadable-article',
      'The first row of the table names no column for the text.',
      {
        remedy: 'Call it "text", "content", "body" or "nội dung".',
      },
    );
  }
  const width = head?.cells.length ?? 0;
  for (const [index, { cells, line }] of body.entries()) {
    const place = `Row ${index + 1} (ends in line ${line})`;
    if (reader.isFull) {
      reader.fail(place, `the file has ${body.length} rows; at most ${maxRows} are read. Divide it`);
      break;
    }
    if (cells.slice(width).some((cell) => cell.trim() !== '')) {
      reader.fail(
        place,
        `it has ${cells.length} cells and the first row ${width}; quote cells that hold the delimiter`,
      );
    } else reader.add(place, valuesOf(cells, columns));
  }
  if (problem !== undefined) reader.fail(`Row ${body.length + 1}`, problem);
  return reader.result();
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The rows up to the end, or to the first place from which on nothing can be told apart. */
function parseRows(text: string, delimiter: string): { rows: Row[]; problem?: string } {
  const rows: Row[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: maxRecordLength,
      to: maxRows + 2,
      on_record: (record: unknown) => {
        const row = rowSchema.safeParse(record);
        if (row.success) rows.push({ cells: row.data.record, line: row.data.info.lines });
        return null;
      },
    });
    return { rows };
  } catch (error) {
    return { rows, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): string {
  const code = error instanceof CsvError ? error.code : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quotation mark is not closed; what follows it is not read';
  if (code === 'CSV_MAX_RECORD_SIZE')
    return `it has more than ${maxRecordLength} characters; what follows it is not read`;
  const message = errorMessage(error).replace(/\s+/gu, ' ').slice(0, 150);
  return `its quotation marks are wrong (${message}); what follows it is not read`;
}

/** The delimiter with which the first line names most known columns. */
function delimiterOf(text: string): string {
  const end = text.search(/[\r\n]/u);
  const line = text.slice(0, Math.min(end === -1 ? text.length : end, 10_000)).replace(/^\ufeff/u, '');
  const scores = delimiters.map((delimiter) => {
    const cells = line.split(delimiter).map((cell) => cell.replace(/^\s*"|"\s*$/gu, ''));
    return cells.filter((cell) => recordField(cell)).length * 1_000 + Math.min(cells.length, 999);
  });
  return delimiters[scores.indexOf(Math.max(...scores))] ?? ',';
}

type Columns = readonly ({ readonly field: RecordField; readonly rank: number } | undefined)[];

function columnsOf(names: readonly string[]): Columns {
  return names.map((name) => recordField(name));
}

function valuesOf(cells: readonly string[], columns: Columns): FieldValues {
  const best: Partial<Record<RecordField, { value: string; rank: number }>> = {};
  for (const [index, cell] of cells.entries()) {
    const column = columns[index];
    if (!column || cell.trim() === '') continue;
    const known = best[column.field];
    if (!known || column.rank < known.rank) best[column.field] = { value: cell, rank: column.rank };
  }
  return Object.fromEntries(Object.entries(best).map(([field, { value }]) => [field, value]));
}
