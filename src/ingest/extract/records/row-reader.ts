import { errorMessage, FootnoteError } from '../../../domain/errors.ts';
import { maxExtractedLength, maxListedFailures, maxRows } from '../../limits.ts';
import type { ExtractedDocument } from '../document.ts';
import { type FieldValues, recordDocument } from './record-document.ts';

/** What a file of many articles holds. */
export interface ExtractedRecords {
  readonly documents: readonly ExtractedDocument[];
  readonly failures: readonly string[];
}

/** Collects the articles of a table, row by row, with the reasons of those that cannot be read. */
export function createRowReader() {
  const documents: ExtractedDocument[] = [];
  const failures: string[] = [];
  const keys = new Map<string, string>();
  let more = 0;
  let number = 0;
  let length = 0;

  function fail(place: string, reason: string): void {
    if (failures.length < maxListedFailures - 1) failures.push(`${place}: ${reason}.`);
    else more += 1;
  }

  return {
    /** Whether another row may be added. */
    get isFull(): boolean {
      return number >= maxRows;
    },

    /** Notes that a row cannot be read. It counts as a row. */
    fail(place: string, reason: string): void {
      number += 1;
      fail(place, reason);
    },

    /** @throws FootnoteError `unreadable-article` when the file holds too much text. */
    add(place: string, values: FieldValues): void {
      number += 1;
      try {
        const document = recordDocument(values, number);
        const key = document.key ?? '';
        const owner = keys.get(key);
        if (owner !== undefined) throw new Error(`its id "${key}" is that of ${owner} already`);
        keys.set(key, place.toLowerCase());
        length += document.blocks.reduce((total, block) => total + block.text.length, 0);
        documents.push(document);
      } catch (error) {
        fail(place, errorMessage(error).replace(/\.$/u, ''));
      }
      if (length > maxExtractedLength) throw tooLong();
    },

    result(): ExtractedRecords {
      const rest = more > 0 ? [`${more} more could not be read. Mend these first.`] : [];
      return { documents, failures: [...failures, ...rest] };
    },
  };
}

function tooLong(): FootnoteError {
  return new FootnoteError(
    'unreadable-article',
    `The articles of the file have more than ${maxExtractedLength} characters together.`,
    { remedy: 'Divide it into smaller files.' },
  );
}
