import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { type Word, words } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';

/** A proper name in a sentence: its folded words, and where they stand among the sentence's words. */
export interface Name {
  readonly text: string;
  readonly first: number;
  readonly last: number;
}

/** Words that a name may have or lack: `Hai Phong City` is `Hai Phong`. */
const optional = /^(?:city|province|district|tinh|thanh pho) | (?:city|province|district)$/gu;

/** Words after which a name is what something is compared with, not what the sentence is about. */
const comparison = /^(?:with|than|unlike|against|behind|like|versus|với|hơn|như|cùng)$/iu;

/** Vietnamese words that are no part of a name though a capital at the beginning of a sentence joins them to it. */
const opening = /^(?:tại|ở|theo|trong|với|từ|trước|sau|ngoài|cũng|khi|do|về|còn|riêng|cả|chỉ|năm)$/iu;

/**
 * The proper names of a sentence: runs of capitalised words. A single word at the beginning of the sentence is one
 * only if `title` holds it too. Names after a word of comparison are left out.
 */
export function findNames(list: readonly Word[], text: string, language: Language, title: string): Name[] {
  const known = new Set(words(title).flatMap((word) => (isCapital(word.text) ? [word.text] : [])));
  const names: Name[] = [];
  for (let index = 0; index < list.length; index += 1) {
    const first = index;
    if (!isNamePart(list[index], language) || (index === 0 && opening.test(list[0]?.text ?? ''))) continue;
    while (touches(list[index], list[index + 1], text) && isNamePart(list[index + 1], language)) index += 1;
    const single = list[first]?.text ?? '';
    if (first === 0 && index === 0 && !known.has(single)) continue;
    if (comparison.test(list[first - 1]?.text ?? '')) continue;
    const run = list.slice(first, index + 1).map((word) => foldDiacritics(word.text).replace(/['’]s?$/u, ''));
    names.push({ text: normaliseName(run.join(' ')), first, last: index });
  }
  return names;
}

/** The folded names of a title. */
export function namesOfTitle(title: string, language: Language): string[] {
  return findNames(words(title), title, language, title).map((name) => name.text);
}

/** Whether only white space lies between the two words. */
export function touches(a: Word | undefined, b: Word | undefined, text: string): boolean {
  return a !== undefined && b !== undefined && text.slice(a.end, b.start).trim() === '';
}

/** Whether a word begins with a capital letter. */
export function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

function isNamePart(word: Word | undefined, language: Language): boolean {
  return word !== undefined && isCapital(word.text) && !(language === 'en' && isStopWord(word.text, 'en'));
}

function normaliseName(name: string): string {
  return name.replaceAll('vietnam', 'viet nam').replace(optional, '');
}
