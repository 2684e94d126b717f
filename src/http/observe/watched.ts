import { AsyncLocalStorage } from 'node:async_hooks';

import type { ModelUse } from '../../answer/model-use.ts';
import type { AnswerStage } from '../../domain/answer-stage.ts';
import type { Answer } from '../../domain/answer.ts';

/** One run of a stage. Times are milliseconds since 1970, with fractions, and never go back. */
export interface StageRun {
  readonly stage: AnswerStage;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly failed: boolean;
}

/** What is known of an answer, complete once it has ended. */
export interface WatchedAnswer {
  readonly startedAt: number;
  readonly question: string;
  readonly language: string | undefined;
  /** How it ended; `aborted` as long as it has not. */
  readonly result: Answer['outcome'] | 'failed' | 'aborted';
  readonly answer: Answer | undefined;
  readonly endedAt: number | undefined;
  readonly stages: readonly StageRun[];
  /** Milliseconds in which the writer waited for a client that was slow to read. */
  readonly waitedMs: number;
  readonly model: Readonly<ModelUse>;
}

/** A request under way. */
export interface WatchedRequest {
  readonly id: string;
  readonly method: string;
  /** Path without the query, of at most 200 characters. */
  readonly path: string;
  /** The header `traceparent`. */
  readonly traceparent: string | undefined;
  readonly startedAt: number;
  readonly answers: readonly WatchedAnswer[];
  /** Id of its trace, where traces are recorded. */
  traceId?: string;
  /** Whether a stream of events is open in reply. */
  readonly isStreaming: () => boolean;
}

/** How a request ended. */
export interface RequestEnd {
  readonly endedAt: number;
  /** Path of the route as it is declared, such as `/api/answers/:id`; `(none)` where none matched. */
  readonly route: string;
  /** 499 where the client left before there was one. */
  readonly status: number;
  /** Whether the connection closed before the response was complete. */
  readonly aborted: boolean;
  /** Bytes sent, headers included. */
  readonly bytes: number;
  /** Id of the API key that it came with. */
  readonly keyId: string | undefined;
}

/** Told of requests and answers: a log, metrics, traces. */
export interface Observer {
  requestStarted?(request: WatchedRequest): void;
  answerEnded?(answer: WatchedAnswer): void;
  requestEnded?(request: WatchedRequest, end: RequestEnd): void;
}

/** The request as those see it that add to it. */
export interface OpenRequest extends WatchedRequest {
  readonly answers: WatchedAnswer[];
}

const current = new AsyncLocalStorage<OpenRequest>();

/** Does `work` as part of `request`. */
export function inRequest(request: OpenRequest, work: () => void): void {
  current.run(request, work);
}

/** The request that is being answered here. */
export function currentRequest(): OpenRequest | undefined {
  return current.getStore();
}

/** Milliseconds since 1970, with fractions, that never go back. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Addresses that machines ask every few seconds. */
export function isProbe(path: string): boolean {
  return path === '/healthz' || path === '/readyz' || path === '/metrics';
}
