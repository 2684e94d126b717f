import { maxRecordLength, maxRows } from '../../limits.ts';
import { type RecordField, recordField } from './fields.ts';
import type { FieldValues } from './record-document.ts';
import { createRowReader, type ExtractedRecords } from './row-reader.ts';

/**
 * Reads JSON Lines: one article a line, an object. A line that cannot be read is a failure, and the others are read.
 *
 * @throws FootnoteError `unreadable-article` when a limit is passed.
 */
export function extractJsonLines(text: string): ExtractedRecords {
  const reader = createRowReader();
  for (const { line, number } of linesOf(text.replace(/^\ufeff/u, ''))) {
    if (line.trim() === '') continue;
    const place = `Line ${number}`;
    if (reader.isFull) {
      reader.fail(place, `at most ${maxRows} articles of one file are read. Divide it`);
      break;
    }
    const record = line.length > maxRecordLength ? undefined : parseObject(line);
    if (record) reader.add(place, valuesOf(record));
    else if (line.length > maxRecordLength)
      reader.fail(place, `it has more than ${maxRecordLength} characters`);
    else reader.fail(place, 'it is no JSON object');
  }
  return reader.result();
}

function* linesOf(text: string): Generator<{ line: string; number: number }> {
  let start = 0;
  for (let number = 1; start < text.length; number += 1) {
    const end = text.indexOf('\n', start);
    yield { line: text.slice(start, end === -1 ? text.length : end), number };
    if (end === -1) return;
    start = end + 1;
  }
}

function parseObject(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function valuesOf(record: object): FieldValues {
  const best: Partial<Record<RecordField, { value: string; rank: number }>> = {};
  for (const [key, member] of Object.entries(record)) {
    const column = recordField(key);
    const value = column && textOf(member, column.field);
    if (!column || value === undefined || value.trim() === '') continue;
    const known = best[column.field];
    if (!known || column.rank < known.rank) best[column.field] = { value, rank: column.rank };
  }
  return Object.fromEntries(Object.entries(best).map(([field, { value }]) => [field, value]));
}

/** A member as text; lists are paragraphs of a text and names otherwise; `{ "name": … }` is what it names. */
function textOf(value: unknown, field: RecordField): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const parts = value.flatMap((part: unknown) => textOf(part, field) ?? []);
    return parts.join(field === 'text' ? '\n' : ', ');
  }
  if (typeof value === 'object' && value !== null && 'name' in value) {
    return typeof value.name === 'string' ? value.name : undefined;
  }
  return undefined;
}
