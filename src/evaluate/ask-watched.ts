import { performance } from 'node:perf_hooks';

import type { LocalAssistant } from '../assistant.ts';
import type { Answer, AnswerRequest } from '../domain/answer.ts';
import { chainWatch } from './chain-watch.ts';

/** How long an answer took, in milliseconds. */
export interface Timings {
  /** Making the question understandable by itself. */
  readonly understand: number;
  /** Finding the evidence and measuring its sentences. */
  readonly retrieve: number;
  /** Writing, citing and verifying. */
  readonly write: number;
  readonly total: number;
}

/** An answer with what the chain knew on the way to it. */
export interface WatchedAnswer {
  readonly answer: Answer;
  readonly timings: Timings;
  /** Belief, 0–1, that the best stored sentence answers; 0 when there is none. */
  readonly belief: number;
}

/** Asks as every front end does, and watches the chain's stages. One question at a time. */
export async function askWatched(
  assistant: Pick<LocalAssistant, 'ask'>,
  request: AnswerRequest,
  signal?: AbortSignal,
): Promise<WatchedAnswer> {
  const watch = chainWatch();
  const started = performance.now();
  const answer = await assistant.ask(request, signal ? { signal } : {});
  const ended = performance.now();
  const understood = watch.endOf('understand') ?? started;
  const retrieved = watch.endOf('retrieve') ?? understood;
  return {
    answer,
    timings: {
      understand: understood - started,
      retrieve: retrieved - understood,
      write: ended - retrieved,
      total: ended - started,
    },
    belief: watch.belief(),
  };
}
