import { FootnoteError } from '../../domain/errors.ts';
import type { ChatLimits } from './limits.ts';

/** Ends a call of the model when the caller gives up or the model takes too long. */
export interface Deadline {
  /** For the request. Its reason is the caller's own, or a FootnoteError `timeout`. */
  readonly signal: AbortSignal;
  /** Settles as `promise` does, unless the signal is aborted first: then it rejects with the signal's reason. */
  race<T>(promise: Promise<T>): Promise<T>;
  /** Tells that the model has delivered something. */
  progress(): void;
  /** Cancels the request if it still runs, and stops the clocks. */
  close(): void;
}

type Timeouts = Pick<ChatLimits, 'timeoutMs' | 'firstTokenTimeoutMs' | 'stallTimeoutMs'>;

/**
 * Starts the clocks of `timeouts`. The first-token and stall clocks run only while something is awaited from the
 * model, so a slow reader of the answer does not count against it.
 */
export function createDeadline(name: string, timeouts: Timeouts, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  const abortWithCaller = () => controller.abort(caller?.reason);
  const expire = (what: string, ms: number) =>
    controller.abort(
      new FootnoteError('timeout', `The chat model ${name} ${what} within ${ms} ms.`, {
        remedy: 'Raise CHAT_TIMEOUT_MS, or choose a faster model.',
      }),
    );

  const total = setTimeout(expire, timeouts.timeoutMs, 'did not finish', timeouts.timeoutMs);
  if (caller?.aborted) abortWithCaller();
  caller?.addEventListener('abort', abortWithCaller, { once: true });

  let started = false;
  // One listener for all waits: a promise that stays open would keep something of each token until the end.
  let giveUp: ((reason: unknown) => void) | undefined;
  signal.addEventListener('abort', () => giveUp?.(signal.reason), { once: true });

  return {
    signal,
    async race(promise) {
      const waiting = started
        ? setTimeout(expire, timeouts.stallTimeoutMs, 'sent nothing more', timeouts.stallTimeoutMs)
        : setTimeout(expire, timeouts.firstTokenTimeoutMs, 'sent nothing', timeouts.firstTokenTimeoutMs);
      try {
        return await new Promise((resolve, reject) => {
          giveUp = reject;
          promise.then(resolve, reject);
          if (signal.aborted) reject(signal.reason);
        });
      } finally {
        giveUp = undefined;
        clearTimeout(waiting);
      }
    },
    progress() {
      started = true;
    },
    close() {
      clearTimeout(total);
      caller?.removeEventListener('abort', abortWithCaller);
      controller.abort();
    },
  };
}
