const months = 'january february march april may june july august september october november december'.split(
  ' ',
);

const month =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const monthFirst = new RegExp(`\\b${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'iu');
const dayFirst = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}\\.?,? (\\d{4})\\b`, 'iu');
const vietnamese = /(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm|,)?\s+(\d{4})(?!\d)/iu;
// Day before month, as in Vietnam and most of the world; where only the other order makes a date, the other one.
const numeric = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)/u;
const iso = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/u;

/** A date found in a text, with the characters that express it. */
interface FoundDate {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly start: number;
  readonly end: number;
}

/** The first full date in `text`. A date without its year is none, because the year would be a guess. */
export function findDate(text: string): FoundDate | undefined {
  const readers: [RegExp, (parts: readonly string[]) => string | undefined][] = [
    [iso, ([, y, m, d]) => calendarDate(y, m, d)],
    [monthFirst, ([, m, d, y]) => calendarDate(y, monthNumber(m), d)],
    [dayFirst, ([, d, m, y]) => calendarDate(y, monthNumber(m), d)],
    [vietnamese, ([, d, m, y]) => calendarDate(y, m, d)],
    [numeric, ([, d, , m, y]) => calendarDate(y, m, d) ?? calendarDate(y, d, m)],
  ];
  for (const [pattern, read] of readers) {
    const match = pattern.exec(text);
    const date = match && read(match);
    if (match && date) return { date, start: match.index, end: match.index + match[0].length };
  }
  return undefined;
}

/** The calendar date of an ISO 8601 date or date-time, as written in its own time zone. */
export function isoDate(value: string): string | undefined {
  const [, y, m, d] = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/u.exec(value) ?? [];
  return calendarDate(y, m, d);
}

/**
 * The date in the address of a page whose content system puts it there: `…-197250822151748513.htm`, as on
 * mst.gov.vn, is three digits of a site number, then `YYMMDDhhmmss`, then milliseconds; also `/2024/04/05/`.
 */
export function urlDate(url: string): string | undefined {
  const { pathname } = new URL(url);
  const stamp = /-\d{3}(\d{2})(\d{2})(\d{2})([01]\d|2[0-3])[0-5]\d[0-5]\d\d{3}(?:\.\w+)?\/?$/u.exec(pathname);
  if (stamp) return calendarDate(`20${stamp[1]}`, stamp[2], stamp[3]);
  const folders = /\/(\d{4})\/(\d{2})\/(\d{2})\//u.exec(pathname);
  return folders ? calendarDate(folders[1], folders[2], folders[3]) : undefined;
}

/** A real date from 1900 to 2099 as `YYYY-MM-DD`, else `undefined`. */
function calendarDate(year = '', monthOfYear = '', day = ''): string | undefined {
  if (!/^(?:19|20)\d\d$/u.test(year)) return undefined;
  const text = `${year}-${monthOfYear.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
}

function monthNumber(name = ''): string {
  return String(months.findIndex((full) => full.startsWith(name.toLowerCase().slice(0, 3))) + 1);
}
