import { readFile } from 'node:fs/promises';

import { FootnoteError } from '../domain/errors.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { searchTerm } from '../domain/text/search-terms.ts';
import { words } from '../domain/text/words.ts';

/** A run of words that the glossary knows. */
export interface GlossaryMatch {
  /** How many words the match covers. */
  readonly length: number;
  /** Translations as they are written, the best first. */
  readonly translations: readonly string[];
}

/** A bilingual word list for query expansion; not a translator. */
export interface Glossary {
  readonly size: number;
  /**
   * The longest entry that begins at word `from`, or `undefined`.
   *
   * @param from - index into `texts`.
   * @param texts - the words of a question as typed, in any case, with or without diacritics.
   */
  match(from: number, texts: readonly string[], direction: 'vi-en' | 'en-vi'): GlossaryMatch | undefined;
}

type Table = ReadonlyMap<string, readonly string[]>;

/** Longest entry, in words; bounds the look-up. */
const longestEntry = 8;

/**
 * Reads a glossary: one entry a line, `vietnamese<TAB>english|english`, `#` begins a comment line.
 *
 * @throws FootnoteError `configuration` when the file cannot be read or a line is malformed.
 */
export async function loadGlossary(file: string): Promise<Glossary> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new FootnoteError('configuration', `Cannot read the glossary ${file}.`, { cause });
  }
  return parseGlossary(text, file);
}

/** Parses the text of a glossary, see {@link loadGlossary}. */
export function parseGlossary(text: string, name = 'glossary'): Glossary {
  const exact = new Map<string, string[]>();
  const folded = new Map<string, string[]>();
  const english = new Map<string, { vietnamese: string; rank: number }[]>();
  let size = 0;
  for (const [index, line] of text.split(/\r?\n/u).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [vietnamese, translations, ...rest] = line.split('\t');
    if (!vietnamese || !translations || rest.length > 0) {
      throw new FootnoteError('configuration', `${name}:${index + 1}: expected "vietnamese<TAB>english|…".`);
    }
    size += 1;
    const alternatives = translations.split('|').map((item) => item.trim());
    append(exact, key(vietnamese, exactKey), alternatives);
    append(folded, key(vietnamese, foldDiacritics), alternatives);
    for (const [rank, alternative] of alternatives.entries()) {
      append(english, key(alternative, stemKey), [{ vietnamese: vietnamese.trim(), rank }]);
    }
  }
  const fromEnglish = new Map(Array.from(english, ([phrase, found]) => [phrase, byRank(found)]));
  return {
    size,
    match: (from, texts, direction) => {
      if (direction === 'en-vi') return longestMatch(fromEnglish, stemKey, from, texts);
      // Only a question typed without diacritics is matched without them: `trong động` is not `trống đồng`.
      return texts.some(hasDiacritics)
        ? longestMatch(exact, exactKey, from, texts)
        : longestMatch(folded, foldDiacritics, from, texts);
    },
  };
}

/** A word of which the phrase is the first sense comes before one of which it is a later sense. */
function byRank(found: readonly { vietnamese: string; rank: number }[]): string[] {
  return found.toSorted((a, b) => a.rank - b.rank).map(({ vietnamese }) => vietnamese);
}

function longestMatch(
  table: Table,
  keyOf: (word: string) => string,
  from: number,
  texts: readonly string[],
): GlossaryMatch | undefined {
  for (let length = Math.min(longestEntry, texts.length - from); length > 0; length -= 1) {
    const translations = table.get(
      texts
        .slice(from, from + length)
        .map(keyOf)
        .join(' '),
    );
    if (translations) return { length, translations };
  }
  return undefined;
}

const hasDiacritics = (word: string): boolean => foldDiacritics(word) !== word.toLowerCase();

/** Lower case, with the tone mark on the second vowel of `oa`, `oe`, `uy`: both spellings are in use. */
function exactKey(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/(o|u)(\p{M}+)(a|e|y)$/u, '$1$3$2')
    .normalize('NFC');
}

const stemKey = (word: string): string => searchTerm(word, 'en');

function key(phrase: string, keyOf: (word: string) => string): string {
  return words(phrase)
    .map((word) => keyOf(word.text))
    .join(' ');
}

function append<T>(table: Map<string, T[]>, entry: string, values: readonly T[]): void {
  const known = table.get(entry) ?? [];
  table.set(entry, [...known, ...values.filter((value) => !known.includes(value))]);
}
