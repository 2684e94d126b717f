import type { Language } from '../../domain/language.ts';
import { type Span, spansOverlap } from '../../domain/span.ts';
import { type DateInterval, findDates, intervalsOverlap } from '../../domain/text/dates.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import { words } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';
import { dayNumber, spanLength } from '../../retrieve/time/calendar.ts';
import { type EventKind, findEventWords } from '../../retrieve/time/event-words.ts';
import { findNames, namesOfTitle } from './names.ts';

/** The date that a sentence gives for one event. */
export interface EventDate extends DateInterval {
  /** What happens on the date. */
  readonly kind: EventKind;
  /** Folded names in the sentence, and in the title of its article. */
  readonly names: ReadonlySet<string>;
  readonly titleNames: ReadonlySet<string>;
  /** Numbers beside the date: the year or the number that tells one event or document from the next. */
  readonly numbers: ReadonlySet<string>;
  /** What else the sentence says, as analysed words. */
  readonly about: ReadonlySet<string>;
}

/** Days of the longest date that says when an event is: a month. */
const longestDate = 31;

/** Characters between a date and the word that tells what happens on it. */
const reach = 60;

/** What happens again and again has many dates. */
const repeated =
  /(?<!\p{L})(?:every|each|annual(?:ly)?|yearly|monthly|weekly|daily|again|hằng|hàng năm|hàng tháng|mỗi|định kỳ|thường niên|đợt)(?!\p{L})/iu;

/** Words that only bind a date or say that it was changed. */
const binding =
  /(?<!\p{L})(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|day|date|planned|scheduled|expected|due|now|officially|already|new|final|moved|postponed|delayed|rescheduled|instead|originally|earlier|later|sáng|chiều|tối|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|ngày|dự kiến|chính thức|lùi|dời|hoãn|chuyển|sang|lại|mới)(?!\p{L})/giu;

/** Only the end of a run of days that is written out: "from 24 to 26 November". */
const runOfDays = /\d(?:st|nd|rd|th)?\s(?:to|and|or|until|through|đến|tới|và|hoặc)\s(?:ngày\s)?$/iu;

/** Two sentences speak of the same event where this share of the shorter one's words stands in the other, … */
const leastShared = 0.8;
/** … this share of the longer one's where no number says which event it is, … */
const leastSharedOfLonger = 0.7;
/** … and at least so many words. */
const leastWords = 2;

/** Most days between two dates for one event. Meetings come again soon; a number leaves no doubt for a year. */
const nearby = { meeting: 14, other: 31, numbered: 366 } as const;

/** A country stands in many names; alone it is no proof of the same event. */
const countries = new Set(['viet nam']);

/** The date that `text` gives for an event; none where it names several dates or says nothing of what happens. */
export function findEventDateOf(text: string, language: Language, title: string): EventDate | undefined {
  if (!/\d{4}/u.test(text) || repeated.test(text) || /\?["”’)]*$/u.test(text)) return undefined;
  const dates = findDates(text, language).filter(({ precision }) => precision !== 'year');
  const [date] = dates;
  if (!date || dates.length > 1 || spanLength(date) > longestDate) return undefined;
  if (runOfDays.test(text.slice(0, date.start))) return undefined;
  const happenings = findEventWords(text, language);
  const [nearest] = happenings
    .map(({ kind, start, end }) => ({ kind, gap: start < date.start ? date.start - end : start - date.end }))
    .filter(({ gap }) => gap <= reach)
    .toSorted((a, b) => a.gap - b.gap);
  if (!nearest) return undefined;
  const bindings = Array.from(text.matchAll(binding), ({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }));
  const known: readonly Span[] = [date, ...happenings, ...bindings];
  const masked = words(text).map((word) =>
    known.some((span) => spansOverlap(span, word)) ? { ...word, text: '0' } : word,
  );
  const terms = masked.flatMap((word) => {
    if (word.text === '0' || isStopWord(word.text, language)) return [];
    return [searchTerm(word.text, language)];
  });
  return {
    from: date.from,
    to: date.to,
    kind: nearest.kind,
    names: new Set(findNames(masked, text, language, title).map((name) => name.text)),
    titleNames: new Set(namesOfTitle(title, language)),
    numbers: new Set(terms.filter((term) => /\d/u.test(term))),
    about: new Set(terms),
  };
}

/** Whether the two dates, of sentences in the same language, are of the same event. Errs towards no. */
export function areOfTheSameEvent(a: EventDate, b: EventDate): boolean {
  if (a.kind !== b.kind || !shareName(a, b)) return false;
  // A name or a number in the place of another is another event.
  if (isExchanged(a.names, b.names) || isExchanged(a.numbers, b.numbers)) return false;
  const distance = Math.abs(dayNumber(a.from) - dayNumber(b.from));
  const isNumbered = Array.from(a.numbers).some((number) => b.numbers.has(number));
  const meetsAgain = a.kind === 'hold' ? nearby.meeting : nearby.other;
  if (distance > (isNumbered ? nearby.numbered : meetsAgain)) return false;
  const [fewer, more] = a.about.size <= b.about.size ? [a.about, b.about] : [b.about, a.about];
  const shared = Array.from(fewer).filter((term) => more.has(term)).length;
  if (fewer.size < leastWords || shared / fewer.size < leastShared) return false;
  return isNumbered || shared / more.size >= leastSharedOfLonger;
}

/** Whether two dates of one event cannot both be right. */
export function areApart(a: DateInterval, b: DateInterval): boolean {
  return !intervalsOverlap(a, b);
}

function shareName(a: EventDate, b: EventDate): boolean {
  const isProof = (name: string) => !countries.has(name);
  const inBoth = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    Array.from(one).some((name) => isProof(name) && other.has(name));
  return inBoth(a.names, b.names) || inBoth(a.names, b.titleNames) || inBoth(b.names, a.titleNames);
}

function isExchanged(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const lacks = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    Array.from(one).some((item) => !other.has(item));
  return lacks(a, b) && lacks(b, a);
}
