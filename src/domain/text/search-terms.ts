import { stemmer } from 'stemmer';

import type { Language } from '../language.ts';
import { createRecentMap, type RecentMap } from '../recent-map.ts';
import { foldDiacritics } from './fold.ts';
import { normaliseNumber } from './numbers.ts';
import { words } from './words.ts';

/**
 * The terms under which `text` is indexed and searched: letters, digits and `_` only.
 *
 * English words are folded and stemmed (Porter, 1980). Vietnamese is written in syllables, so each folded
 * syllable is a term, and each pair of neighbours as well (`khoa_hoc`): a pair is mostly a word. Numbers are
 * spelled alike in both languages.
 */
export function searchTerms(text: string, language: Language): string[] {
  const terms: string[] = [];
  let previous: { term: string; end: number } | undefined;
  for (const word of words(text)) {
    const term = searchTerm(word.text, language);
    if (language === 'vi' && previous && text.slice(previous.end, word.start).trim() === '') {
      terms.push(`${previous.term}_${term}`);
    }
    terms.push(term);
    previous = { term, end: word.end };
  }
  return terms;
}

/** Most words whose terms are remembered, per language: the vocabulary of a day's questions and articles. */
const mostRemembered = 50_000;
const remembered: Readonly<Record<Language, RecentMap<string, string>>> = {
  en: createRecentMap(mostRemembered),
  vi: createRecentMap(mostRemembered),
};

/** The term of a single word, see {@link searchTerms}. The same few thousand words come again and again. */
export function searchTerm(word: string, language: Language): string {
  const known = remembered[language].get(word);
  if (known !== undefined) return known;
  const term = termOf(word, language);
  remembered[language].set(word, term);
  return term;
}

function termOf(word: string, language: Language): string {
  if (/^\d/u.test(word)) return normaliseNumber(foldDiacritics(word)).replace(/[^\p{L}\p{N}]/gu, '_');
  const folded = foldDiacritics(word).replace(/['’]s?$|['’].*$/u, '');
  return language === 'en' ? stemmer(americanSpelling(folded)) : folded;
}

/** Makes British and American spellings meet: `recognise`, `centre`, `colour`. Need not be right, only alike. */
function americanSpelling(word: string): string {
  return word
    .replace(/is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)/u, 'iz')
    .replace(/tre(?=s?$)/u, 'ter')
    .replace(/(?<=[a-z]{2})our(?=(?:s|ed|ing|al|able|ful|ite)?$)/u, 'or');
}
