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

/** The same, read once for all rules. */
export interface Reading extends ExpectationCheck {
  readonly asked: readonly Token[];
  readonly said: readonly Token[];
  readonly saidTerms: ReadonlySet<string>;
  readonly frameTerms: ReadonlySet<string>;
  /** Frame and passage, folded. */
  readonly folded: string;
  readonly isSameLanguage: boolean;
}

/** Reads a text, and keeps the last one: sentence after sentence has the same question and title. */
function createReader(): (text: string, language: Language) => readonly Token[] {
  let last:
    | { readonly text: string; readonly language: Language; readonly tokens: readonly Token[] }
    | undefined;
  return (text, language) => {
    if (last?.text !== text || last.language !== language) {
      last = { text, language, tokens: tokenise(normalised(text), language) };
    }
    return last.tokens;
  };
}

const readQuestion = createReader();
const readFrame = createReader();

/** Reads question, sentence and surroundings for the rules. */
export function read(check: ExpectationCheck): Reading {
  const { question, questionLanguage, sentence, language, frame = '', passage = sentence } = check;
  const said = tokenise(normalised(sentence), language);
  return {
    ...check,
    asked: readQuestion(question, questionLanguage),
    said,
    saidTerms: termsOf(said),
    frameTerms: termsOf(readFrame(frame, language)),
    folded: foldDiacritics(`${frame}\n${passage}\n${normalised(sentence)}`),
    isSameLanguage: language === questionLanguage,
  };
}

/** The analysed words of `tokens`. */
export const termsOf = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(tokens.map(({ term }) => term));

/** Whether a word of a question is written as a name. Its first word is not told. */
export function isName(token: Token, at: number): boolean {
  return token.capital && at > 0 && !token.stop && !/^\d/u.test(token.text);
}
