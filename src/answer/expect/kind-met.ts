import { foldDiacritics } from '../../domain/text/fold.ts';
import { type Word, words } from '../../domain/text/words.ts';
import { newNumbers, numberMet } from './numbers-met.ts';
import type { Asking, Reading, Rule } from './reading.ts';

const vaguePoint =
  /(?<!\p{L})(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|centuries|decade|today|yesterday|midnight|noon|tháng \d|thế kỷ|thập niên)(?!\p{L})/iu;
const timeClause =
  /(?<!\p{L})(?:when|while|after|before|during|until|since|ago|spring|summer|autumn|winter|khi|sau|trước|trong|mùa)(?!\p{L})/iu;
const dayPoint =
  /\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}(?!\d)|ngày \d/iu;
const reasonMarks =
  /(?<!\p{L})(?:because|since|due to|owing to|thanks to|as a result|so that|in order to|reasons?|therefore|so|to|vì|do|bởi|nhờ|nhằm|để|nên|lý do|nguyên nhân)(?!\p{L})/iu;
const year = /^[12]?\d{3}(?:s|['’]s)?$/u;
const documentNumber =
  /(?:decision|resolution|decree|circular|no\.|số|quyết định|nghị quyết|nghị định|thông tư)\s*(?:no\.?|số)?\s*\d|\d+[-/]\p{Lu}/iu;

/** What a sentence is worth that may hold what is asked for in an unusual form. */
const unusual = 0.3;

/** What it is worth where it speaks of all that the question does, but names nobody: `the government leads`. */
const unnamed = 0.45;

/** How well a sentence holds the sort of thing that is asked for: 1 it does, 0 it does not, 0.5 cannot be told. */
export function kindMet({ expectation, question }: Asking): Rule {
  const known = new Set(words(question).map(({ text }) => text));
  const namesYear = (sentence: string) =>
    newNumbers(known, words(sentence)).some((word) => year.test(word.text));
  switch (expectation.kind) {
    case 'other':
      return () => 0.5;
    case 'reason':
      return ({ sentence }) => (reasonMarks.test(sentence) ? 1 : 0.4);
    case 'name': {
      const knownNames = new Set(Array.from(known, bareName));
      return (reading) => {
        if (hasNewName(words(reading.sentence), knownNames)) return 1;
        return saysAll(reading) || saysWhoDoes(reading) ? unnamed : 0;
      };
    }
    case 'document':
      return ({ sentence }) => (documentNumber.test(sentence) ? 1 : 0);
    case 'year':
      return ({ sentence }) => (namesYear(sentence) ? 1 : 0);
    case 'day':
      return ({ sentence }) => (dayPoint.test(sentence) ? 1 : 0);
    case 'date':
      return ({ sentence }) => {
        if (namesYear(sentence) || vaguePoint.test(sentence) || dayPoint.test(sentence)) return 1;
        return timeClause.test(sentence) ? unusual : 0;
      };
    case 'number':
      return (reading) => numberMet(reading, expectation, known);
  }
}

/** Whether every word of topic of the question stands in the sentence: `Ai dẫn dắt?`, `Chính quyền dẫn dắt`. */
function saysAll({ asked, saidTerms, isSameLanguage }: Reading): boolean {
  return isSameLanguage && asked.every(({ stop, term }) => stop || saidTerms.has(term));
}

const passive = /^(?:is|are|was|were|be|been|being|bị|được)$/u;

/** Whether the sentence says who does it with a common noun: `Small exporters criticised the rule`. */
function saysWhoDoes({ question, asked, said, expectation, isSameLanguage }: Reading): boolean {
  if (!isSameLanguage || expectation.focus !== undefined || !/^(?:who|ai)(?!\p{L})/iu.test(question))
    return false;
  const verb = asked.find(({ stop }) => !stop)?.term;
  const at = said.findIndex(({ term }) => term === verb);
  const isUndergone =
    passive.test(said[at - 1]?.lower ?? '') && !asked.some(({ lower }) => passive.test(lower));
  const known = new Set(asked.map(({ term }) => term));
  return (
    !isUndergone &&
    said
      .slice(0, Math.max(0, at))
      .some(({ stop, term, text }) => !stop && !known.has(term) && /^\p{L}/u.test(text))
  );
}

const bareName = (text: string): string => foldDiacritics(text).replace(/['’]s$/u, '');

/** Whether a sentence holds a name that is not among the words `known`. */
function hasNewName(all: readonly Word[], known: ReadonlySet<string>): boolean {
  return all.some((word, index) => {
    if (!/^\p{Lu}/u.test(word.text) || /\d/u.test(word.text)) return false;
    if (known.has(bareName(word.text))) return false;
    const next = all[index + 1];
    return (
      index > 0 ||
      (next !== undefined && (/^\p{Lu}/u.test(next.text) || /^(?:as|was|is|had|has)$/u.test(next.text)))
    );
  });
}
