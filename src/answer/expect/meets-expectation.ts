import { searchTerms } from '../../domain/text/search-terms.ts';
import { contradicts } from '../verify/opposites.ts';
import { overreaches } from '../verify/scope.ts';
import { meetsOpposite } from './antonyms.ts';
import { classMet } from './classes.ts';
import { datesAnother } from './dates-another.ts';
import { kindMet } from './kind-met.ts';
import { listsSeveral } from './lists-several.ts';
import { lacksName, tearsName } from './names-met.ts';
import { affirmsWhatIsDenied } from './negated.ts';
import { lacksNumber, swapsOrdinal } from './numbers-asked.ts';
import { type ExpectationCheck, read, type Reading } from './reading.ts';
import { tellsReversal } from './reversal.ts';
import { roleInOtherLanguage } from './roles.ts';

/** What a sentence is worth that gives rise to a doubt; two doubts are as good as a no. */
const doubt = 0.3;
const isDoubt = (value: number): boolean => value < 0.4;

/** Each tells by one thing how well a sentence can answer: 1 nothing speaks against it, 0 it does not answer. */
const rules: Readonly<Record<string, (reading: Reading) => number>> = {
  // An article's own question is not an answer.
  isQuestion: ({ sentence }) => (/\?["'”’)]*$/u.test(sentence) ? 0 : 1),
  reversal: ({ question, questionLanguage, sentence, language }) =>
    tellsReversal(question, questionLanguage) && !tellsReversal(sentence, language) ? 0 : 1,
  negation: (reading) => (affirmsWhatIsDenied(reading) ? 0 : 1),
  contradiction: ({ question, sentence }) =>
    contradicts(question.toLowerCase(), sentence.toLowerCase()) ? 0 : 1,
  opposite: (reading) =>
    reading.isSameLanguage && reading.language === 'en' && meetsOpposite(reading) ? 0 : 1,
  scope: (reading) => (exceedsScope(reading) ? 0 : 1),
  ordinal: (reading) => (reading.isSameLanguage && swapsOrdinal(reading) ? 0 : 1),
  tornName: (reading) => (reading.isSameLanguage && tearsName(reading) ? 0 : 1),
  lackingName: (reading) => (reading.isSameLanguage && lacksName(reading) ? doubt : 1),
  lackingNumber: (reading) => (lacksNumber(reading) ? doubt : 1),
  namedClass: classMet,
  focus: focusMet,
  list: (reading) => (listsSeveral(reading) ? 1 : 0),
  otherDate: (reading) => (datesAnother(reading) ? 0 : 1),
  kind: kindMet,
};

/**
 * How well a sentence can answer the question, judged by what the question asks for and says itself: 1 it
 * does, 0 it does not, 0.5 cannot be told. Names are told by their capitals, so it errs towards 1.
 */
export function meetsExpectation(check: ExpectationCheck): number {
  const reading = read(check);
  const values = Object.values(rules).map((rule) => rule(reading));
  return values.filter(isDoubt).length > 1 ? 0 : Math.min(...values);
}

/**
 * Whether the question says `first`, `only`, `largest` and the sentence nothing like it. Vietnamese questions
 * are not judged: `chỉ` and `nhất` are parts of too many other words.
 */
function exceedsScope({ question, questionLanguage, sentence }: Reading): boolean {
  if (questionLanguage !== 'en') return false;
  const claim = question.toLowerCase().replaceAll(/\b(?:each|every|always)\b/gu, ' ');
  return overreaches(claim, sentence.toLowerCase());
}

/** Whether the sentence or its title has the word for what is asked for: `director` in `Who is the director …?` */
function focusMet({ sentence, frame = '', language, expectation, isSameLanguage }: Reading): number {
  const { focus } = expectation;
  if (focus === undefined) return 1;
  const translated = roleInOtherLanguage(focus);
  const wanted = isSameLanguage ? [focus] : translated;
  if (wanted.length === 0) return 1;
  // `Phó chủ tịch` is not the `chủ tịch`.
  const said = `${frame}\n${sentence}`.replaceAll(
    /(?<!\p{L})(?:phó|vice|deputy)[ -]\p{L}+(?: \p{L}+)?/giu,
    ' ',
  );
  const terms = searchTerms(said, language);
  if (wanted.some((term) => terms.includes(term))) return 1;
  // Where the word is a known role, there is hardly another one for it.
  return translated.length > 0 ? 0 : doubt;
}
