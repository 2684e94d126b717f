import type { WeightedTerm } from '../domain/ports.ts';

/**
 * One thing that a question asks about, as it may stand in an article: a word, or a phrase with its
 * translations. Any alternative will do; an alternative is met when all of its terms are.
 */
export interface TermGroup {
  /** The words of the question that the group stands for. */
  readonly source: string;
  /** Analysed terms (see `searchTerms`), the best alternative first. */
  readonly alternatives: readonly (readonly string[])[];
  /** Proper names and numbers: what an answer cannot do without. */
  readonly essential: boolean;
  /** Relative importance, 0–1. */
  readonly weight: number;
}

/** A question as it is searched for among the articles of one language. */
export interface QueryPlan {
  readonly groups: readonly TermGroup[];
  /** The terms of all groups for full-text search. */
  readonly terms: readonly WeightedTerm[];
  /** Text for the embedding model; absent where the model does not know the language. */
  readonly dense?: string;
}

/** Share by which each further alternative of a group counts less in full-text search. */
const alternativeDecay = 0.5;

/** The groups' terms with weights; a term that several groups share keeps its highest weight. */
export function weightedTerms(groups: readonly TermGroup[]): WeightedTerm[] {
  const weights = new Map<string, number>();
  for (const group of groups) {
    for (const [rank, terms] of group.alternatives.entries()) {
      const weight = group.weight * (rank === 0 ? 1 : alternativeDecay);
      for (const term of terms) weights.set(term, Math.max(weights.get(term) ?? 0, weight));
    }
  }
  return Array.from(weights, ([term, weight]) => ({ term, weight }));
}
