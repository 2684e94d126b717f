import { sentenceText } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { MeasuredEvidence } from '../retrieve/rerank.ts';
import type { SentenceSignals } from '../retrieve/sentence-signals.ts';
import { answerKind, holdsKind } from './answer-kind.ts';
import type { SourceSentence } from './source-sentence.ts';

/** What is known of a stored sentence that may answer a question. Every feature lies in 0–1. */
export interface SentenceFeatures extends SentenceSignals {
  /** 1 when the sentence holds the sort of thing asked for, or nothing particular is. */
  readonly kind: number;
  /** Relevance of the passage. */
  readonly passage: number;
}

/** A stored sentence that may answer a question. */
export interface Candidate extends SourceSentence {
  readonly text: string;
  readonly features: SentenceFeatures;
}

/** Every quotable sentence of the evidence. Headings are context, never candidates. */
export function collectCandidates(
  question: string,
  language: Language,
  pool: readonly MeasuredEvidence[],
): Candidate[] {
  const kind = answerKind(question, language);
  return pool.flatMap((evidence) =>
    evidence.passage.sentences.flatMap((sentence, index) => {
      const signals = evidence.signalsOfSentences[index];
      if (sentence.heading || !signals) return [];
      const text = sentenceText(evidence, sentence);
      const features = {
        ...signals,
        kind: holdsKind(text, kind, question) ? 1 : 0,
        passage: evidence.score,
      };
      return [{ evidence, sentence, text, features }];
    }),
  );
}
