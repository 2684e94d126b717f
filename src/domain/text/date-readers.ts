import type { Span } from '../span.ts';
import { calendarDate, type DateMention } from './date-interval.ts';
import { isCount, isYear, type Surroundings } from './year-or-count.ts';

/** What a pattern's match means. */
export type Reading = Omit<DateMention, keyof Span>;
/** The named groups of a match. */
type Groups = Readonly<Record<string, string | undefined>>;

/** A pattern over folded text and the date that its groups make, if they make one. */
export type Reader = readonly [RegExp, (groups: Groups, around: Surroundings) => Reading | undefined];

// Every repetition is bounded, so that no text can make a pattern backtrack for long.
const space = String.raw`\s{1,3}`;
const dash = String.raw`\s?[-–—]\s?`;
const day = String.raw`(?:(?<d1>\d{1,2})(?:st|nd|rd|th)?${dash})?(?<d>\d{1,2})(?:st|nd|rd|th)?`;
const english = (name: string) =>
  `(?<${name}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const vietnamese = (name: string) =>
  `(?<${name}>\\d{1,2}|muoi\\smot|muoi\\shai|muoi|gieng|chap|mot|hai|ba|tu|nam(?=${space}nam)|sau|bay|tam|chin)`;
const year = String.raw`(?<y>1\d{3}|20\d{2})`;
const ofYear = String.raw`(?:${space}nam${space}|\s?[/-]\s?|,?${space})`;
const begin = String.raw`(?<![\p{L}\d])`;
const end = String.raw`(?![\p{L}\d]|[-/]\p{L}|[.,]\d)`;
// A date in digits alone is one also where an hour or a word is stuck to it: `05/04/2024,09:00`, `2024-04-05Z`.
const digitsEnd = String.raw`(?!\d|[-/]\p{L}|\.\d)`;
const pattern = (...parts: readonly string[]) => new RegExp(`${parts.join('')}${end}`, 'gu');
const digits = (source: string) => new RegExp(`${source}${digitsEnd}`, 'gu');

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const vietnameseMonths = 'mot hai ba tu nam sau bay tam chin muoi'.split(' ');
const quarters: Groups = {
  i: '1',
  ii: '2',
  iii: '3',
  iv: '4',
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
};

/** Every way in which a date is written, for texts folded by `foldDiacritics`. */
export const dateReaders: readonly Reader[] = [
  [digits(String.raw`(?<![\d/.-])${year}-(?<m>\d\d)-(?<d>\d\d)(?:t\d\d:\d\d\S{0,20})?`), readDay],
  [pattern(begin, english('m'), String.raw`\.?${space}`, day, `,?${space}`, year), readDay],
  [pattern(begin, day, `${space}(?:of${space})?`, english('m'), String.raw`\.?,?${space}`, year), readDay],
  [pattern(begin, `(?:ngay${space})?`, day, `${space}thang${space}`, vietnamese('m'), ofYear, year), readDay],
  [
    pattern(begin, String.raw`(?:ngay${space})?(?<d>\d{1,2})/(?<m>\d{1,2})${space}nam${space}`, year),
    readDay,
  ],
  // Day before month, as in Viet Nam and most of the world; where only the other order makes a date, that one.
  [
    digits(
      String.raw`(?<![\d/.-])(?:(?<d1>\d{1,2})${dash})?(?<d>\d{1,2})(?<s>[/.-])(?<m>\d{1,2})\k<s>${year}`,
    ),
    (groups) => readDay(groups) ?? readDay({ ...groups, d: groups['m'], m: groups['d'], d1: undefined }),
  ],
  [
    pattern(
      begin,
      english('m1'),
      `(?:${space}(?:and|to|until|through)${space}|${dash})`,
      english('m'),
      `,?${space}`,
      year,
    ),
    readMonths,
  ],
  [
    pattern(
      begin,
      `thang${space}`,
      vietnamese('m1'),
      `(?:${space}(?:va|den|toi)${space}|${dash})(?:thang${space})?`,
      vietnamese('m'),
      ofYear,
      year,
    ),
    readMonths,
  ],
  [pattern(begin, english('m'), String.raw`\.?,?${space}(?:of${space})?`, year), readMonths],
  [pattern(begin, `thang${space}`, vietnamese('m'), ofYear, year), readMonths],
  [pattern(String.raw`(?<![\p{L}\d/.,-])(?<m>0?[1-9]|1[0-2])/`, year), readMonths],
  [pattern(begin, String.raw`q(?<q>[1-4])[\s/-]{0,2}`, year), readQuarter],
  [
    pattern(
      begin,
      `(?<q>first|second|third|fourth|[1-4](?:st|nd|rd|th))${space}quarter(?:${space}of)?,?${space}`,
      year,
    ),
    readQuarter,
  ],
  [pattern(begin, `quy${space}(?<q>i{1,3}|iv|[1-4])`, ofYear, year), readQuarter],
  [
    pattern(
      String.raw`(?<![\p{L}\d/:]|\d[.,-])(?<lead>(?:from|between|giai${space}doan|tu(?:${space}nam)?)${space})?(?<y1>1\d{3}|20\d{2})`,
      `(?:${dash}|${space}(?:to|until|through|and|den|toi|den${space}het)${space}(?:nam${space})?)`,
      year,
    ),
    readYears,
  ],
  [pattern(String.raw`(?<![\p{L}\d/:]|\d[.,-])${year}[-–/](?<short>\d\d)`), readShortPeriod],
  [
    pattern(
      begin,
      String.raw`(?:thap${space}(?:nien|ky)${space}(?:nam${space})?(?<vi>1\d\d0|20\d0)|(?<en>1\d\d0|20\d0)['’]?s)`,
    ),
    ({ vi, en }) => {
      const first = Number(vi ?? en);
      return { from: `${first}-01-01`, to: `${first + 9}-12-31`, precision: 'period' };
    },
  ],
  [
    pattern(String.raw`(?<![\p{L}\d/:$€£₫]|\d[.,-])${year}(?![%/]|:\d|-\d)`),
    ({ y = '' }, around) =>
      isYear(Number(y), around) ? { from: `${y}-01-01`, to: `${y}-12-31`, precision: 'year' } : undefined,
  ],
];

