import type { Article } from '../../domain/article.ts';
import { searchTerms } from '../../domain/text/search-terms.ts';
import { textColumns } from '../article-schema.ts';
import { termNumber, termNumbers } from './term-number.ts';

/** Parameters of BM25 as FTS5 has them, and an average length for the first ranking. */
const bm25 = { k1: 1.2, b: 0.75, averageLength: 100 } as const;

/** Longest term in UTF-16 code units: an index of the database takes 2,700 bytes, and nobody asks for what is longer. */
const longestTerm = 512;

/** Most entries of pgvector's sparse vector. */
const mostWeights = 16_000;

const largestSmallint = 32_767;

/** The terms of a passage as they are counted for BM25. */
export interface PassageTerms {
  /** Twice the weighted number of times that each occurs: a whole number, as titles weigh 3, headings 1.5 and bodies 1. */
  readonly counts: ReadonlyMap<string, number>;
  /** Number of all terms of title, headings and body. */
  readonly length: number;
}

/** A passage's terms in columns of `passage_terms`, as texts that PostgreSQL casts. */
export interface TermColumns {
  readonly terms: string;
  readonly frequencies: string;
  readonly length: number;
  readonly weights: string;
}

/** Letters that SQLite's tokenizer folds although they are small ones already (Unicode's case folding, status C). */
const folds = new Map(
  ['µμ', 'ſs', 'ςσ', 'ϐβ', 'ϑθ', 'ϕφ', 'ϖπ', 'ϰκ', 'ϱρ', 'ϵε'].map((pair) => [
    pair.charAt(0),
    pair.charAt(1),
  ]),
);

/** A term of `searchTerms` as the local engine's tokenizer writes it, so that both find the same. */
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
    const counts = new Map<string, number>();
    let length = 0;
    for (const { name, weight } of textColumns) {
      length += columns[name].length;
      for (const term of columns[name]) {
        if (term.length > longestTerm) continue;
        const indexed = indexedTerm(term);
        counts.set(indexed, (counts.get(indexed) ?? 0) + 2 * weight);
      }
    }
    return { counts, length };
  };
}

/** Columns of a `passage_terms` row. */
export function termColumns({ counts, length }: PassageTerms): TermColumns {
  const byNumber = new Map<number, number>();
  for (const [term, count] of counts) {
    const number = termNumber(term);
    byNumber.set(number, Math.min((byNumber.get(number) ?? 0) + count, largestSmallint));
  }
  const entries = [...byNumber].toSorted(([a], [b]) => a - b);
  const weights = entries.map(([number, count]) => `${number}:${firstWeight(count / 2, length)}`);
  return {
    terms: `{${entries.map(([number]) => number).join(',')}}`,
    frequencies: `{${entries.map(([, count]) => count).join(',')}}`,
    length,
    weights: `{${weights.slice(0, mostWeights).join(',')}}/${termNumbers}`,
  };
}

/** What BM25 multiplies with a term's rarity, with four digits: it orders candidates and nothing else. */
function firstWeight(frequency: number, length: number): string {
  const { k1, b, averageLength } = bm25;
  const damped = frequency + k1 * (1 - b + (b * length) / averageLength);
  return ((frequency * (k1 + 1)) / damped).toPrecision(4);
}
