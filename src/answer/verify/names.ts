import { maxNameWords } from './limits.ts';
import { type Notion, holds } from './notions.ts';
import type { Statement } from './statement.ts';

/** Forms of address and the country that every article is about: never asked for. */
const unasked =
  /^(?:vnd|usd|eur|mr|mrs|ms|dr|prof|professor|ong|ba|co|anh|chi|gs|ts|vietnam|vietnamese|the|state|government)$/u;

// What a Vietnamese syllable looks like without diacritics: any other word is a name even where it opens.
const syllable =
  /^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/u;

/** Indexes of the words of a statement that are written as names. */
export function nameWords({ tokens, counted, language }: Statement): number[] {
  return tokens.flatMap((token, index) => {
    if (/^\d+\p{Lu}+$/u.test(token.text)) return [index];
    if (!token.capital || counted.has(index) || unasked.test(token.folded)) return [];
    const shouted = token.text.length > 1 && token.text === token.text.toUpperCase();
    if (shouted && /\p{Lu}/u.test(token.text))
      return isCodeSuffix(tokens[index - 1]?.text, token.gap) ? [] : [index];
    const opens = index === 0 || /[.!?:"“]\s*$/u.test(token.gap);
    if (opens) return language === 'vi' && !syllable.test(token.folded) ? [index] : [];
    return token.stop && language === 'en' ? [] : [index];
  });
}

/** The words of names of the claim that no evidence holds, neither as they are nor in the other language. */
export function missingNames(
  claim: Statement,
  evidence: readonly Statement[],
  frames: readonly Statement[],
  notionsFor: (target: Statement) => readonly Notion[],
): { readonly asked: number; readonly missing: readonly number[] } {
  const all = [...evidence, ...frames];
  const folded = new Set(all.flatMap(({ tokens }) => tokens.map((token) => token.folded)));
  const written = new Set(all.flatMap(({ notions }) => Array.from(notions.terms)));
  const names = nameWords(claim).slice(0, maxNameWords);
  const isRun = (index: number) => names.includes(index - 1) || names.includes(index + 1);
  const missing = names.filter((index) => {
    const token = claim.tokens[index];
    if (!token || folded.has(token.folded) || written.has(token.term)) return false;
    const met = all.map((statement) => {
      const notion = notionsFor(statement).find(({ first, last }) => first <= index && index <= last);
      return (
        notion && { judged: notion.judged, proper: notion.proper, held: holds(statement.notions, notion) }
      );
    });
    if (met.some((item) => item?.held)) return false;
    const comparable = all.some(({ language }) => language === claim.language);
    if (comparable || met.some((item) => item?.proper)) return true;
    if (claim.language === 'en' && isRun(index) && syllable.test(token.folded)) return true;
    // Across languages a capital may open a common word of a title; only what no word list knows is a name.
    return !met.some((item) => item?.judged) && (isRun(index) || /^\p{Lu}+$/u.test(token.text));
  });
  return { asked: names.length, missing };
}

/**
 * Whether a word of the claim stands where the quotations have another one: they hold the word before it,
 * followed by a different word, and know this one only from the title. `Binh Phuoc` for `Binh Duong`.
 */
export function substitutes(
  claim: Statement,
  evidence: readonly Statement[],
  frames: readonly Statement[],
): boolean {
  const same = evidence.filter(({ language }) => language === claim.language);
  if (same.length === 0) return false;
  return claim.tokens.some((token, index) => {
    const before = claim.tokens[index - 1];
    if (!before || before.stop || token.stop || token.gap !== ' ' || claim.counted.has(index)) return false;
    if (same.some(({ notions }) => notions.terms.has(token.term))) return false;
    if (!token.capital && !frames.some(({ notions }) => notions.terms.has(token.term))) return false;
    return same.some(({ tokens }) =>
      tokens.some((item, at) => {
        const next = tokens[at + 1];
        return (
          item.term === before.term &&
          !claim.counted.has(index - 1) &&
          next?.gap === ' ' &&
          next.capital === token.capital &&
          (token.capital || !next.stop) &&
          !claim.notions.terms.has(next.term)
        );
      }),
    );
  });
}

const isCodeSuffix = (before: string | undefined, gap: string): boolean =>
  /^[-/]$/u.test(gap) && before !== undefined;
