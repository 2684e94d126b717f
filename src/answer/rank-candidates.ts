import { answerSettings, type FeatureWeights } from './answer-settings.ts';
import type { Candidate, SentenceFeatures } from './candidate.ts';

/** A candidate with the belief, 0–1, that it answers the question. */
export interface RankedCandidate extends Candidate {
  readonly belief: number;
}

/** Candidates by belief, best first; ties keep the order of the evidence. */
export function rankCandidates(candidates: readonly Candidate[]): RankedCandidate[] {
  return candidates
    .map((candidate) => ({ ...candidate, belief: belief(candidate.features) }))
    .toSorted((a, b) => b.belief - a.belief);
}

function belief(features: SentenceFeatures): number {
  const weights: FeatureWeights =
    features.dense > 0 ? answerSettings.weights.dense : answerSettings.weights.lexical;
  const logit =
    weights.bias +
    weights.dense * features.dense +
    weights.coverage * features.coverage +
    weights.context * features.context +
    weights.essentials * features.essentials +
    weights.missing * features.missing +
    weights.kind * features.kind +
    weights.passage * features.passage;
  return 1 / (1 + Math.exp(-logit));
}
