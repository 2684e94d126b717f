import type { WeightedTerm } from '../../domain/ports.ts';

/** More terms than a long question has; a longer list is cut, the heaviest terms are kept. */
export const maximumTerms = 256;

/**
 * The terms that are searched for, each once, heaviest first, {@link maximumTerms} at most.
 *
 * A term given twice counts with the sum of its weights. Terms without a letter or digit, or with a weight that is not a
 * positive number, are left out.
 */
export function weightedTerms(terms: readonly WeightedTerm[]): WeightedTerm[] {
  const weights = new Map<string, number>();
  for (const { term, weight } of terms) {
    if (!/[\p{L}\p{N}]/u.test(term) || !(weight > 0) || !Number.isFinite(weight)) continue;
    const clean = term.replaceAll('\0', ' ');
    weights.set(clean, (weights.get(clean) ?? 0) + weight);
  }
  return [...weights]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, maximumTerms)
    .map(([term, weight]) => ({ term, weight }));
}
