import type { Article } from '../../domain/article.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';

/** Parts of a passage with their weight in BM25: a word of the title says more than one of the body. */
export const textColumns = [
  { name: 'title', weight: 3 },
  { name: 'headings', weight: 1.5 },
  { name: 'body', weight: 1 },
] as const;

/** Longest term in UTF-16 code units: nobody asks for what is longer, and PostgreSQL's indexes take 2,700 bytes. */
const longestTerm = 512;

/** The terms of a passage as they are counted for BM25. */
export interface PassageTerms {
  /** Twice the weighted number of times that each occurs: a whole number, as titles weigh 3, headings 1.5 and bodies 1. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of all terms of title, headings and body. */
  readonly length: number;
}

/** Small letters that Unicode's case folding maps to another small one (status C): the same letter to a reader. */
const folds = new Map(
  ['µμ', 'ſs', 'ςσ', 'ϐβ', 'ϑθ', 'ϕφ', 'ϖπ', 'ϰκ', 'ϱρ', 'ϵε'].map((pair) => [
    pair.charAt(0),
    pair.charAt(1),
  ]),
);

/** A term of `searchTerms` as the indexes hold it. */
export function indexedTerm(term: string): string {
  return term.replaceAll(/[µſςϐϑϕϖϰϱϵ]/gu, (letter) => folds.get(letter) ?? letter);
}

/** Counts the terms of an article's passages, each given by its headings and its text. */
export function createTermCounter({
  title,
  language,
}: Pick<Article, 'title' | 'language'>): (headingPath: readonly string[], text: string) => PassageTerms {
  const terms = (text: string) => searchTerms(text, language).filter((term) => term !== '');
  const titleTerms = terms(title);
  return (headingPath, text) => {
    const columns = { title: titleTerms, headings: headingPath.flatMap(terms), body: terms(text) };
    const found = new Map<string, number>();
    let length = 0;
    for (const { name, weight } of textColumns) {
      length += columns[name].length;
      for (const term of columns[name]) found.set(term, (found.get(term) ?? 0) + 2 * weight);
    }
    const counts = new Map<string, number>();
    for (const [term, count] of found) {
      if (term.length > longestTerm) continue;
      const indexed = indexedTerm(term);
      counts.set(indexed, (counts.get(indexed) ?? 0) + count);
    }
    return { counts, length };
  };
}
