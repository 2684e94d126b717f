import type { Language } from '../../domain/language.ts';
import type { Span } from '../../domain/span.ts';
import type { DateInterval } from '../../domain/text/dates.ts';
import { vietnamesePatterns } from '../../domain/text/vietnamese-patterns.ts';
import { calendarPeriod, type CalendarUnit, rollingPeriod } from './calendar.ts';

/** A period that a question names relative to now, with the characters that name it. */
export interface RelativePeriod extends Span, DateInterval {}

type Read = (groups: Readonly<Record<string, string | undefined>>, now: Date) => DateInterval | undefined;

/** Farthest that "N units ago" reaches, in units: beyond it no article is, and the calendar ends. */
const farthest = 900;

const few: Readonly<Record<string, number>> = {
  few: 3,
  couple: 2,
  several: 5,
  vai: 3,
  may: 3,
  mấy: 3,
  vài: 3,
};
const numberWords = new Map<string, number>(
  [
    'a an one two three four five six seven eight nine ten eleven twelve',
    'một một một hai ba bốn năm sáu bảy tám chín mười',
    'mot mot mot hai ba bon nam sau bay tam chin muoi',
  ].flatMap((line) => line.split(' ').map((word, index): [string, number] => [word, Math.max(1, index - 1)])),
);

// Without diacritics `quý` (quarter) is also `quỹ` (fund), so `quy` names no unit.
const unitNames: Readonly<Record<string, CalendarUnit>> = {
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
  ngày: 'day',
  tuần: 'week',
  tháng: 'month',
  quý: 'quarter',
  năm: 'year',
  ngay: 'day',
  tuan: 'week',
  thang: 'month',
  nam: 'year',
};

const countOf = (word = ''): number => few[word] ?? numberWords.get(word) ?? Number(word);
const within = (count: number): boolean => count >= 1 && count <= farthest;

const calendar =
  (offset: number): Read =>
  ({ unit = '' }, now) => {
    const named = unitNames[unit];
    return named && calendarPeriod(named, offset, now);
  };
const rolling: Read = ({ unit = '', count = '1' }, now) => {
  const named = unitNames[unit];
  return named && within(countOf(count)) ? rollingPeriod(named, countOf(count), now) : undefined;
};
const ago: Read = ({ unit = '', count }, now) => {
  const named = unitNames[unit];
  return named && within(countOf(count)) ? calendarPeriod(named, -countOf(count), now) : undefined;
};
const day =
  (offset: number): Read =>
  (_, now) =>
    calendarPeriod('day', offset, now);

const amount = String.raw`(?<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|few|couple|several)(?: of)?`;
const unit = '(?<unit>day|week|month|quarter|year)';
// "the last year of the war" and "last week of May" are counted from something else than now.
const english: readonly (readonly [RegExp, Read])[] = [
  [/\bday before yesterday\b/gu, day(-2)],
  [/\b(?:today|tonight|this morning|this afternoon|this evening)\b(?!['’]s)/gu, day(0)],
  [/\byesterday\b/gu, day(-1)],
  [/\btomorrow\b/gu, day(1)],
  [new RegExp(`\\b${amount} ${unit}s? ago\\b`, 'gu'), ago],
  [new RegExp(`\\b(?:last|past|previous|recent) ${amount} ${unit}s?\\b(?! of\\b)`, 'gu'), rolling],
  [new RegExp(`\\bpast ${unit}\\b(?! of\\b)`, 'gu'), rolling],
  [new RegExp(`\\bthis ${unit}\\b(?! of\\b)`, 'gu'), calendar(0)],
  [new RegExp(`(?<!\\bthe )\\blast ${unit}\\b(?! of\\b)`, 'gu'), calendar(-1)],
  [new RegExp(`(?<!\\bthe )\\bnext ${unit}\\b(?! of\\b)`, 'gu'), calendar(1)],
];

const vietnameseNumber = 'một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy';
const vietnameseAmount = `(?<count>\\d{1,3}|${vietnameseNumber})`;
const vietnameseUnit = '(?<unit>ngày|tuần|tháng|quý|năm)';
// Not the `năm nay` in `Việt Nam nay` typed without diacritics, nor in `nhiều năm nay` (for many years).
const one = `(?<!(?:việt|các|những|nhiều|một|hai|ba|bốn|vài|mấy|\\d) )(?<unit>tuần|tháng|quý|năm)`;
const vietnamese: readonly (readonly [string, Read])[] = [
  ['(?:hôm|sáng|chiều|tối) nay', day(0)],
  ['hôm qua', day(-1)],
  ['hôm kia', day(-2)],
  ['ngày mai', day(1)],
  [`${vietnameseAmount} ${vietnameseUnit} (?:trước|về trước)(?! (?:khi|đó))`, ago],
  [`cách đây (?:khoảng |hơn |gần )?${vietnameseAmount} ${vietnameseUnit}`, ago],
  [`${vietnameseAmount} ${vietnameseUnit} (?:qua|gần đây|gần nhất|vừa qua|trở lại đây|vừa rồi)`, rolling],
  [`${one} (?:nay|này)`, calendar(0)],
  [`${one} (?:trước|ngoái|qua|vừa qua|vừa rồi)(?! (?:khi|đó))`, calendar(-1)],
  [`${one} (?:tới|sau)(?! (?:khi|đó))`, calendar(1)],
  ['(?<!việt )(?<unit>năm) kia', calendar(-2)],
];
const vietnameseReaders = vietnamesePatterns(vietnamese);

/** The periods that `question` names relative to `now`, in order and without overlap. */
export function findRelativePeriods(question: string, language: Language, now: Date): RelativePeriod[] {
  const text = question.toLowerCase();
  const readers = language === 'en' ? english : vietnameseReaders(question);
  const found: RelativePeriod[] = [];
  for (const [pattern, read] of readers) {
    for (const match of text.matchAll(pattern)) {
      const span = { start: match.index, end: match.index + match[0].length };
      // The longer expressions come first: "2 năm trước" holds "năm trước".
      if (found.some((other) => other.start < span.end && span.start < other.end)) continue;
      const period = read(match.groups ?? {}, now);
      if (period) found.push({ ...span, ...period });
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}
