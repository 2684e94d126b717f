/** Whether each result of a ranked list is relevant, best result first. */
export type Relevance = readonly boolean[];

/** Share of the `relevant` items that stand among the first `k`. */
export function recallAt(ranking: Relevance, k: number, relevant: number): number {
  return relevant === 0 ? 0 : Math.min(1, ranking.slice(0, k).filter(Boolean).length / relevant);
}

/** 1 divided by the rank of the first relevant result; 0 without one (Voorhees, TREC-8). */
export function reciprocalRank(ranking: Relevance): number {
  const rank = ranking.indexOf(true);
  return rank === -1 ? 0 : 1 / (rank + 1);
}

/** Normalised discounted cumulative gain with binary gains (Järvelin & Kekäläinen, 2002). */
export function ndcgAt(ranking: Relevance, k: number, relevant: number): number {
  const gain = (length: number, isRelevant: (rank: number) => boolean) =>
    sum(Array.from({ length }, (_, rank) => (isRelevant(rank) ? 1 / Math.log2(rank + 2) : 0)));
  const ideal = gain(Math.min(k, relevant), () => true);
  return ideal === 0 ? 0 : gain(k, (rank) => ranking[rank] === true) / ideal;
}

/** The sum; 0 of nothing. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Arithmetic mean; `NaN` of nothing, so that an empty group never looks like a score. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The value below which the share `p` (0–1) of the values lies (nearest rank). */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative (ties count half).
 */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const positive of positives) {
    for (const negative of negatives) {
      wins += positive > negative ? 1 : positive === negative ? 0.5 : 0;
    }
  }
  return wins / (positives.length * negatives.length);
}

/** What declining below a threshold does; see {@link declineTradeOff}. */
export interface DeclineTradeOff {
  readonly threshold: number;
  /** Share of the unanswerable questions that are declined, as they should be. */
  readonly declined: number;
  /** Share of the answerable questions that are declined, as they should not be. */
  readonly lost: number;
}

/**
 * The highest threshold at which at most the share `maximumLost` (0–1) of the answerable questions is declined,
 * and what it does. A question is declined when its score lies below the threshold.
 */
export function declineTradeOff(
  answerable: readonly number[],
  unanswerable: readonly number[],
  maximumLost: number,
): DeclineTradeOff {
  const sorted = answerable.toSorted((a, b) => a - b);
  const threshold = sorted[Math.floor(maximumLost * sorted.length)] ?? Number.POSITIVE_INFINITY;
  const below = (scores: readonly number[]) => mean(scores.map((score) => (score < threshold ? 1 : 0)));
  return { threshold, declined: below(unanswerable), lost: below(answerable) };
}
