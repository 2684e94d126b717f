import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerm, searchTerms } from '../../domain/text/search-terms.ts';
import { type Word, words } from '../../domain/text/words.ts';
import type { Expectation } from './expectation.ts';
import { tellsReversal } from './reversal.ts';
import { unitMarks } from './units.ts';

const numberWords =
  /^(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?|dozens?|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|trăm|nghìn|triệu|tỷ)$/iu;
const vaguePoint =
  /(?<!\p{L})(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|decade|today|yesterday|midnight|noon|tháng \d|thế kỷ|thập niên)(?!\p{L})/iu;
const dayPoint =
  /\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}(?!\d)|ngày \d/iu;
const reasonMarks =
  /(?<!\p{L})(?:because|since|due to|owing to|thanks to|as a result|so that|in order to|reasons?|therefore|so|to|vì|do|bởi|nhờ|nhằm|để|nên|lý do|nguyên nhân)(?!\p{L})/iu;
const year = /^[12]?\d{3}(?:s|['’]s)?$/u;
const documentNumber =
  /(?:decision|resolution|decree|circular|no\.|số|quyết định|nghị quyết|nghị định|thông tư)\s*(?:no\.?|số)?\s*\d|\d+[-/]\p{Lu}/iu;

/** Words between a number and what it counts, at most. */
const reach = 5;

/** A sentence and what is expected of it. */
export interface ExpectationCheck {
  readonly sentence: string;
  /** The title and headings above the sentence, which may name what it is about. */
  readonly frame?: string;
  readonly language: Language;
  readonly expectation: Expectation;
  readonly question: string;
  readonly questionLanguage: Language;
}

/**
 * How well `sentence` holds what the question expects and does not already say: 1 it does, 0 it does not,
 * 0.5 cannot be told. Names are told by their capitals, so it errs towards 1.
 *
 * @param questionLanguage - what is counted is compared only with sentences of the same language.
 */
export function meetsExpectation(options: ExpectationCheck): number {
  const { sentence, language, question, questionLanguage } = options;
  // An article's own question is not an answer.
  if (/\?["'”’)]*$/u.test(sentence)) return 0;
  if (tellsReversal(question, questionLanguage) && !tellsReversal(sentence, language)) return 0;
  return Math.min(byKind(options), byFocus(options));
}

/** What a sentence is worth that lacks the word for what is asked for: `director` in `Who is the director of …?` */
const unmetFocus = 0.3;

function byFocus({
  sentence,
  frame = '',
  language,
  expectation,
  questionLanguage,
}: ExpectationCheck): number {
  const { focus } = expectation;
  if (focus === undefined || language !== questionLanguage) return 1;
  // `Phó chủ tịch` is not the `chủ tịch`.
  const said = `${frame}\n${sentence}`.replaceAll(
    /(?<!\p{L})(?:phó|vice|deputy)[ -]\p{L}+(?: \p{L}+)?/giu,
    ' ',
  );
  return searchTerms(said, language).includes(focus) ? 1 : unmetFocus;
}

function byKind({ sentence, language, expectation, question, questionLanguage }: ExpectationCheck): number {
  const all = words(sentence);
  switch (expectation.kind) {
    case 'other':
      return 0.5;
    case 'reason':
      return reasonMarks.test(sentence) ? 1 : 0.4;
    case 'name':
      return newNames(all, question).length > 0 ? 1 : 0;
    case 'document':
      return documentNumber.test(sentence) ? 1 : 0;
    case 'year':
      return newNumbers(all, question).some((word) => year.test(word.text)) ? 1 : 0;
    case 'day':
      return dayPoint.test(sentence) ? 1 : 0;
    case 'date':
      return newNumbers(all, question).some((word) => year.test(word.text)) ||
        vaguePoint.test(sentence) ||
        dayPoint.test(sentence)
        ? 1
        : 0;
    case 'number': {
      if (expectation.unit === 'rank') return unitMarks.rank.test(sentence) ? 1 : 0;
      const numbers = [...newNumbers(all, question), ...all.filter((word) => numberWords.test(word.text))];
      if (numbers.length === 0) return 0;
      if (expectation.unit === 'duration' && numbers.filter((word) => year.test(word.text)).length > 1)
        return 1;
      if (expectation.unit) return unitMarks[expectation.unit].test(sentence) ? 1 : 0;
      if (expectation.counted.length === 0 || language !== questionLanguage) return 1;
      return numbers.some((word) => counts(word, all, expectation.counted, language)) ? 1 : 0.3;
    }
  }
}

/** Whether one of the counted words stands near the number. */
function counts(number: Word, all: readonly Word[], counted: readonly string[], language: Language): boolean {
  const at = all.indexOf(number);
  const near = all.slice(Math.max(0, at - reach), at + reach + 1);
  return near.some((word) => counted.includes(searchTerm(word.text, language)));
}

function newNumbers(all: readonly Word[], question: string): Word[] {
  const known = new Set(words(question).map((word) => word.text));
  return all.filter((word) => /^\d/u.test(word.text) && !known.has(word.text));
}

function newNames(all: readonly Word[], question: string): Word[] {
  const bare = (text: string) => foldDiacritics(text).replace(/['’]s$/u, '');
  const known = new Set(words(question).map((word) => bare(word.text)));
  return all.filter((word, index) => {
    if (!/^\p{Lu}/u.test(word.text) || /\d/u.test(word.text)) return false;
    if (known.has(bare(word.text))) return false;
    const next = all[index + 1];
    return index > 0 || (next !== undefined && /^\p{Lu}/u.test(next.text));
  });
}
