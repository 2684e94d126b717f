import type { Span } from '../../domain/span.ts';
import { calendarDate, findDates } from '../../domain/text/dates.ts';

/** A date found in a text, with the characters that express it. */
interface FoundDate extends Span {
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** The first full date of 1900–2099 in `text`. A date without its year is none, because the year would be a guess. */
export function findDate(text: string): FoundDate | undefined {
  // What stands beside an article's text may be in the other language; in English every month name counts.
  const found = findDates(text, 'en').find(({ precision, from }) => precision === 'day' && isRecent(from));
  return found && { date: found.from, start: found.start, end: found.end };
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
