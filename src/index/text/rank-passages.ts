import { largestFactor, type Bm25 } from './bm25.ts';
import type { PostingsReader, StoredTerm } from './postings-reader.ts';
import { type ScoreBoard, thresholdOf } from './score-board.ts';

/** A term of a question. */
export interface AskedTerm extends StoredTerm {
  /** What the question gives it. */
  readonly weight: number;
  /** See `Bm25.rarity`. */
  readonly rarity: number;
}

/** What {@link rankPassages} ranks by. */
export interface Ranking {
  readonly bm25: Bm25;
  /** Number of terms of each passage, by key. */
  readonly lengths: Uint32Array;
  readonly postings: PostingsReader;
  /** Cleared, and with room for every key. */
  readonly board: ScoreBoard;
}

/** A passage with its score. */
export interface RankedPassage {
  readonly key: number;
  readonly score: number;
}

/** Sums in another order differ in the last digits: what is nearer to the last place than this is measured exactly. */
const roundingError = 1e-9;

/**
 * The `limit` best passages by BM25, equal ones by key: the very ones that adding up all terms of all passages gives.
 *
 * Terms are taken by what they can add at most, the most first, and only until passages with none of them cannot get among
 * the best; what is left is asked of the passages known by then, fewer from term to term (MaxScore: H. Turtle, J. Flood,
 * Query evaluation: strategies and optimizations, 1995).
 *
 * @param terms - in the order in which contributions are added up, so that scores are the same whatever is left out.
 * @param allowed - keys to choose from; all when absent.
 */
export function rankPassages(
  ranking: Ranking,
  terms: readonly AskedTerm[],
  limit: number,
  allowed?: { has(key: number): boolean },
): RankedPassage[] {
  const { board } = ranking;
  const ordered = terms.toSorted((a, b) => boundOf(b) - boundOf(a));
  const ahead = sumsFromEnd(ordered.map(boundOf));
  let threshold = 0;
  for (const [index, term] of ordered.entries()) {
    const open = (ahead[index] ?? 0) * (1 + roundingError);
    threshold = Math.max(threshold, thresholdOf(board, limit));
    if (open < threshold) dropHopeless(board, threshold - open);
    if (open < threshold) addToKnown(ranking, term);
    else addToAll(ranking, term, allowed);
  }
  threshold = Math.max(threshold, thresholdOf(board, limit));
  dropHopeless(board, threshold);
  return exactly(ranking, terms, limit);
}

const boundOf = ({ weight, rarity }: AskedTerm): number => weight * rarity * largestFactor;

function sumsFromEnd(values: readonly number[]): number[] {
  let sum = 0;
  return values
    .toReversed()
    .map((value) => (sum += value))
    .toReversed();
}

function addToAll(
  { bm25, lengths, postings, board }: Ranking,
  term: AskedTerm,
  allowed: { has(key: number): boolean } | undefined,
): void {
  const { keys, counts } = postings.all(term);
  const { sums, keys: known } = board;
  const scale = term.weight * term.rarity;
  let { count } = board;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    const sum = sums[key] ?? 0;
    if (sum === 0) {
      if (allowed && !allowed.has(key)) continue;
      known[count] = key;
      count += 1;
    }
    sums[key] = sum + scale * bm25.factor(counts[index] ?? 0, lengths[key] ?? 0);
  }
  board.count = count;
}

function addToKnown({ bm25, lengths, postings, board }: Ranking, term: AskedTerm): void {
  const { sums, keys, count } = board;
  const counter = postings.counter(term, count);
  const scale = term.weight * term.rarity;
  for (let index = 0; index < count; index += 1) {
    const key = keys[index] ?? 0;
    const found = counter(key);
    if (found > 0) sums[key] = (sums[key] ?? 0) + scale * bm25.factor(found, lengths[key] ?? 0);
  }
}

/** Takes what has less than `least` from the board. */
function dropHopeless(board: ScoreBoard, least: number): void {
  const { sums, keys } = board;
  const smallest = least * (1 - roundingError);
  let kept = 0;
  for (let index = 0; index < board.count; index += 1) {
    const key = keys[index] ?? 0;
    if ((sums[key] ?? 0) >= smallest) {
      keys[kept] = key;
      kept += 1;
    } else {
      sums[key] = 0;
    }
  }
  board.count = kept;
}

function exactly(
  { bm25, lengths, postings, board }: Ranking,
  terms: readonly AskedTerm[],
  limit: number,
): RankedPassage[] {
  const found = board.keys.slice(0, board.count).toSorted();
  const scores = new Float64Array(found.length);
  for (const term of terms) {
    const counter = postings.counter(term, found.length);
    for (const [index, key] of found.entries()) {
      const count = counter(key);
      if (count === 0) continue;
      scores[index] =
        (scores[index] ?? 0) + term.weight * (term.rarity * bm25.factor(count, lengths[key] ?? 0));
    }
  }
  return Array.from(found, (key, index) => ({ key, score: scores[index] ?? 0 }))
    .toSorted((a, b) => b.score - a.score || a.key - b.key)
    .slice(0, limit);
}
