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
   * Logistic regression on the sentences of the first eight passages that hold the sort of thing asked for, by
   * what is known of a sentence. Fitted on the golden set and on public sets (squad2_dev and xquad_en; xquad_vi
   * and mlqa_vi_dev; xquad_vi2en). The bias is set so that a belief of one half is where the reply turns from
   * declining to answering: about 7 % of answerable questions wrongly declined on these sets.
   */
  weights: {
    meaning: {
      bias: -5.6,
      dense: 1.86,
      coverage: 2.46,
      context: 1.1,
      topic: 0.56,
      denseTopic: 1.16,
      missing: 0.87,
      passage: 3,
      lacksEssential: -0.54,
    },
    gloss: {
      bias: -5.2,
      dense: 2.41,
      coverage: 3.35,
      context: 0.22,
      topic: 1,
      denseTopic: 1.19,
      missing: 0.82,
      passage: 2.86,
      lacksEssential: -0.49,
    },
    words: {
      bias: -3.6,
      dense: 0,
      coverage: 4.1,
      context: 0.13,
      topic: 2.29,
      denseTopic: 0,
      missing: -0.78,
      passage: 4.03,
      lacksEssential: -0.12,
    },
    translated: {
      bias: -4.4,
      dense: 0,
      coverage: 5.54,
      context: -0.81,
      topic: 0.95,
      denseTopic: 0,
      missing: 0.82,
      passage: 2.17,
      lacksEssential: 0,
    },
  } satisfies Record<CandidateMode, FeatureWeights>,
  /**
   * Factors on the belief in a sentence that lacks the sort of thing asked for, that lacks the word for it, that
   * shows only a weak sign of it, and whose passage lacks half of the question's names and numbers.
   */
  caution: { unmetKind: 0.3, unmetFocus: 0.55, doubtfulKind: 0.75, unmetEssentials: 0.4, unrelated: 0.4 },
  /**
   * What the same lacks take off the logit by which sentences are ranked, from a logistic regression on the public
   * sets. Ranked so instead of by belief, the first sentence is the right one for 80 instead of 77 % of squad2_dev's
   * questions, 85 instead of 84 % of xquad_en's and 82 instead of 80 % of xquad_vi's.
   */
  demerit: { unmetKind: -2, unmetFocus: -1.1, doubtfulKind: -1.1, unknownKind: -0.2, unmetEssentials: -0.9 },
  /**
   * At least one sentence must come this near to the question, on the scale of `closenessOf`, or the articles are
   * about something else. Of 226 questions about other subjects, a floor of 0.6 on the meaning turns 33 more away.
   */
  relatedCloseness: { meaning: 0.6, gloss: 0.6, words: 0.3, translated: 0.4 } satisfies Record<
    CandidateMode,
    number
  >,
  /** The best sentence must reach this belief, 0–1, or the reply is that the articles do not say. */
  answerThreshold: 0.5,
  /** Below this even a chat model is not asked. */
  chatThreshold: 0.15,
  /** Factor on the odds of sentences of the other language where one in the question's language answers. */
  otherLanguageOdds: 0.35,
  /** Most sentences of an extractive reply to a question that asks for one thing … */
  maximumSentences: 4,
  /** … to each part of one that asks for several … */
  maximumOfPart: 3,
  /** … and to one that asks for a list. */
  maximumItems: 12,
  /**
   * A further sentence must reach this share of the best one's odds. Measured on the golden set, squad2_dev and
   * xquad_vi: the answer is in the best sentence for 78–83 % of the questions, and among 2.0–2.7 sentences chosen
   * so for 92–95 %.
   */
  companionOdds: 0.15,
  /** Share of the best one's odds at which a sentence leads in its place, where that only repeats the question. */
  tellingOdds: 0.4,
  /** … and one in another language than the best one this share. */
  foreignCompanionOdds: 0.4,
  /** Sentences that may contradict the answer reach this share of the best one's belief. */
  disagreementShare: 0.3,
} as const;
