import { eld } from 'eld/extrasmall';

import type { Language } from '../../domain/language.ts';
import { detectLanguage } from '../../domain/text/detect-language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { words } from '../../domain/text/words.ts';

/** Fewest words, and where a script has no spaces letters, of a text that is said to be in a third language. */
const fewestWords = 50;
const fewestLetters = 250;

/** The detector reads 350 bytes, so longer texts are judged by this many windows of as many UTF-16 code units. */
const windows = 12;
const windowLength = 320;

/** Share of the windows that must be in third languages, and share of those that must be in one of them. */
const foreignShare = 0.75;

/** A text of which more of the words can be Vietnamese syllables is Vietnamese without its diacritics. */
const syllableShare = 0.8;

// What a Vietnamese syllable can look like without its diacritics.
const syllable =
  /^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?$/u;

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** What the words of a text say about its language; `foreign` is the English name of a third one. */
export type IdentifiedLanguage = { readonly language: Language } | { readonly foreign: string };

/**
 * The language of an article by its words. The statistics of eld tell third languages, only where the text is long
 * enough and most of it agrees, and which language the larger part of a mixed text is in. Else our own count of signs
 * decides between English and Vietnamese: it knows Vietnamese without diacritics too.
 */
export function identifyLanguage(text: string): IdentifiedLanguage {
  if (!isLongEnough(text) || isBareVietnamese(text)) return { language: detectLanguage(text) };
  const votes = new Map<string, number>();
  const parts = sample(text);
  for (const part of parts) {
    const result = eld.detect(part);
    if (result.isReliable()) votes.set(result.language, (votes.get(result.language) ?? 0) + 1);
  }
  const { en = 0, vi = 0, ...others } = Object.fromEntries(votes);
  const [foreign] = Object.entries(others).toSorted((a, b) => b[1] - a[1]);
  if (foreign && foreign[1] >= parts.length * foreignShare) return { foreign: languageName(foreign[0]) };
  if (en > 0 && vi > 0 && en !== vi) return { language: en > vi ? 'en' : 'vi' };
  return { language: detectLanguage(text) };
}

function languageName(code: string): string {
  return code === 'ms' ? 'Malay or Indonesian' : (names.of(code) ?? code);
}

function isLongEnough(text: string): boolean {
  if (words(text).length >= fewestWords) return true;
  const letters = text.match(/[\p{Script=Han}\p{Script=Kana}\p{Script=Thai}\p{Script=Lao}]/gu);
  return letters !== null && letters.length >= fewestLetters;
}

function isBareVietnamese(text: string): boolean {
  const found = words(text).filter(({ text: word }) => /^\p{Script=Latin}/u.test(word));
  const syllables = found.filter(({ text: word }) => syllable.test(foldDiacritics(word)));
  return syllables.length > found.length * syllableShare;
}

/** Windows that lie evenly over `text` and begin at words. */
function sample(text: string): string[] {
  const flat = text.replace(/[\s\d]+/gu, ' ');
  if (flat.length <= windowLength) return [flat];
  const count = Math.min(windows, Math.ceil(flat.length / windowLength));
  const step = (flat.length - windowLength) / (count - 1);
  return Array.from({ length: count }, (_, index) => {
    const start = Math.floor(index * step);
    const space = flat.indexOf(' ', start);
    const begin = start === 0 || space === -1 || space > start + 40 ? start : space + 1;
    return flat.slice(begin, begin + windowLength);
  });
}
