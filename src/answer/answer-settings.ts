import type { SentenceFeatures } from './candidate.ts';

/** How features of a sentence add up to the belief that it answers; see {@link answerSettings}. */
export type FeatureWeights = Readonly<Record<keyof SentenceFeatures | 'bias', number>>;

/** The numbers that answering is tuned by, in one place. */
export const answerSettings = {
  /**
   * Logistic weights: with the embedding model's understanding of both sides, and by words alone
   * (Vietnamese, and across languages).
   */
  weights: {
    dense: {
      bias: -7.2,
      dense: 4,
      coverage: 3.5,
      context: 2,
      essentials: 1,
      missing: -1,
      kind: 2.6,
      passage: 1,
    },
    lexical: {
      bias: -6.2,
      dense: 0,
      coverage: 4.5,
      context: 2,
      essentials: 1,
      missing: -1,
      kind: 2.6,
      passage: 1.2,
    },
  } satisfies Record<string, FeatureWeights>,
  /** The best sentence must reach this belief, 0–1, or the reply is that the articles do not say. */
  answerThreshold: 0.5,
  /** Below this even a chat model is not asked. */
  chatThreshold: 0.12,
  /** Most sentences of an extractive reply. */
  maximumSentences: 5,
  /** A further sentence must reach this share of the best one's belief … */
  companionShare: 0.85,
  /** … and this belief. */
  companionThreshold: 0.5,
} as const;
