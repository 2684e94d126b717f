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
    Array.from({ length }, (_, rank) => (isRelevant(rank) ? 1 / Math.log2(rank + 2) : 0)).reduce(
      (sum, value) => sum + value,
      0,
    );
  const ideal = gain(Math.min(k, relevant), () => true);
  return ideal === 0 ? 0 : gain(k, (rank) => ranking[rank] === true) / ideal;
}

/** Arithmetic mean; `NaN` of nothing, so that an empty group never looks like a score. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
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
