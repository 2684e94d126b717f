import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import type { Word } from '../../domain/text/words.ts';
import { isStopWord } from '../stop-words.ts';
import { plausibleEdits, soundOf, type Suspicion } from './plausible-edits.ts';
import type { TypoSearch } from './typo-search.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

/** Question words: they are corrected although they carry no topic, for they tell what is asked. */
const questionWords = new Set(['which', 'what', 'when', 'where']);

/** Longest word of which all edits are tried. */
const longestWord = 24;

/** Shortest stem that a word is corrected to. */
const shortestStem = 4;

/** Shortest stem that is corrected by a similar one: where the word is known to be wrong, and by its sound. */
const shortestByStem = { misspelled: 6, bySound: 8 };

interface Suspect {
  readonly word: Word;
  readonly typed: string;
  readonly suspicion: Suspicion;
}

/**
 * Corrections of English words, as words to be written. Index terms are stems, so the edits are made to the
 * word as typed and their stems looked up: this finds `decision` (stem `decis`) for `decison`, and knows how
 * it is spelled. Two edits are only forgiven by the stem, and only where it still sounds the same or where
 * `isKnownWord` is sure that the word is wrong.
 */
export async function correctEnglish(search: TypoSearch): Promise<Map<Word, string>> {
  const { index, isKnownWord } = search;
  const suspects = search.suspects.flatMap((word) => suspectOf(word, isKnownWord) ?? []);
  const known = (word: string) => Number(isKnownWord?.(word) ?? false);
  const found = new Map<Word, string>();
  const options = suspects.map(({ typed, suspicion }) =>
    [
      ...plausibleEdits(typed, 'misspelled').filter((edit) => isMeantQuestionWord(typed, edit.word)),
      ...plausibleEdits(typed, suspicion),
    ].map((edit) => ({ ...edit, term: searchTerm(edit.word, 'en') })),
  );
  const terms = options.flatMap((edits) => edits.map(({ term }) => term));
  const [counts, similar] = await Promise.all([
    index.documentFrequencies(terms, 'en'),
    index.similarTerms(
      suspects.map(({ typed }) => searchTerm(typed, 'en')),
      'en',
    ),
  ]);
  for (const [at, { word, typed, suspicion }] of suspects.entries()) {
    const [best] = (options[at] ?? [])
      .filter((edit) => (counts.has(edit.term) && isTopical(edit)) || isMeantQuestionWord(typed, edit.word))
      .toSorted(
        (a, b) =>
          known(b.word) - known(a.word) ||
          a.rank - b.rank ||
          (counts.get(b.term) ?? 0) - (counts.get(a.term) ?? 0) ||
          (a.word < b.word ? -1 : 1),
      );
    const replacement = best?.word ?? fromStem(typed, suspicion, similar);
    if (replacement !== undefined) found.set(word, replacement);
  }
  return found;
}

function suspectOf(word: Word, isKnownWord: TypoSearch['isKnownWord']): Suspect | undefined {
  const typed = foldDiacritics(word.text);
  if (typed.length > longestWord || isVietnameseSyllable(typed) || isKnownWord?.(typed)) return undefined;
  return { word, typed, suspicion: suspicionOf(word.text, isKnownWord !== undefined) };
}

function suspicionOf(text: string, isListed: boolean): Suspicion {
  if (text === text.toUpperCase()) return 'acronym';
  if (!isListed) return 'unknown';
  return /^\p{Lu}/u.test(text) ? 'name' : 'misspelled';
}

/** Not a function word, nor a non-word that merely has the stem of one (`thiing` has that of `this`). */
function isTopical({ word, term }: { readonly word: string; readonly term: string }): boolean {
  return term.length >= shortestStem && !isStopWord(word, 'en') && !isStopWord(term, 'en');
}

function isMeantQuestionWord(typed: string, meant: string): boolean {
  return questionWords.has(meant) && typed.length <= meant.length;
}

function fromStem(
  typed: string,
  suspicion: Suspicion,
  similar: ReadonlyMap<string, string>,
): string | undefined {
  const stem = searchTerm(typed, 'en');
  const meant = similar.get(stem);
  if (meant === undefined || suspicion === 'acronym') return undefined;
  const isLikely =
    suspicion === 'misspelled'
      ? stem.length >= shortestByStem.misspelled
      : stem.length >= shortestByStem.bySound && soundOf(stem) === soundOf(meant);
  if (!isLikely) return undefined;
  return wordWithStem(meant, typed, stem);
}

/** A word with the stem `meant`, with the ending of the typed one if there can be such a word. */
function wordWithStem(meant: string, typed: string, stem: string): string | undefined {
  let shared = 0;
  while (shared < stem.length && stem[shared] === typed[shared]) shared += 1;
  const endings = [typed.slice(shared), '', 'e', 'y', 'ion', 's', 'ed'];
  return endings.map((ending) => meant + ending).find((word) => searchTerm(word, 'en') === meant);
}
