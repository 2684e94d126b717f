import { answerSettings, type FeatureWeights } from './answer-settings.ts';
import type { Candidate } from './candidate.ts';

/** A candidate with the belief, 0–1, that it answers the question. */
export interface RankedCandidate extends Candidate {
  readonly belief: number;
}

/**
 * Candidates by belief, best first; ties keep the order of the evidence.
 *
 * Where a sentence in the question's own language answers, those in the other language stand back: they are
 * harder to read, and rarely say more.
 */
export function rankCandidates(candidates: readonly Candidate[]): RankedCandidate[] {
  const ranked = candidates.map((candidate) => ({ ...candidate, belief: belief(candidate) }));
  const bestOwn = Math.max(0, ...ranked.filter(isOwnLanguage).map((candidate) => candidate.belief));
  const factor = bestOwn >= answerSettings.answerThreshold ? answerSettings.otherLanguageOdds : 1;
  return ranked
    .map((candidate) =>
      isOwnLanguage(candidate) ? candidate : { ...candidate, belief: scaleOdds(candidate.belief, factor) },
    )
    .toSorted((a, b) => b.belief - a.belief);
}

/** The odds of a belief: 1 at one half. */
export function oddsOf(probability: number): number {
  return probability / (1 - probability);
}

function scaleOdds(probability: number, factor: number): number {
  const odds = oddsOf(probability) * factor;
  return odds / (1 + odds);
}

const isOwnLanguage = ({ mode }: Candidate): boolean => mode === 'meaning' || mode === 'words';

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
    (features.essentials < 1 ? weights.lacksEssential : 0);
  return caution(features) / (1 + Math.exp(-logit));
}

/** What no closeness makes up for: the sort of thing asked for is not there, or most of its names are not. */
function caution({ kind, essentials }: Candidate['features']): number {
  const { unmetKind, unmetFocus, doubtfulKind, unmetEssentials } = answerSettings.caution;
  const forKind = kind === 0 ? unmetKind : kind < 0.4 ? unmetFocus : kind < 0.5 ? doubtfulKind : 1;
  return forKind * (essentials <= 0.5 ? unmetEssentials : 1);
}
