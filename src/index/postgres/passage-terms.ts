import { b, k1 } from '../text/bm25.ts';
import type { PassageTerms } from '../text/term-counter.ts';
import { termNumber, termNumbers } from './term-number.ts';

/** Terms of a passage, about, for the first ranking. */
const averageLength = 100;

/** Most entries of pgvector's sparse vector. */
const mostWeights = 16_000;

const largestSmallint = 32_767;

/** A passage's terms in columns of `passage_terms`, as texts that PostgreSQL casts. */
export interface TermColumns {
  readonly terms: string;
  readonly frequencies: string;
  readonly length: number;
  readonly weights: string;
}

/** Columns of a `passage_terms` row. */
export function termColumns({ counts, length }: PassageTerms): TermColumns {
  const byNumber = new Map<number, number>();
  for (const [term, count] of counts) {
    const number = termNumber(term);
    byNumber.set(number, Math.min((byNumber.get(number) ?? 0) + count, largestSmallint));
  }
  const entries = [...byNumber].toSorted(([one], [other]) => one - other);
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
  const damped = frequency + k1 * (1 - b + (b * length) / averageLength);
  return ((frequency * (k1 + 1)) / damped).toPrecision(4);
}
