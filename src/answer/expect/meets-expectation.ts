import { oncePer } from '../../domain/once-per.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import { contradictionOf } from '../verify/opposites.ts';
import { overreachOf } from '../verify/scope.ts';
import { meetsOpposite } from './antonyms.ts';
import { classMet } from './classes.ts';
import { datesAnother } from './dates-another.ts';
import { kindMet } from './kind-met.ts';
import { lacksFellows } from './lists-several.ts';
import { lacksName, tearsName } from './names-met.ts';
import { affirmsWhatIsDenied } from './negated.ts';
import { lacksNumber, swapsOrdinal } from './numbers-asked.ts';
import {
  type Asking,
  type Doubt,
  type DoubtFor,
  type ExpectationCheck,
  read,
  readAsking,
  type Rule,
  type RuleFor,
} from './reading.ts';
import { tellsReversal } from './reversal.ts';
import { roleInOtherLanguage } from './roles.ts';

/** What a sentence is worth that gives rise to a doubt; two doubts are as good as a no. */
const doubt = 0.3;
const isDoubt = (value: number): boolean => value < 0.4;

/** Each tells by one thing how well a sentence can answer. What costs little comes first: the others are often not needed. */
const rules: readonly RuleFor[] = [
  // An article's own question is not an answer.
  unless(
    () =>
      ({ sentence }) =>
        /\?["'”’)]*$/u.test(sentence),
    0,
  ),
  unless(lacksNumber, doubt),
  unless(lacksFellows, 0),
  unless(inSameLanguage(swapsOrdinal), 0),
  unless(lacksReversal, 0),
  unless(affirmsWhatIsDenied, 0),
  unless(inSameLanguage(lacksName), doubt),
  unless(inSameLanguage(meetsOpposite), 0),
  unless(exceedsScope, 0),
  unless(contradictsQuestion, 0),
  unless(inSameLanguage(tearsName), 0),
  classMet,
  focusMet,
  unless(datesAnother, 0),
  kindMet,
];

const rulesFor = oncePer((asking: Asking): Rule[] => rules.flatMap((rule) => rule(asking) ?? []));

/**
 * How well a sentence can answer the question, judged by what the question asks for and says itself: 1 it
 * does, 0 it does not, 0.5 cannot be told. Names are told by their capitals, so it errs towards 1.
 */
export function meetsExpectation(check: ExpectationCheck): number {
  const asking = readAsking(check);
  const reading = read(check, asking);
  let least = 1;
  let doubts = 0;
  for (const rule of rulesFor(asking)) {
    const value = rule(reading);
    if (isDoubt(value)) doubts += 1;
    if (value === 0 || doubts > 1) return 0;
    least = Math.min(least, value);
  }
  return least;
}

/** A rule that sentences are worth `value` of which the doubt is true, and 1 otherwise. */
function unless(doubtFor: DoubtFor, value: number): RuleFor {
  return (asking) => {
    const isDoubtful = doubtFor(asking);
    return isDoubtful && ((reading) => (isDoubtful(reading) ? value : 1));
  };
}

function inSameLanguage(doubtFor: DoubtFor): DoubtFor {
  return (asking) => {
    const isDoubtful = doubtFor(asking);
    return isDoubtful && ((reading) => reading.isSameLanguage && isDoubtful(reading));
  };
}

/** Whether the question presumes that something was undone, and the sentence tells of no such thing. */
function lacksReversal({ question, questionLanguage }: Asking): Doubt | undefined {
  if (!tellsReversal(question, questionLanguage)) return undefined;
  return ({ sentence, language }) => !tellsReversal(sentence, language);
}

function contradictsQuestion({ question }: Asking): Doubt | undefined {
  const contradicts = contradictionOf(question.toLowerCase());
  return contradicts && (({ lower }) => contradicts(lower));
}

/**
 * Whether the question says `first`, `only`, `largest` and the sentence nothing like it. Vietnamese questions
 * are not judged: `chỉ` and `nhất` are parts of too many other words.
 */
function exceedsScope({ question, questionLanguage }: Asking): Doubt | undefined {
  if (questionLanguage !== 'en') return undefined;
  const claim = question.toLowerCase().replaceAll(/\b(?:each|every|always)\b/gu, ' ');
  const overreaches = overreachOf(claim);
  return overreaches && (({ lower }) => overreaches(lower));
}

/** Whether the sentence or its title has the word for what is asked for: `director` in `Who is the director …?` */
function focusMet({ expectation: { focus } }: Asking): Rule | undefined {
  if (focus === undefined) return undefined;
  const translated = roleInOtherLanguage(focus);
  return ({ sentence, frame = '', language, isSameLanguage }) => {
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
  };
}
