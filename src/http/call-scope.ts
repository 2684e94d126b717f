import type { ServerResponse } from 'node:http';

import type { Request, RequestHandler, Response } from 'express';

import { FootnoteError } from '../domain/errors.ts';
import { onStopping } from './stopping.ts';

/** For how long a piece of work is wanted: until the client leaves, its time is up, or the server stops. */
export interface CallScope {
  readonly signal: AbortSignal;
  /** `work`, or the reason why it is no longer wanted, whichever comes first. */
  race<T>(work: Promise<T>): Promise<T>;
  /** The values of `source` for as long as they are wanted. */
  events<T>(source: AsyncIterable<T>): AsyncGenerator<T, void>;
}

/** Opens the scope of the work done for `response`; `timeoutMs` is how long it may take in all. */
function openCallScope(response: ServerResponse, timeoutMs: number): CallScope & { end(): void } {
  const controller = new AbortController();
  const { signal } = controller;
  const onTimeout = () =>
    controller.abort(
      new FootnoteError('timeout', `The time for this request, ${timeoutMs / 1000} s, is up.`),
    );
  const onClose = () => controller.abort(new DOMException('The client left.', 'AbortError'));
  const onStop = () =>
    controller.abort(
      new FootnoteError('unavailable', 'The server is stopping. Ask again in a moment.', { retryAfter: 1 }),
    );
  const timer = setTimeout(onTimeout, timeoutMs);
  const forgetStop = onStopping(response, onStop);
  response.once('close', onClose);

  const race = <T>(work: Promise<T>) => untilAborted(work, signal);
  return {
    signal,
    race,
    async *events<T>(source: AsyncIterable<T>) {
      const iterator = source[Symbol.asyncIterator]();
      try {
        for (;;) {
          const step = await race(iterator.next());
          if (step.done === true) return;
          yield step.value;
        }
      } finally {
        // Not awaited, and its failure is of no interest: a source that is stuck must not hold up the client.
        iterator.return?.().catch(() => undefined);
      }
    },
    end() {
      clearTimeout(timer);
      forgetStop();
      response.off('close', onClose);
    },
  };
}

/** Rejects with the signal's reason as soon as it is aborted, even when `work` does not heed the signal. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work
      // Work that heeds the signal fails with an error of its own; why it was aborted is what matters.
      .then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error))
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A handler with a {@link CallScope} that ends with it. What it throws goes to the error handler. */
export function scoped(
  timeoutMs: number,
  handle: (request: Request, response: Response, scope: CallScope) => Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const scope = openCallScope(response, timeoutMs);
    try {
      await handle(request, response, scope);
    } finally {
      scope.end();
    }
  };
}
