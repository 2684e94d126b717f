import type { OnStage } from '../domain/answer-stage.ts';
import type { AnswerRequest } from '../domain/answer.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Filters } from '../domain/filters.ts';
import type { Language } from '../domain/language.ts';
import type { PassageIndex } from '../domain/ports.ts';
import type { Translations } from '../retrieve/retriever.ts';
import type { TimeIntent } from '../retrieve/time/understand-time.ts';
import type { RankedCandidate } from './rank-candidates.ts';

/** One question on its way through the chain. */
export interface AnswerJob {
  readonly id: string;
  readonly createdAt: Date;
  /** What relative dates are relative to. */
  readonly now: Date;
  readonly request: AnswerRequest;
  /** The generation that this answer is given from, from beginning to end. */
  readonly index: PassageIndex;
  readonly topK: number;
  /** Configured language of replies; absent means the question's. */
  readonly defaultLanguage?: Language;
  /** Told of the stages as they begin. */
  readonly onStage?: OnStage;
}

/** … with its language and meaning known. */
export interface UnderstoodJob extends AnswerJob {
  /** Language of the reply. */
  readonly language: Language;
  /** Language that the question is in. */
  readonly questionLanguage: Language;
  /** What is asked: the question as typed, or rewritten by a chat model. */
  readonly meantQuestion: string;
  /** The previous question, where the current one leans on it and no model rewrote it. */
  readonly context?: string;
  /** The caller's filters, narrowed by what the question says about time. */
  readonly filters: Filters;
  /** What the question says about time. */
  readonly time: TimeIntent;
  /** The question understandable without the conversation. */
  readonly standaloneQuestion: string;
  /** `meantQuestion` in the languages of other articles, as far as a chat model translated it. */
  readonly translations?: Translations;
}

/** … with what the articles hold. */
export interface RetrievedJob extends UnderstoodJob {
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly RankedCandidate[];
  /** The parts of a question that asks for several things; the question alone where it asks for one. */
  readonly questions: readonly string[];
  /** The candidates of each part, in the same order. */
  readonly parts: readonly (readonly RankedCandidate[])[];
}
