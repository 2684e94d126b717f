import type { AnswerRequest } from '../domain/answer.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import type { RankedCandidate } from './rank-candidates.ts';

/** One question on its way through the chain. */
export interface AnswerJob {
  readonly id: string;
  readonly createdAt: Date;
  readonly request: AnswerRequest;
  /** The generation that this answer is given from, from beginning to end. */
  readonly index: PassageIndex;
  readonly topK: number;
  /** Configured language of replies; absent means the question's. */
  readonly defaultLanguage?: Language;
}

/** … with its language and meaning known. */
export interface UnderstoodJob extends AnswerJob {
  readonly language: Language;
  /** What is asked: the question as typed, or rewritten by a chat model. */
  readonly meantQuestion: string;
  /** The previous question, where the current one leans on it and no model rewrote it. */
  readonly context?: string;
  /** The question understandable without the conversation. */
  readonly standaloneQuestion: string;
}

/** … with what the articles hold. */
export interface RetrievedJob extends UnderstoodJob {
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly RankedCandidate[];
  /** The candidates of each part of the question; one list where it asks for one thing. */
  readonly parts: readonly (readonly RankedCandidate[])[];
}
