import { frameOf, sentenceText } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { Translations } from '../retrieve/retriever.ts';
import type { SentenceSignals } from '../retrieve/sentence-signals.ts';
import { expectationOf } from './expect/expectation.ts';
import { meetsExpectation } from './expect/meets-expectation.ts';
import type { SourceSentence } from './source-sentence.ts';

/** What is known of a stored sentence that may answer a question. Every feature lies in 0–1. */
export interface SentenceFeatures extends SentenceSignals {
  /** 1 when the sentence holds the sort of thing asked for, 0 when not, between where no rule can tell. */
  readonly kind: number;
  /** Relevance of the passage. */
  readonly passage: number;
}

/**
 * What a sentence is judged by, with a question in the article's language, asked or translated by a model, or in
 * another: its `meaning`, where the embedding model knows both languages; a word-by-word
 * `gloss` of the question, where it knows the article's only; its `words`, where it knows neither; words
 * `translated` one by one, where the languages differ as well.
 */
export type CandidateMode = 'meaning' | 'gloss' | 'words' | 'translated';

/** A stored sentence that may answer a question. */
export interface Candidate extends SourceSentence {
  readonly text: string;
  readonly mode: CandidateMode;
  /** Whether the article is in the language that the question was asked in. */
  readonly isOwnLanguage: boolean;
  readonly features: SentenceFeatures;
}

/**
 * Every quotable sentence of the evidence. Headings are context, never candidates.
 *
 * @param context - the question before, which tells what is asked for where the question itself does not.
 * @param translations - articles in these languages are judged by what the translation asks for.
 */
export function collectCandidates(
  question: string,
  language: Language,
  pool: readonly MeasuredEvidence[],
  context?: string,
  translations: Translations = {},
): Candidate[] {
  const own = expectationOf(question, language);
  const asked = own.kind === 'other' && context !== undefined ? expectationOf(context, language) : own;
  return pool.flatMap((evidence) => {
    const { language: articleLanguage } = evidence.article;
    const translation = translations[articleLanguage];
    const isOwnLanguage = articleLanguage === language;
    const mode = modeOf(evidence, isOwnLanguage || translation !== undefined);
    const demand =
      translation === undefined
        ? { expectation: asked, question, questionLanguage: language }
        : {
            expectation: expectationOf(translation, articleLanguage),
            question: translation,
            questionLanguage: articleLanguage,
          };
    return evidence.passage.sentences.flatMap((sentence, index) => {
      const signals = evidence.signalsOfSentences[index];
      if (sentence.heading || !signals) return [];
      const text = sentenceText(evidence, sentence);
      const features = {
        ...signals,
        kind: meetsExpectation({
          sentence: text,
          frame: frameOf(evidence.article.title, evidence.passage.headingPath),
          passage: evidence.text,
          language: articleLanguage,
          ...demand,
        }),
        passage: evidence.score,
      };
      return [{ evidence, sentence, text, mode, isOwnLanguage, features }];
    });
  });
}

/** @param isSame - whether the question, or its translation, is in the article's language. */
function modeOf(evidence: MeasuredEvidence, isSame: boolean): CandidateMode {
  if (evidence.signalsOfSentences.some(({ dense }) => dense > 0)) return isSame ? 'meaning' : 'gloss';
  return isSame ? 'words' : 'translated';
}

/** What it adds, where the meaning is not known, that a passage holds all of the question's names and numbers. */
const allNames = 0.15;

/** How near a sentence and what stands around it come to the question: 0–2, and 0–1.15 without the meaning. */
export function closenessOf({ features, mode }: Pick<Candidate, 'features' | 'mode'>): number {
  if (mode === 'meaning' || mode === 'gloss') return features.dense + features.context;
  // Without names in the question, its topic is all of it.
  const isNamed = features.essentials === 1 && features.topic !== features.coverage;
  return features.context + (isNamed ? allNames : 0);
}
