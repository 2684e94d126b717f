import type { AnswerCheck } from './answer-check.ts';
import type { AnswerEvent } from './answer-event.ts';
import type { OnStage } from './answer-stage.ts';
import type { Answer, AnswerRequest } from './answer.ts';
import type { Article, ArticlePage, ArticleSummary, CopyGroup, IndexStatistics } from './article.ts';
import type { Conversation, ConversationInfo, Turn } from './conversation.ts';
import type { Evidence } from './evidence.ts';
import type { Feedback, StoredFeedback } from './feedback.ts';
import type { Filters } from './filters.ts';
import type { Language } from './language.ts';
import type { GenerationInfo, StoredPassage } from './ports.ts';

/** What a caller searches for. */
export interface SearchRequest {
  readonly query: string;
  readonly history?: readonly Turn[];
  readonly filters?: Filters;
  /** Number of passages, 1–50. */
  readonly topK?: number;
  /** ISO 8601 instant that relative dates are relative to; the server's clock when absent. */
  readonly now?: string;
}

/** Per-call options. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Told of an answer's stages as they begin. */
  readonly onStage?: OnStage;
}

/** Footnote, assembled: everything that HTTP, the command line and other programs use. */
export interface Assistant {
  /**
   * Answers as a stream of events. In a stored conversation, whose turns are the history of a request without one, the
   * question and its reply are stored before `answer-end`.
   *
   * @throws FootnoteError `not-found` for a conversation; `index-unusable`, `model-failed`, `timeout`; the signal's reason when aborted.
   */
  answer(request: AnswerRequest, options?: CallOptions): AsyncIterable<AnswerEvent>;
  /** Answers at once: the `answer` of the stream's `answer-end`. */
  ask(request: AnswerRequest, options?: CallOptions): Promise<Answer>;
  /** Retrieves without answering, best first. */
  search(request: SearchRequest, options?: CallOptions): Promise<readonly Evidence[]>;
  articles(filters?: Filters, page?: ArticlePage): Promise<readonly ArticleSummary[]>;
  /**
   * An article as indexed now, or in another version that a stored answer quotes.
   *
   * @throws FootnoteError `not-found`
   */
  article(id: string, options?: { readonly version?: string }): Promise<Article>;
  /** The articles that are nearly the same text as this one, itself included; `undefined` where there are none. */
  copyGroup(id: string): Promise<CopyGroup | undefined>;
  /** @throws FootnoteError `not-found` */
  passage(id: string): Promise<StoredPassage>;
  /** An answer given before. @throws FootnoteError `not-found` */
  storedAnswer(id: string): Promise<Answer>;
  /**
   * Checks an answer again, given itself or by the id of a stored one, see `answer/recheck-answer.ts`.
   *
   * @throws FootnoteError `not-found`
   */
  verifyAnswer(answer: string | Answer): Promise<AnswerCheck>;
  /** Stores what a reader thinks of a stored answer. @throws FootnoteError `not-found`, `invalid-request` */
  addFeedback(answerId: string, feedback: Feedback): Promise<void>;
  /** Begins a conversation. @throws FootnoteError `not-found` where none are stored. */
  createConversation(): Promise<ConversationInfo>;
  /** @throws FootnoteError `not-found` */
  conversation(id: string): Promise<Conversation>;
  /** @throws FootnoteError `not-found` */
  deleteConversation(id: string): Promise<void>;
  /** All stored feedback, oldest first. */
  feedback(): AsyncIterable<StoredFeedback>;
  /** Up to six questions that the articles answer; found once for each generation. */
  suggestions(language: Language): Promise<readonly string[]>;
  /** What the index holds; counted once for each generation. */
  stats(): Promise<IndexStatistics>;
  /** The generation that answers now. @throws FootnoteError `index-unusable` with the command that mends it. */
  generation(): Promise<GenerationInfo>;
  /** How the chat model fares; absent where none is configured or it is always asked. */
  chatModel?(): ChatModelState;
  close(): Promise<void>;
}

/** Whether the chat model is asked. While it is not, the articles' own sentences answer. */
export interface ChatModelState {
  /** `closed`: it is asked; `open`: it has failed and is left alone; `half-open`: one call at a time tries it. */
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** Calls not made because of that, since the start. */
  readonly refusedCalls: number;
}
