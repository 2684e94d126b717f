import { asksForSeveral } from './lists-several.ts';
import type { Reading } from './reading.ts';

const ordinal =
  /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))$/u;

/**
 * Whether the sentence, with its title, lacks a number of the question: a year, an amount. How many things are
 * to be listed (`the names of the 3 quays`) need not be said.
 */
export function lacksNumber(reading: Reading): boolean {
  const { asked, saidTerms, frameTerms } = reading;
  const lacking = asked.filter(
    ({ text, term }) => /^\d/u.test(text) && !saidTerms.has(term) && !frameTerms.has(term),
  );
  return (
    lacking.some(({ text }) => !/^\d{1,2}$/u.test(text)) || (lacking.length > 0 && !asksForSeveral(reading))
  );
}

/** Whether the question has an ordinal, and the sentence another one in its stead. */
export function swapsOrdinal({ asked, said }: Reading): boolean {
  const [wanted, given] = [asked, said].map((tokens) =>
    tokens.filter(({ lower }) => ordinal.test(lower)).map(({ lower }) => lower),
  );
  if (!wanted || !given || wanted.length === 0 || given.length === 0) return false;
  return !wanted.some((word) => given.includes(word));
}
