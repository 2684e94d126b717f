import type { Evidence } from '../domain/evidence.ts';
import { minMax } from './min-max.ts';
import { retrievalSettings } from './retrieval-settings.ts';
import type { SentenceSignals } from './sentence-signals.ts';

/** Evidence with the signals of each of its sentences, in their order. */
export interface MeasuredEvidence extends Evidence {
  readonly signalsOfSentences: readonly SentenceSignals[];
}

/**
 * Blends the fused score with the best sentence of each passage: a passage that holds one sentence close to the
 * question beats one that touches on it everywhere (a cheap form of late interaction).
 *
 * @returns best first, with scores in 0–1.
 */
export function rerank(pool: readonly MeasuredEvidence[]): MeasuredEvidence[] {
  const bestDense = pool.map((item) => best(item, 'dense'));
  const bestContext = pool.map((item) => best(item, 'context'));
  const { withDense, wordsOnly } = retrievalSettings.rerank;
  const weights = bestDense.some((value) => value > 0) ? withDense : wordsOnly;
  const normaliseDense = minMax(bestDense, 0);
  const normaliseContext = minMax(bestContext, 0);
  return pool
    .map((item, index) => ({
      ...item,
      score:
        weights.fused * item.score +
        weights.dense * normaliseDense(bestDense[index] ?? 0) +
        weights.context * normaliseContext(bestContext[index] ?? 0),
    }))
    .toSorted((a, b) => b.score - a.score);
}

function best(item: MeasuredEvidence, signal: 'dense' | 'context'): number {
  return Math.max(0, ...item.signalsOfSentences.map((signals) => signals[signal]));
}
