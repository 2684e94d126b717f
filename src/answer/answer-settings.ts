import type { CandidateMode } from './candidate.ts';

/** How the features of a sentence add up to the logit of the belief that it answers. */
export interface FeatureWeights {
  readonly bias: number;
  readonly dense: number;
  readonly coverage: number;
  readonly context: number;
  readonly topic: number;
  /** Of the product of `dense` and `topic`: close in meaning and in words. */
  readonly denseTopic: number;
  readonly missing: number;
  readonly passage: number;
  /** Where the passage lacks a name or number of the question. */
  readonly lacksEssential: number;
}

/** The numbers that answering is tuned by, in one place. */
export const answerSettings = {
  /**
   * Logistic regression on the sentences of the first eight passages, by what is known of a sentence. Fitted on
   * the golden set and on public sets (squad2_dev and xquad_en; xquad_vi and mlqa_vi_dev; xquad_vi2en);
   * `lacksEssential` was raised by hand, because a
   * name that is not met must not be answered about. The bias is
   * set so that a belief of one half is where the reply turns from declining to answering.
   */
  weights: {
    meaning: {
      bias: -3.25,
      dense: 1.55,
      coverage: 1.71,
      context: 0.46,
      topic: 0.63,
      denseTopic: 1.12,
      missing: -0.33,
      passage: 2.12,
      lacksEssential: -2.6,
    },
    gloss: {
      bias: -3.8,
      dense: 2.72,
      coverage: 1.79,
      context: 0.24,
      topic: 0.88,
      denseTopic: 1.3,
      missing: -0.18,
      passage: 2.73,
      lacksEssential: -2,
    },
    words: {
      bias: -1.8,
      dense: 0,
      coverage: 2.91,
      context: 1.86,
      topic: 2.54,
      denseTopic: 0,
      missing: -1.87,
      passage: 2.2,
      lacksEssential: -2,
    },
    translated: {
      bias: -3.1,
      dense: 0,
      coverage: 3.39,
      context: 1.08,
      topic: 0.22,
      denseTopic: 0,
      missing: 0,
      passage: 1.36,
      lacksEssential: -2,
    },
  } satisfies Record<CandidateMode, FeatureWeights>,
  /**
   * Factors on the belief in a sentence that lacks the sort of thing asked for, that lacks the word for it, that
   * shows only a weak sign of it, and whose passage lacks half of the question's names and numbers.
   */
  caution: { unmetKind: 0.3, unmetFocus: 0.55, doubtfulKind: 0.75, unmetEssentials: 0.4 },
  /** The best sentence must reach this belief, 0–1, or the reply is that the articles do not say. */
  answerThreshold: 0.5,
  /** Below this even a chat model is not asked. */
  chatThreshold: 0.15,
  /** Factor on the belief in sentences of the other language where one in the question's language answers. */
  otherLanguageFactor: 0.85,
  /** Most sentences of an extractive reply. */
  maximumSentences: 5,
  /** A further sentence must reach this share of the best one's odds … */
  companionOdds: 0.4,
  /** … and this belief. */
  companionThreshold: 0.55,
  /** Sentences that may contradict the answer reach this share of the best one's belief. */
  disagreementShare: 0.3,
} as const;
