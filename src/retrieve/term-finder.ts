import type { Language } from '../domain/language.ts';
import { searchTerm } from '../domain/text/search-terms.ts';
import { words } from '../domain/text/words.ts';

/** The terms of a text's words, in order. */
export interface TermRun {
  readonly language: Language;
  readonly terms: readonly string[];
  /** For each, 1 where only white space stands between its word and the one before, else 0. */
  readonly follows: Uint8Array;
}

/** Reads a text for {@link TermFinder.find}. */
export function readTerms(text: string, language: Language): TermRun {
  const all = words(text);
  const follows = new Uint8Array(all.length);
  let end: number | undefined;
  const terms = all.map((word, index) => {
    if (end !== undefined && text.slice(end, word.start).trim() === '') follows[index] = 1;
    end = word.end;
    return searchTerm(word.text, language);
  });
  return { language, terms, follows };
}

/** Looks for a question's terms in texts. */
export interface TermFinder {
  /** The place of a term in what {@link find} returns. */
  readonly placeOf: (term: string) => number;
  /** For each term, 1 where it is among the `searchTerms` of the text, else 0. */
  readonly find: (run: TermRun) => Uint8Array;
}

/**
 * Finds which of a few terms a text holds without making all of the text's terms: a pair of Vietnamese syllables is
 * looked up by its two halves.
 */
export function createTermFinder(terms: Iterable<string>): TermFinder {
  const places = new Map<string, number>();
  for (const term of terms) if (!places.has(term)) places.set(term, places.size);
  const pairs = new Map<string, Map<string, number>>();
  for (const [term, place] of places) {
    // Numbers hold `_` too, so each one may be where a pair is joined.
    for (let at = term.indexOf('_'); at >= 0; at = term.indexOf('_', at + 1)) {
      const first = term.slice(0, at);
      const seconds = pairs.get(first) ?? new Map<string, number>();
      pairs.set(first, seconds.set(term.slice(at + 1), place));
    }
  }
  return {
    placeOf: (term) => places.get(term) ?? -1,
    find: ({ language, terms: all, follows }) => {
      const found = new Uint8Array(places.size);
      let seconds: ReadonlyMap<string, number> | undefined;
      for (const [index, term] of all.entries()) {
        const place = places.get(term);
        if (place !== undefined) found[place] = 1;
        const pair = follows[index] === 1 ? seconds?.get(term) : undefined;
        if (pair !== undefined) found[pair] = 1;
        if (language === 'vi') seconds = pairs.get(term);
      }
      return found;
    },
  };
}
