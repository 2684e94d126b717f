import { frameOf, sentenceText } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
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
 * What a sentence is judged by: its `meaning`, where the embedding model knows both languages; a word-by-word
 * `gloss` of the question, where it knows the article's only; its `words`, where it knows neither; words
 * `translated` one by one, where the languages differ as well.
 */
export type CandidateMode = 'meaning' | 'gloss' | 'words' | 'translated';

/** A stored sentence that may answer a question. */
export interface Candidate extends SourceSentence {
  readonly text: string;
  readonly mode: CandidateMode;
  readonly features: SentenceFeatures;
}

/**
 * Every quotable sentence of the evidence. Headings are context, never candidates.
 *
 * @param context - the question before, which tells what is asked for where the question itself does not.
 */
export function collectCandidates(
  question: string,
  language: Language,
  pool: readonly MeasuredEvidence[],
  context?: string,
): Candidate[] {
  const own = expectationOf(question, language);
  const expectation = own.kind === 'other' && context !== undefined ? expectationOf(context, language) : own;
  return pool.flatMap((evidence) =>
    evidence.passage.sentences.flatMap((sentence, index) => {
      const signals = evidence.signalsOfSentences[index];
      if (sentence.heading || !signals) return [];
      const text = sentenceText(evidence, sentence);
      const features = {
        ...signals,
        kind: meetsExpectation({
          sentence: text,
          frame: frameOf(evidence.article.title, evidence.passage.headingPath),
          language: evidence.article.language,
          expectation,
          question,
          questionLanguage: language,
        }),
        passage: evidence.score,
      };
      return [{ evidence, sentence, text, mode: modeOf(evidence, language), features }];
    }),
  );
}

function modeOf(evidence: MeasuredEvidence, questionLanguage: Language): CandidateMode {
  const isSame = evidence.article.language === questionLanguage;
  if (evidence.signalsOfSentences.some(({ dense }) => dense > 0)) return isSame ? 'meaning' : 'gloss';
  return isSame ? 'words' : 'translated';
}
