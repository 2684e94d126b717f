import type { Usage, WriterName } from '../domain/answer.ts';
import type { Turn } from '../domain/conversation.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Language } from '../domain/language.ts';
import type { RankedCandidate } from './rank-candidates.ts';
import type { SentenceJudge } from './sentence-judge.ts';
import type { SourceSentence } from './source-sentence.ts';

export type { SourceSentence } from './source-sentence.ts';

/** What a writer is given. */
export interface WriterInput {
  /** The question, understandable without the conversation. */
  readonly question: string;
  readonly history: readonly Turn[];
  /** Language of the reply. */
  readonly language: Language;
  /** Best first, at least one. */
  readonly evidence: readonly Evidence[];
  /** The sentences of the evidence that may answer, best first. */
  readonly candidates: readonly RankedCandidate[];
  /** The same for each part of a question that asks for several things … */
  readonly parts?: readonly (readonly RankedCandidate[])[];
  /** … and the parts, in the same order. */
  readonly questions?: readonly string[];
  /** Language of the question; that of the reply where absent. */
  readonly questionLanguage?: Language;
  readonly signal?: AbortSignal;
}

/** One finished sentence of a reply, before its sources are resolved and verified. */
export interface DraftSentence {
  readonly type: 'sentence';
  /** Without footnote markers, trimmed. */
  readonly text: string;
  /** Stored sentences that the writer points at, in its order, without repetition. */
  readonly sources: readonly SourceSentence[];
  /** Pointers to sentences that the writer was never given. */
  readonly droppedCitations: number;
  /** True when the sentence begins a new paragraph or list item. */
  readonly startsParagraph?: true;
}

/** What a writer yields: sentences in order, or `abstain` alone; a chat model's `usage` last. */
export type Draft =
  | DraftSentence
  | { readonly type: 'abstain' }
  | { readonly type: 'usage'; readonly usage: Usage };

/** Turns evidence into a reply. */
export interface Writer {
  readonly name: WriterName;
  /** `<provider>:<model>` of a chat model. */
  readonly model?: string;
  readonly temperature?: number;
  /** SHA-256 of the prompts in use. */
  readonly promptHash?: string;
  /** A second opinion on the sentences of one answer, where one is wanted; called once an answer. */
  readonly startJudge?: () => SentenceJudge;
  /**
   * Yields each sentence as soon as it is complete.
   *
   * @throws FootnoteError `model-failed` or `timeout` when a chat model does not deliver; sentences already
   * yielded stand.
   * @throws the signal's reason when it is aborted.
   */
  write(input: WriterInput): AsyncIterable<Draft>;
}
