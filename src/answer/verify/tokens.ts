import type { Language } from '../../domain/language.ts';
import { createRecentMap, type RecentMap } from '../../domain/recent-map.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import { words } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';
import { maxTextLength } from './limits.ts';

/** A word of a statement in the forms that the rules compare. */
export interface Token {
  readonly text: string;
  /** Lower case, diacritics kept. */
  readonly lower: string;
  readonly folded: string;
  /** What the word is indexed under: stemmed English, folded Vietnamese. */
  readonly term: string;
  readonly start: number;
  readonly end: number;
  /** What stands between the word before and this one. */
  readonly gap: string;
  readonly capital: boolean;
  readonly stop: boolean;
}

/** Other ways to write what the rules know by one. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/Vi[eệ]t\s+Nam/gu, 'Vietnam'],
  [/\bHanoi\b/gu, 'Ha Noi'],
  [/\bHaiphong\b/gu, 'Hai Phong'],
  [/\bDanang\b/gu, 'Da Nang'],
  [/\bSaigon\b/gu, 'Sai Gon'],
  [/\bTP\.?\s*HCM\b|\bTPHCM\b/gu, 'Thành phố Hồ Chí Minh'],
  [/\bHCMC\b/gu, 'Ho Chi Minh City'],
  [/\bTP\.\s*(?=\p{Lu})/gu, 'Thành phố '],
  // A currency or a unit written onto its number.
  [/\b(VND|VNĐ|USD|EUR)(?=\d)/gu, '$1 '],
  [/(?<=\d)(ha|km²|km2|km|tn|bn|mn)\b/gu, ' $1'],
  // `No.` before a number is not a negation.
  [/\bNos?\.\s*(?=\d)/gu, 'number '],
];

/** Most texts hold none of them, and one look is enough to tell. */
const anySpelling = new RegExp(spellings.map(([pattern]) => `(?:${pattern.source})`).join('|'), 'u');

/** Brings a text into the spelling that the rules read, cut to a bounded length. */
export function normalised(text: string): string {
  const bounded = text.slice(0, maxTextLength).normalize('NFC');
  if (!anySpelling.test(bounded)) return bounded;
  return spellings.reduce((result, [pattern, spelling]) => result.replace(pattern, spelling), bounded);
}

/** What is known of a word wherever it stands. */
type WordForms = Pick<Token, 'lower' | 'folded' | 'term' | 'capital' | 'stop'>;

/** Most words whose forms are remembered, per language: some 15 MB in all. */
const mostRemembered = 30_000;
const remembered: Readonly<Record<Language, RecentMap<string, WordForms>>> = {
  en: createRecentMap(mostRemembered),
  vi: createRecentMap(mostRemembered),
};

/** The words of a normalised text. */
export function tokenise(text: string, language: Language): Token[] {
  let before = 0;
  return words(text).map(({ text: word, start, end }) => {
    const gap = text.slice(before, start);
    before = end;
    const { lower, folded, term, capital, stop } = formsOf(word, language);
    return { text: word, start, end, gap, lower, folded, term, capital, stop };
  });
}

function formsOf(word: string, language: Language): WordForms {
  const known = remembered[language].get(word);
  if (known) return known;
  const forms = {
    lower: word.toLowerCase(),
    folded: foldDiacritics(word).replace(/['’]s?$/u, ''),
    term: searchTerm(word, language),
    capital: /^\p{Lu}/u.test(word),
    stop: isStopWord(word, language),
  };
  remembered[language].set(word, forms);
  return forms;
}
