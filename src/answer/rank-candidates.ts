import { answerSettings, type FeatureWeights } from './answer-settings.ts';
import { type Candidate, closenessOf } from './candidate.ts';

/** A candidate with how well it fits the question. */
export interface RankedCandidate extends Candidate {
  /** That it answers, 0–1: whether a reply is given at all depends on the highest. */
  readonly belief: number;
  /**
   * Odds, above 0, that among the sentences found it is the one that answers: they are ranked by it. What it lacks
   * weighs less here than in the belief, for some sentence has to come first.
   */
  readonly odds: number;
}

/**
 * Candidates by their odds, best first; ties keep the order of the evidence.
 *
 * Where a sentence in the question's own language answers, those in the other language stand back: they are
 * harder to read, and rarely say more.
 */
export function rankCandidates(candidates: readonly Candidate[]): RankedCandidate[] {
  const isRelated = candidates.some((one) => closenessOf(one) >= answerSettings.relatedCloseness[one.mode]);
  const trust = isRelated ? 1 : answerSettings.caution.unrelated;
  const ranked = candidates.map((candidate) => {
    const logit = logitOf(candidate);
    return {
      ...candidate,
      belief: (trust * caution(candidate.features)) / (1 + Math.exp(-logit)),
      odds: Math.exp(logit + demerit(candidate.features)),
    };
  });
  const isAnswered = isBelieved(ranked.filter(({ isOwnLanguage }) => isOwnLanguage));
  const factor = isAnswered ? answerSettings.otherLanguageOdds : 1;
  return ranked
    .map((one) =>
      one.isOwnLanguage ? one : { ...one, belief: scaleOdds(one.belief, factor), odds: one.odds * factor },
    )
    .toSorted((a, b) => b.odds - a.odds);
}

/** The highest belief in any of the sentences, 0–1; 0 where there is none. */
export function highestBelief(candidates: readonly Pick<RankedCandidate, 'belief'>[]): number {
  return candidates.reduce((highest, { belief }) => Math.max(highest, belief), 0);
}

/** Whether one of the sentences is believed to answer. */
export function isBelieved(candidates: readonly Pick<RankedCandidate, 'belief'>[]): boolean {
  return highestBelief(candidates) >= answerSettings.answerThreshold;
}

function scaleOdds(probability: number, factor: number): number {
  const odds = (probability / (1 - probability)) * factor;
  return odds / (1 + odds);
}

function logitOf({ features, mode }: Candidate): number {
  const weights: FeatureWeights = answerSettings.weights[mode];
  return (
    weights.bias +
    weights.dense * features.dense +
    weights.coverage * features.coverage +
    weights.context * features.context +
    weights.topic * features.topic +
    weights.denseTopic * features.dense * features.topic +
    weights.missing * features.missing +
    weights.passage * features.passage +
    (features.essentials < 1 ? weights.lacksEssential : 0)
  );
}

/** What no closeness makes up for: the sort of thing asked for is not there, or most of its names are not. */
function caution({ kind, essentials }: Candidate['features']): number {
  const { unmetKind, unmetFocus, doubtfulKind, unmetEssentials } = answerSettings.caution;
  const forKind = kind === 0 ? unmetKind : kind < 0.4 ? unmetFocus : kind < 0.5 ? doubtfulKind : 1;
  return forKind * (essentials <= 0.5 ? unmetEssentials : 1);
}

/** The same, as what it takes off the logit by which sentences are ranked. */
function demerit({ kind, essentials }: Candidate['features']): number {
  const { unmetKind, unmetFocus, doubtfulKind, unknownKind, unmetEssentials } = answerSettings.demerit;
  const forKind =
    kind === 0
      ? unmetKind
      : kind < 0.4
        ? unmetFocus
        : kind < 0.5
          ? doubtfulKind
          : kind === 0.5
            ? unknownKind
            : 0;
  return forKind + (essentials <= 0.5 ? unmetEssentials : 0);
}
