import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { normalised, type Token, tokenise } from '../verify/tokens.ts';
import type { Expectation } from './expectation.ts';

/** A sentence, where it stands, and what is expected of it. */
export interface ExpectationCheck {
  readonly sentence: string;
  /** The title and headings above the sentence, which may name what it is about. */
  readonly frame?: string;
  /** The text of the passage that the sentence stands in; the sentence alone where left out. */
  readonly passage?: string;
  readonly language: Language;
  readonly expectation: Expectation;
  readonly question: string;
  /** What is counted, and names, are compared only with sentences of the same language. */
  readonly questionLanguage: Language;
}

/** What is asked for, read once for all sentences. */
export interface Asking extends Pick<ExpectationCheck, 'question' | 'questionLanguage' | 'expectation'> {
  readonly asked: readonly Token[];
}

/** The same, read once for all rules. What few of them ask for is made when it is asked for. */
export interface Reading extends ExpectationCheck {
  readonly asked: readonly Token[];
  readonly said: readonly Token[];
  readonly saidTerms: ReadonlySet<string>;
  readonly frameTerms: ReadonlySet<string>;
  /** The sentence in lower case. */
  readonly lower: string;
  /** Frame and passage, folded. */
  readonly folded: string;
  readonly isSameLanguage: boolean;
}

/** How well a sentence can answer by one rule: 1 nothing speaks against it, 0 it does not. */
export type Rule = (reading: Reading) => number;

/** Prepares a rule for a question; `undefined` where it finds nothing to say of any sentence. */
export type RuleFor = (asking: Asking) => Rule | undefined;

/** Whether something speaks against a sentence. */
export type Doubt = (reading: Reading) => boolean;

/** Prepares a doubt for a question; `undefined` where it is true of no sentence. */
export type DoubtFor = (asking: Asking) => Doubt | undefined;

/** Makes of a text, and keeps the last one: sentence after sentence has the same title and passage. */
function rememberLast<T>(make: (text: string, language: Language) => T) {
  let last: { readonly text: string; readonly language: Language; readonly made: T } | undefined;
  return (text: string, language: Language): T => {
    if (last?.text !== text || last.language !== language) {
      last = { text, language, made: make(text, language) };
    }
    return last.made;
  };
}

const readText = (text: string, language: Language) => tokenise(normalised(text), language);
const termsOfFrame = rememberLast((frame, language) => termsOf(readText(frame, language)));
const foldedSurroundings = rememberLast((text) => foldDiacritics(text));

let lastAsking: Asking | undefined;

/** Reads a question for the rules. One that is asked of sentence after sentence is read once. */
export function readAsking({
  question,
  questionLanguage,
  expectation,
}: Pick<ExpectationCheck, 'question' | 'questionLanguage' | 'expectation'>): Asking {
  const isLast =
    lastAsking?.question === question &&
    lastAsking.questionLanguage === questionLanguage &&
    lastAsking.expectation === expectation;
  if (lastAsking && isLast) return lastAsking;
  lastAsking = { question, questionLanguage, expectation, asked: readText(question, questionLanguage) };
  return lastAsking;
}

/** Reads a sentence and its surroundings for the rules. */
export function read(check: ExpectationCheck, { asked }: Asking): Reading {
  const { questionLanguage, sentence, language, frame = '', passage = sentence } = check;
  const said = once(() => readText(sentence, language));
  const saidTerms = once(() => termsOf(said()));
  const lower = once(() => sentence.toLowerCase());
  return {
    ...check,
    asked,
    get said() {
      return said();
    },
    get saidTerms() {
      return saidTerms();
    },
    get frameTerms() {
      return termsOfFrame(frame, language);
    },
    get lower() {
      return lower();
    },
    get folded() {
      // Folding ends at a line's end: what is folded apart can be joined.
      return `${foldedSurroundings(`${frame}\n${passage}`, language)}\n${foldDiacritics(normalised(sentence))}`;
    },
    isSameLanguage: language === questionLanguage,
  };
}

function once<T extends object | string>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The analysed words of `tokens`. */
export const termsOf = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(tokens.map(({ term }) => term));

/** Whether a word of a question is written as a name. Its first word is not told. */
export function isName(token: Token, at: number): boolean {
  return token.capital && at > 0 && !token.stop && !/^\d/u.test(token.text);
}
