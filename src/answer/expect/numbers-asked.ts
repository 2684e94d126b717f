import type { Token } from '../verify/tokens.ts';
import { asksForSeveral } from './lists-several.ts';
import type { Asking, Doubt } from './reading.ts';

const ordinal =
  /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))$/u;

/**
 * Whether the sentence, with its title, lacks a number of the question: a year, an amount. How many things are
 * to be listed (`the names of the 3 quays`) need not be said.
 */
export function lacksNumber(asking: Asking): Doubt | undefined {
  const numbers = asking.asked.filter(({ text }) => /^\d/u.test(text));
  if (numbers.length === 0) return undefined;
  const mayLackCount = asksForSeveral(asking);
  return ({ saidTerms, frameTerms }) => {
    const lacking = numbers.filter(({ term }) => !saidTerms.has(term) && !frameTerms.has(term));
    return lacking.some(({ text }) => !/^\d{1,2}$/u.test(text)) || (lacking.length > 0 && !mayLackCount);
  };
}

/** Whether the question has an ordinal, and the sentence another one in its stead. */
export function swapsOrdinal({ asked }: Asking): Doubt | undefined {
  const wanted = ordinalsOf(asked);
  if (wanted.length === 0) return undefined;
  return ({ said }) => {
    const given = ordinalsOf(said);
    return given.length > 0 && !wanted.some((word) => given.includes(word));
  };
}

const ordinalsOf = (tokens: readonly Token[]): string[] =>
  tokens.filter(({ lower }) => ordinal.test(lower)).map(({ lower }) => lower);
