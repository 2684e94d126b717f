import type { Span } from '../../domain/span.ts';
import { calendarDate, findDates } from '../../domain/text/dates.ts';

/** Longest text of a date in a page's metadata, in UTF-16 code units. */
const maxMetadataDate = 100;

/** A date found in a text, with the characters that express it. */
interface FoundDate extends Span {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Which number comes first in a date such as 03/04/2024. */
export type DateOrder = 'day-first' | 'month-first';

/**
 * How a page reads a date such as 03/04/2024, by its language and the country of its address: Vietnamese, and English of
 * other countries than the United States, put the day first. `undefined` where that cannot be told: `en-US` is what many
 * content systems say when nobody has set it.
 */
export function dateOrder(tag: string | undefined, url?: string): DateOrder | undefined {
  const [language = '', ...others] = (tag ?? '').toLowerCase().split(/[-_]/u);
  if (language === 'vi') return 'day-first';
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname : '';
  const region = others.find((part) => /^[a-z]{2}$/u.test(part));
  if (/\.(?:vn|uk|eu|au|nz|ie|in|sg|my|th|id)$/u.test(host)) return 'day-first';
  if (language !== 'en' || region === undefined)
    return /\.(?:gov|mil|us)$/u.test(host) ? 'month-first' : undefined;
  return /^(?:gb|uk|au|nz|ie|in|sg|my|vn|za|hk)$/u.test(region) ? 'day-first' : undefined;
}

/** The first full date of 1900–2099 in `text`. A date without its year is none, because the year would be a guess. */
export function findDate(text: string): FoundDate | undefined {
  return findAllDates(text)[0];
}

/** Every full date of 1900–2099 in `text`, in order. */
export function findAllDates(text: string): FoundDate[] {
  // What stands beside an article's text may be in the other language; in English every month name counts.
  return findDates(text, 'en')
    .filter(({ precision, from }) => precision === 'day' && isRecent(from))
    .map(({ from, start, end }) => ({ date: from, start, end }));
}

/**
 * The date that is written as two numbers of at most 12 and a year, such as 03/04/2024 or 3-4-2024, read month first;
 * `undefined` when `text` can be read in one way only. Dots are day first everywhere.
 */
export function monthFirstReading(text: string): string | undefined {
  const [, first, , second, year] = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/u.exec(text.trim()) ?? [];
  const isAmbiguous = Number(first) <= 12 && Number(second) <= 12 && Number(first) !== Number(second);
  return isAmbiguous ? recentDate(year, first, second) : undefined;
}

/**
 * The calendar date that a page's metadata say: ISO 8601, or any other form that this program reads.
 *
 * @param order - how a date such as 03/04/2024 is read there; without it, such a date is left out.
 */
export function metadataDate(value: string, order?: DateOrder): string | undefined {
  const iso = isoDate(value);
  if (iso !== undefined || value.length > maxMetadataDate) return iso;
  const [found] = findAllDates(value);
  if (!found) return undefined;
  const other = monthFirstReading(value.slice(found.start, found.end));
  if (other === undefined) return found.date;
  if (order === undefined) return undefined;
  return order === 'day-first' ? found.date : other;
}

/** The date in the name of a file, such as `2024-04-05`, `2024_04_05` or `20240405`. Its folders do not count. */
export function fileNameDate(file: string): string | undefined {
  const name = file.split('/').at(-1) ?? '';
  const found = /(?<![\p{L}\d])(\d{4})([-_.]?)(\d{2})\2(\d{2})(?![\p{L}\d])/u.exec(name);
  return found ? recentDate(found[1], found[3], found[4]) : undefined;
}

/** The calendar date of an ISO 8601 date or date-time, as written in its own time zone. */
export function isoDate(value: string): string | undefined {
  const [, y, m, d] = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/u.exec(value) ?? [];
  return recentDate(y, m, d);
}

/**
 * The date in the address of a page whose content system puts it there: `…-197250822151748513.htm`, as on
 * mst.gov.vn, is three digits of a site number, then `YYMMDDhhmmss`, then milliseconds; also `/2024/04/05/`.
 */
export function urlDate(url: string): string | undefined {
  const { pathname } = new URL(url);
  const stamp = /-\d{3}(\d{2})(\d{2})(\d{2})([01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}(?:\.\w+)?\/?$/u.exec(pathname);
  if (stamp) return recentDate(`20${stamp[1]}`, stamp[2], stamp[3]);
  const folders = /\/(\d{4})\/(\d{2})\/(\d{2})\//u.exec(pathname);
  return folders ? recentDate(folders[1], folders[2], folders[3]) : undefined;
}

/** A real date from 1900 to 2099 as `YYYY-MM-DD`, else `undefined`. */
function recentDate(year = '', month = '', day = ''): string | undefined {
  const date = calendarDate(year, month, day);
  return date !== undefined && isRecent(date) ? date : undefined;
}

function isRecent(date: string): boolean {
  return /^(?:19|20)\d\d-/u.test(date);
}
