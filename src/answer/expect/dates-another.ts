import { findDates } from '../../domain/text/dates.ts';
import type { Asking, Doubt } from './reading.ts';

/** A document's number right before its date: `Resolution No. 57-NQ/TW of`, `Nghị quyết số 57-NQ/TW ngày`. */
const documentBefore = /(\d+)(?:\/\d{4})?[-/][\p{L}\d/-]+,?\s+(?:(?:of|dated|on|issued on|ngày)\s+)?$/iu;

/** Whether every date of the sentence is that of a document which the question does not ask about. */
export function datesAnother({ expectation, question }: Asking): Doubt | undefined {
  if (expectation.kind !== 'day' && expectation.kind !== 'date' && expectation.kind !== 'year') {
    return undefined;
  }
  return ({ sentence, language }) => {
    const dates = findDates(sentence, language);
    return (
      dates.length > 0 &&
      dates.every(({ start }) => {
        const number = documentBefore.exec(sentence.slice(0, start))?.[1];
        return number !== undefined && !new RegExp(String.raw`(?<!\d)${number}(?!\d)`, 'u').test(question);
      })
    );
  };
}
