import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { foldDiacritics } from '../domain/text/fold.ts';
import { searchTerm } from '../domain/text/search-terms.ts';
import { words, type Word } from '../domain/text/words.ts';
import { isStopWord } from './stop-words.ts';
import { correctEnglish } from './typos/correct-english.ts';
import { correctVietnamese } from './typos/correct-vietnamese.ts';

/** A question as it was probably meant. */
export interface CorrectedQuestion {
  /** The question with the corrected words; as asked when there are none. */
  readonly question: string;
  /** The corrected words as typed, with what replaces them. `searchTerm` of that occurs in the index. */
  readonly corrections: ReadonlyMap<string, string>;
}

/** What {@link correctTypos} needs to know. */
export interface TypoOptions {
  readonly index: Pick<PassageIndex, 'generation' | 'documentFrequencies' | 'similarTerms'>;
  readonly question: string;
  readonly language: Language;
  /** Whether a word, in lower case, is a known English one; without it, fewer errors are corrected. */
  readonly isKnownWord?: (word: string) => boolean;
}

/** Most words of one question that are corrected; a text with more is not a question with typing errors. */
const maximumCorrected = 8;

/** Shortest word that is corrected. */
const shortestWord = 4;

/**
 * Replaces the words of a question that occur nowhere in the index and look like typing errors of words that
 * do. Careful rather than thorough: a word wrongly replaced makes a question that nobody asked, and a name
 * that the articles do not have is a reason to decline, not to answer about another.
 */
export async function correctTypos(options: TypoOptions): Promise<CorrectedQuestion> {
  const { index, question, language } = options;
  const asTyped = { question, corrections: new Map<string, string>() };
  if (!index.generation.languages[language]) return asTyped;
  const all = words(question);
  const suspects = await withoutIndexed(
    index,
    all.filter((word) => isSuspect(word, language)),
  );
  if (suspects.length === 0 || suspects.length > maximumCorrected) return asTyped;
  const correct = language === 'en' ? correctEnglish : correctVietnamese;
  const found = await correct({ ...options, all, suspects });
  const corrections = new Map<string, string>();
  let corrected = question;
  for (const word of suspects.toReversed()) {
    const replacement = found.get(word);
    if (replacement === undefined) continue;
    const written = likeTyped(replacement, word.text);
    corrections.set(word.text, written);
    corrected = corrected.slice(0, word.start) + written + corrected.slice(word.end);
  }
  return { question: corrected, corrections };
}

function isSuspect({ text }: Word, language: Language): boolean {
  return text.length >= shortestWord && /^[a-z]+$/u.test(foldDiacritics(text)) && !isStopWord(text, language);
}

/** The words that no article has, in whichever language. */
async function withoutIndexed(index: TypoOptions['index'], suspects: readonly Word[]): Promise<Word[]> {
  const has = async (language: Language) => {
    if (!index.generation.languages[language]) return new Set<string>();
    const terms = suspects.map(({ text }) => searchTerm(text, language));
    const counts = await index.documentFrequencies(terms, language);
    return new Set(suspects.filter((_, at) => counts.has(terms[at] ?? '')).map(({ text }) => text));
  };
  const [english, vietnamese] = await Promise.all([has('en'), has('vi')]);
  return suspects.filter(({ text }) => !english.has(text) && !vietnamese.has(text));
}

/** `word` with the capitals of `typed`. */
function likeTyped(word: string, typed: string): string {
  if (typed === typed.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(typed) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
