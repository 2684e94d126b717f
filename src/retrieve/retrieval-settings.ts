import type { Language } from '../domain/language.ts';

/** The numbers that retrieval is tuned by, in one place. */
export const retrievalSettings = {
  /** Passages that each retriever contributes before fusion. */
  candidates: 100,
  /** Share of the dense score in the fusion, by the articles' language, for questions in that language. */
  denseWeight: { en: 0.55, vi: 0 } satisfies Record<Language, number>,
  /** The same for a question in another language, where the dense side sees a word-by-word gloss. */
  crossLanguageDenseWeight: 0.4,
  /** The same where the embedding model is multilingual. */
  multilingualDenseWeight: 0.6,
  /** Factor on the scores of articles in another language than the question's. */
  otherLanguageFactor: 0.85,
  /** Weight of the question as asked, over articles in another language, beside 1 for its translation. */
  untranslatedWeight: 0.5,
  /** Weight of the question in its conversation (previous question + question) beside 1 for it alone. */
  conversationWeight: 1,
  /** Weight of the best of a question's parts beside 1 for the whole question. */
  partsWeight: 1,
  /** Passages whose sentences are measured; the rest keep their fused order behind them. */
  rerankPool: 30,
  /** Share of the places that one article may fill while others score at least that share of the best. */
  diversity: { share: 0.5, least: 0.5 },
  /** Weights of the fused score and of the best sentence's signals, with and without the dense side. */
  rerank: {
    withDense: { fused: 0.5, dense: 0.1, context: 0.4 },
    wordsOnly: { fused: 0.8, dense: 0, context: 0.2 },
  },
} as const;
