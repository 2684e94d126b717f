import type { Language } from '../../domain/language.ts';
import { foldDiacritics } from '../../domain/text/fold.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import type { Glossary } from '../../retrieve/glossary.ts';
import { longestExonym, toEnglish, toVietnamese } from './exonyms.ts';
import { englishGroups } from './paraphrases.ts';
import type { Token } from './tokens.ts';

/** A word, or a run of words that the glossary knows, with what may stand for it in a text. */
export interface Notion {
  /** First and last word, as indexes of the tokens. */
  readonly first: number;
  readonly last: number;
  /** Phrases of analysed words in the language that it is looked for in. */
  readonly phrases: readonly string[];
  /** Whether absence can be told: across languages only what is translated can be missed. */
  readonly judged: boolean;
  /** The word list knows it as a name. */
  readonly proper: boolean;
}

/** A text in which notions are looked for. */
export interface NotionText {
  readonly terms: ReadonlySet<string>;
  /** The analysed words with a space around each. */
  readonly joined: string;
}

/** Translations taken of an entry, and of each of those on the way back. */
const maxSenses = 5;
const maxReturns = 8;
const glossaryWindow = 8;

/** Makes a text searchable for notions. */
export function notionText(tokens: readonly Token[]): NotionText {
  return {
    terms: new Set(tokens.map(({ term }) => term)),
    joined: ` ${tokens.map(({ term }) => term).join(' ')} `,
  };
}

/** Whether the text holds the notion, or a word of the same root. */
export function holds(text: NotionText, { phrases }: Notion): boolean {
  return phrases.some((phrase) =>
    phrase.includes(' ')
      ? text.joined.includes(` ${phrase} `) || phrase.split(' ').every((term) => text.terms.has(term))
      : text.terms.has(phrase) || (phrase.length > 5 && text.joined.includes(` ${root(phrase)}`)),
  );
}

/** Stems that differ by a suffix meet: `innovat` and `innov`. */
const root = (term: string): string => term.slice(0, Math.max(5, term.length - 3));

/**
 * Splits tokens into notions for a search in texts of `target`. Within a language a notion also stands for the
 * words that share a translation with it.
 */
export function readNotions(
  tokens: readonly Token[],
  language: Language,
  target: Language,
  glossary: Glossary | undefined,
): Notion[] {
  const notions: Notion[] = [];
  for (let at = 0; at < tokens.length;) {
    const notion = notionAt(tokens, at, language, target, glossary);
    notions.push(notion);
    at = notion.last + 1;
  }
  return notions;
}

function notionAt(
  tokens: readonly Token[],
  at: number,
  language: Language,
  target: Language,
  glossary: Glossary | undefined,
): Notion {
  const token = tokens[at];
  const own = token?.term ?? '';
  const across = language !== target;
  if (across) {
    const exonym = exonymAt(tokens, at, language);
    if (exonym)
      return {
        first: at,
        last: at + exonym.length - 1,
        phrases: analysed(exonym.names, target),
        judged: true,
        proper: true,
      };
  }
  const window = tokens.slice(at, at + glossaryWindow).map(({ text }) => text);
  const outward = language === 'vi' ? 'vi-en' : 'en-vi';
  const match = token && !token.stop ? glossary?.match(0, window, outward) : undefined;
  if (!match || !glossary) {
    const folded = token?.folded ?? '';
    const grouped = across || language === 'vi' ? [] : (englishGroups.get(own) ?? []);
    return { first: at, last: at, phrases: [own, folded, ...grouped], judged: !across, proper: false };
  }
  const last = at + match.length - 1;
  const senses = match.translations.slice(0, maxSenses);
  const proper = senses.some((sense) => /^\p{Lu}/u.test(sense));
  if (across) {
    return {
      first: at,
      last,
      phrases: [...analysed(senses, target), ...(match.length === 1 ? [own] : [])],
      judged: true,
      proper,
    };
  }
  const inward = language === 'vi' ? 'en-vi' : 'vi-en';
  const returned = senses.slice(0, 3).flatMap((sense) => {
    const texts = sense.split(/\s+/u);
    const back = glossary.match(0, texts, inward);
    return back?.length === texts.length ? back.translations.slice(0, maxReturns) : [];
  });
  const phrase = tokens.slice(at, last + 1).map(({ term }) => term);
  const grouped = match.length === 1 ? (englishGroups.get(own) ?? []) : [];
  return {
    first: at,
    last,
    phrases: [phrase.join(' '), ...grouped, ...analysed(returned, target)],
    judged: true,
    proper,
  };
}

function exonymAt(tokens: readonly Token[], at: number, language: Language) {
  const table = language === 'vi' ? toEnglish : toVietnamese;
  for (let length = Math.min(longestExonym, tokens.length - at); length > 0; length -= 1) {
    const run = tokens.slice(at, at + length);
    const key = run.map(({ text }) => foldDiacritics(text)).join(' ');
    const names = table.get(key) ?? table.get(run.map(({ folded }) => folded).join(' '));
    if (names && (length > 1 || run[0]?.capital)) return { length, names };
  }
  return undefined;
}

function analysed(phrases: readonly string[], language: Language): string[] {
  return phrases.map((phrase) =>
    searchTerms(phrase, language)
      .filter((term) => !term.includes('_'))
      .join(' '),
  );
}
