import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { normaliseNumber } from '../../domain/text/numbers.ts';
import { searchTerm } from '../../domain/text/search-terms.ts';
import { words } from '../../domain/text/words.ts';
import { isStopWord } from '../../retrieve/stop-words.ts';

/** What a sentence states, as far as rules can tell. All strings are normalised for comparison. */
export interface StatementFacts {
  /** Numbers in digits, months of dates as numbers. */
  readonly numbers: ReadonlySet<string>;
  /** Folded words that are written as names. */
  readonly names: ReadonlySet<string>;
  /** Analysed words that carry a topic, names and numbers apart. */
  readonly content: ReadonlySet<string>;
  readonly negated: boolean;
}

const englishNumbers = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [word, String(value)]),
);

const negations: Record<Language, RegExp> = {
  en: /\b(?:not|no|never|none|neither|nor|without|cannot)\b|n['’]t\b/iu,
  vi: /(?:^|\s)(?:không|chưa|chẳng|chả|đừng)(?:\s|[.,;!?]|$)/iu,
};

/** Reads the facts of one sentence, or of several joined. */
export function statementFacts(text: string, language: Language): StatementFacts {
  const numbers = new Set<string>();
  const names = new Set<string>();
  const content = new Set<string>();
  for (const [index, word] of words(text).entries()) {
    const asNumber = /^\d/u.test(word.text)
      ? normaliseNumber(word.text.replace(/(?<=\d)(?:st|nd|rd|th)$/iu, ''))
      : language === 'en'
        ? englishNumbers.get(word.text.toLowerCase())
        : undefined;
    if (asNumber !== undefined) numbers.add(asNumber);
    else if (isStopWord(word.text, language)) continue;
    else if (index > 0 && /^\p{Lu}/u.test(word.text)) names.add(foldDiacritics(word.text));
    else content.add(searchTerm(word.text, language));
  }
  return { numbers, names, content, negated: negations[language].test(text) };
}

/** Every folded and every analysed word of `text`: what a name or a content word may be met by. */
export function vocabulary(text: string, language: Language): ReadonlySet<string> {
  return new Set(words(text).flatMap((word) => [foldDiacritics(word.text), searchTerm(word.text, language)]));
}
