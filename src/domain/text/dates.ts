import type { Language } from '../language.ts';
import type { DateMention } from './date-interval.ts';
import { dateReaders } from './date-readers.ts';
import { foldDiacritics } from './fold.ts';

export { calendarDate, type DateInterval, type DateMention, intervalsOverlap } from './date-interval.ts';

/** A year, marks between its digits aside: without one there is no date, and most sentences have none. */
const yearDigits = /\d(?:\p{M}*\d){3}/u;

/** Characters around a number that decide whether it is a year. */
const reach = 40;

/**
 * The dates and periods that `text` names, in order and without overlap, in English and Vietnamese, with and
 * without diacritics. Only what names its year counts; the years are 1000–2099. Linear in the length of `text`.
 *
 * A bare number of four digits is a year unless its neighbours make it something else: the number of a document
 * (`Decision 1131`), money, or a count. It is read as a count after a word that introduces one (`about 2000`,
 * `has 2025 enterprises`, `hơn 2000`), before a unit or, where it is a round hundred, before a plural
 * (`2000 experts`); so `2025 enterprises` alone, `the 2025 results` and `Techfest 2022 visitors` hold years.
 * Numbers below 1900 are years only where a word says so (`in 1789`, `năm 1789`).
 *
 * @param language - the language of `text`; decides only whether `may` and `sep` may be Vietnamese words.
 */
export function findDates(text: string, language: Language): DateMention[] {
  if (!yearDigits.test(text)) return [];
  const { folded, offsets } = foldWithOffsets(text);
  const found: DateMention[] = [];
  for (const [regex, read] of dateReaders) {
    for (const match of folded.matchAll(regex)) {
      const last = match.index + match[0].length;
      const start = offsets[match.index] ?? 0;
      const stop = offsets[last] ?? text.length;
      if (isVietnameseWord(text.slice(start, stop), language)) continue;
      const reading = read(match.groups ?? {}, {
        before: folded.slice(Math.max(0, match.index - reach), match.index),
        after: folded.slice(last, last + reach),
        written: text.slice(Math.max(0, start - reach), start),
      });
      if (reading) found.push({ start, end: stop, ...reading });
    }
  }
  return withoutOverlaps(found);
}

/** Leftmost first, of those the longest. */
function withoutOverlaps(found: readonly DateMention[]): DateMention[] {
  const kept: DateMention[] = [];
  for (const mention of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start >= (kept.at(-1)?.end ?? 0)) kept.push(mention);
  }
  return kept;
}

/** `máy 2024` (machine) and `sếp 2024` (boss) are no months; nor is `may 2024` in a Vietnamese text. */
function isVietnameseWord(written: string, language: Language): boolean {
  const text = written.normalize('NFC');
  return (
    /^(?:m[áàảãạâấậẩẫă]y|s[ếềệêéè]p)\s/u.test(text) || (language === 'vi' && /^(?:may|sep)\s/u.test(text))
  );
}

/** Folds character by character; `offsets[i]` is where the i-th folded one begins in `text`. */
function foldWithOffsets(text: string): { folded: string; offsets: readonly number[] } {
  let folded = '';
  const offsets: number[] = [];
  let position = 0;
  for (const character of text) {
    const plain = character < '\u0080' ? character.toLowerCase() : foldDiacritics(character);
    for (let unit = 0; unit < plain.length; unit += 1) offsets.push(position);
    folded += plain;
    position += character.length;
  }
  offsets.push(text.length);
  return { folded, offsets };
}
