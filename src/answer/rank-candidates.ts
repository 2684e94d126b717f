import { answerSettings, type FeatureWeights } from './answer-settings.ts';
import type { Candidate } from './candidate.ts';

/** A candidate with the belief, 0–1, that it answers the question. */
export interface RankedCandidate extends Candidate {
  readonly belief: number;
}

/** Candidates by belief, best first; ties keep the order of the evidence. */
export function rankCandidates(candidates: readonly Candidate[]): RankedCandidate[] {
  return candidates
    .map((candidate) => ({ ...candidate, belief: belief(candidate) }))
    .toSorted((a, b) => b.belief - a.belief);
}

function belief({ features, mode }: Candidate): number {
  const weights: FeatureWeights = answerSettings.weights[mode];
  const logit =
    weights.bias +
    weights.dense * features.dense +
    weights.coverage * features.coverage +
    weights.context * features.context +
    weights.topic * features.topic +
    weights.denseTopic * features.dense * features.topic +
    weights.missing * features.missing +
    weights.passage * features.passage +
    (features.kind === 0 ? weights.unexpected : 0) +
    (features.essentials < 1 ? weights.lacksEssential : 0);
  return 1 / (1 + Math.exp(-logit));
}