function readDay({ y, m, d, d1 }: Groups): Reading | undefined {
  const to = calendarDate(y, monthNumber(m), d);
  if (to === undefined) return undefined;
  const from = d1 === undefined ? to : calendarDate(y, monthNumber(m), d1);
  return from !== undefined && from < to
    ? { from, to, precision: 'period' }
    : { from: to, to, precision: 'day' };
}

function readMonths({ y, m, m1 }: Groups): Reading | undefined {
  const last = Number(monthNumber(m));
  const first = m1 === undefined ? last : Number(monthNumber(m1));
  return first <= last ? monthSpan(y, first, last, first < last ? 'period' : 'month') : undefined;
}

function readQuarter({ y, q = '' }: Groups): Reading | undefined {
  const number = Number(quarters[q] ?? q.charAt(0));
  return monthSpan(y, number * 3 - 2, number * 3, 'quarter');
}

function readYears({ y1 = '', y = '', lead }: Groups, { before, after }: Surroundings): Reading | undefined {
  // Pages and amounts run over a thousand too, and two numbers joined by `and` are rarely a period.
  if (y1 >= y || (y1 < '1500' && lead === undefined)) return undefined;
  if (lead === undefined && isCount(Number(y), { before, after, written: before })) return undefined;
  return { from: `${y1}-01-01`, to: `${y}-12-31`, precision: 'period' };
}

/** `2023-24` is a season, `2024-08` a month. */
function readShortPeriod({ y = '', short = '' }: Groups): Reading | undefined {
  if (Number(short) === (Number(y) + 1) % 100) {
    return { from: `${y}-01-01`, to: `${Number(y) + 1}-12-31`, precision: 'period' };
  }
  return monthSpan(y, Number(short), Number(short), 'month');
}

function monthSpan(
  y: string | undefined,
  first: number,
  last: number,
  precision: Reading['precision'],
): Reading | undefined {
  const from = calendarDate(y, String(first), '1');
  if (from === undefined || last > 12) return undefined;
  const lastDay = new Date(Date.UTC(Number(y), last, 0)).getUTCDate();
  const to = calendarDate(y, String(last), String(lastDay));
  return to === undefined ? undefined : { from, to, precision };
}

/** The number of a month named in either language, in digits. */
function monthNumber(name = ''): string {
  if (/^\d/u.test(name)) return name;
  if (name === 'gieng') return '1';
  if (name === 'chap' || /^muoi\shai$/u.test(name)) return '12';
  if (/^muoi\smot$/u.test(name)) return '11';
  const inVietnamese = vietnameseMonths.indexOf(name);
  return String((inVietnamese >= 0 ? inVietnamese : months.indexOf(name.slice(0, 3))) + 1);
}
