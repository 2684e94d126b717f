import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import type { Word } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';
import { isCapital, touches } from './names.ts';

const longestPhrase = 8;

const joining: Record<Language, RegExp> = { en: /^(?:and|of)$/iu, vi: /^và$/iu };

/** Words that follow a counted noun without saying what is counted; folded. */
const englishEnd =
  /^(?:around|worldwide|together|nationwide|today|annually|yearly|visited|take|took|use|came|come|work|joined|attended|operate|met|stood)$/u;
const vietnameseEnd = /^(?:tham|den|du|nam|trong|ngoai|toan)$/u;

/** What a number counts. */
export interface NounPhrase {
  /** Analysed words, in order, joined by a space; empty when nothing is counted. */
  readonly key: string;
  /** Index of the first word behind the phrase. */
  readonly end: number;
}

/**
 * The noun that is counted, from word `from` on: the words up to punctuation, a function word, a name, a number or
 * a verb. Without knowing parts of speech it is sometimes too long, so that two phrases for the same thing differ;
 * they are then not compared, which is the safe side.
 */
export function nounPhraseAt(
  list: readonly Word[],
  from: number,
  text: string,
  language: Language,
): NounPhrase {
  const terms: string[] = [];
  let index = from;
  for (; index < list.length && terms.length < longestPhrase; index += 1) {
    const word = list[index];
    if (!word || (index > 0 && !adjoins(list[index - 1], word, text))) break;
    if (joining[language].test(word.text)) {
      const next = list[index + 1];
      if (terms.length === 0 || !next || endsPhrase(next, terms.length, language)) break;
      continue;
    }
    const compound = index > from && text[word.start - 1] === '-';
    if (!compound && endsPhrase(word, terms.length, language)) break;
    terms.push(searchTerm(word.text, language));
  }
  return { key: terms.join(' '), end: index };
}

/** White space, or the hyphen of a compound. */
function adjoins(a: Word | undefined, b: Word, text: string): boolean {
  return touches(a, b, text) || (a !== undefined && text.slice(a.end, b.start) === '-');
}

function endsPhrase(word: Word, length: number, language: Language): boolean {
  if (/^\d/u.test(word.text) || isStopWord(word.text, language)) return true;
  if (length > 0 && isCapital(word.text)) return true;
  const folded = foldDiacritics(word.text);
  if (length === 0) return false;
  return language === 'en'
    ? englishEnd.test(folded) || /\w{3}ed$/u.test(folded)
    : vietnameseEnd.test(folded) && word.text !== 'nam';
}
