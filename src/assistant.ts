import type { AnswerEvent } from './domain/answer-event.ts';
import type { Answer, AnswerRequest } from './domain/answer.ts';
import type { Article, ArticleSummary } from './domain/article.ts';
import type { Turn } from './domain/conversation.ts';
import type { Evidence } from './domain/evidence.ts';
import type { Filters } from './domain/filters.ts';
import type { GenerationInfo, StoredPassage } from './domain/ports.ts';

/** What a caller searches for. */
export interface SearchRequest {
  readonly query: string;
  readonly history?: readonly Turn[];
  readonly filters?: Filters;
  /** Number of passages, 1–50. */
  readonly topK?: number;
}

/** Per-call options. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Footnote, assembled: everything that HTTP, the command line and other programs use. */
export interface Assistant {
  /**
   * Answers as a stream of events. Failures after the first event arrive as an `error` event.
   *
   * @throws FootnoteError before the first event: `index-unusable`, `invalid-request`, `timeout`.
   */
  answer(request: AnswerRequest, options?: CallOptions): AsyncIterable<AnswerEvent>;
  /** Answers at once: the `answer` of the stream's `answer-end`. */
  ask(request: AnswerRequest, options?: CallOptions): Promise<Answer>;
  /** Retrieves without answering, best first. */
  search(request: SearchRequest, options?: CallOptions): Promise<readonly Evidence[]>;
  articles(filters?: Filters): Promise<readonly ArticleSummary[]>;
  /** @throws FootnoteError `not-found` */
  article(id: string): Promise<Article>;
  /** @throws FootnoteError `not-found` */
  passage(id: string): Promise<StoredPassage>;
  /** The generation that answers now. @throws FootnoteError `index-unusable` with the command that mends it. */
  generation(): Promise<GenerationInfo>;
  close(): Promise<void>;
}
