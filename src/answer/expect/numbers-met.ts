import { findDates } from '../../domain/text/dates.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import { type Word, words } from '../../domain/text/words.ts';
import type { Expectation } from './expectation.ts';
import type { Reading } from './reading.ts';
import { type Unit, unitMarks } from './units.ts';

const numberWord =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|trillions?|dozens?|twice|thrice|half|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ)$/iu;
const magnitudes = 'hundreds?|thousands?|millions?|billions?|trillions?|trăm|nghìn|ngàn|triệu|tỷ|tỉ';
const magnitude = new RegExp(`^(?:${magnitudes})$`, 'iu');
const ordinal = /\d(?:st|nd|rd|th)$/u;
const year = /^[12]?\d{3}$/u;

const currencyCode = 'vnd|vnđ|usd|eur|gbp';
/** `13`, and `VND13`. */
const startsNumber = new RegExp(`^(?:${currencyCode})?\\d`, 'iu');
const sumBefore = new RegExp(`(?:[$€£¥]|${currencyCode})[\\d.,\\s]{0,20}$`, 'iu');
const sumAfter = new RegExp(
  `^(?:\\s(?:${magnitudes}))*\\s?(?:US )?(?:đồng|dong|dollars?|euros?|pounds?|yen|crowns|kron(?:or|er)|francs?|rupees?|rou?bles?|baht|${currencyCode})(?!\\p{L})`,
  'iu',
);
const currencyTerm = /^(?:dong|dollar|euro|pound|yen|vnd|usd)/u;

/** Words between a number and what it counts, at most. */
const reach = 5;
/** Characters before and after a number in which its unit stands. */
const unitBefore = 12;
const unitAfter = 30;
/** What a sentence is worth whose numbers stand away from what is counted. */
const countsSomethingElse = 0.3;

/** How well a sentence gives the number that is asked for, by a number that is not among the question's words, `known`. */
export function numberMet(
  reading: Reading,
  expectation: Expectation & { kind: 'number' },
  known: ReadonlySet<string>,
): number {
  const { sentence, language, questionLanguage } = reading;
  const { unit, counted } = expectation;
  if (unit === 'rank') return unitMarks.rank.test(sentence) ? 1 : 0;
  const all = words(sentence);
  const numbers = [...newNumbers(known, all), ...all.filter((word) => numberWord.test(word.text))];
  if (numbers.length === 0) return 0;
  if (unit === 'duration' && numbers.filter((word) => year.test(word.text)).length > 1) return 1;
  if (unit) return numbers.some((word) => isIn(unit, word, reading, all)) ? 1 : 0;
  const isNear = (number: Word, before: number, after: number) => {
    const at = all.indexOf(number);
    return all
      .slice(Math.max(0, at - before), at + after + 1)
      .some((word) => sought.has(searchTerm(word.text, language)));
  };
  const sought = new Set(counted.flatMap((term) => sameCount.get(term) ?? [term]));
  // `2000 guests` looks like a year.
  if (language === questionLanguage && numbers.some((number) => isNear(number, 0, 1))) return 1;
  const countsThings = counted.length > 0 && !counted.some((term) => currencyTerm.test(term));
  const quantities = withoutDates(reading, numbers).filter(
    (number) =>
      counted.length === 0 || !(ordinal.test(number.text) || (countsThings && isSum(number, sentence))),
  );
  if (quantities.length === 0) return 0;
  if (counted.length === 0 || language !== questionLanguage) return 1;
  return quantities.some((number) => isNear(number, reach, reach)) ? 1 : countsSomethingElse;
}

/** What else tells that people, and times, are counted, by analysed word. */
const sameCount: ReadonlyMap<string, readonly string[]> = new Map([
  ['peopl', ['peopl', 'popul', 'inhabit', 'resid']],
  ['time', ['time', 'twice', 'thrice']],
]);

/** Words of digits that are not among the question's, `known`. */
export function newNumbers(known: ReadonlySet<string>, all: readonly Word[]): Word[] {
  return all.filter((word) => startsNumber.test(word.text) && !known.has(word.text));
}

function isIn(unit: Unit, number: Word, { sentence }: Reading, all: readonly Word[]): boolean {
  if (unit === 'people') {
    const after = sentence.slice(number.end, number.end + unitAfter);
    return people.test(after) || (isLarge(number, all) && peopled.test(sentence));
  }
  if (unit !== 'money') return unitMarks[unit].test(sentence);
  return unitMarks.money.test(sentence.slice(Math.max(0, number.start - unitBefore), number.end + unitAfter));
}

/** Whether a number is a sum of money. */
function isSum({ text, start, end }: Word, sentence: string): boolean {
  return (
    /^\p{L}{3}\d/u.test(text) ||
    sumBefore.test(sentence.slice(0, start)) ||
    sumAfter.test(sentence.slice(end))
  );
}

const peopled =
  /(?<!\p{L})(?:people|population|inhabitants|residents|lived?|living|households|người|dân|dân số|cư dân)(?!\p{L})/iu;
const people = /^\s(?:\p{L}+\s)?(?:people|inhabitants|residents|người|dân|cư dân)(?!\p{L})/iu;
const isLarge = (number: Word, all: readonly Word[]): boolean =>
  /^\d{1,3}(?:[.,]\d{3})+$|^\d{5,}$/u.test(number.text) ||
  magnitude.test(number.text) ||
  magnitude.test(all[all.indexOf(number) + 1]?.text ?? '');

function withoutDates({ sentence, language }: Reading, numbers: readonly Word[]): Word[] {
  const dates = findDates(sentence, language);
  return numbers.filter((word) => !dates.some(({ start, end }) => start <= word.start && word.end <= end));
}
