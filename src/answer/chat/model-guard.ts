import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import { createCircuitBreaker } from '../../models/circuit-breaker.ts';
import type { CircuitState } from '../../models/circuit-breaker.ts';
import { retryAfterMs } from '../../models/retry-after.ts';

/** Lets calls of one chat model through for as long as it works. All calls of the model share one guard. */
export interface ModelGuard {
  /**
   * Begins a call.
   *
   * @param timeoutMs - what the call has; running out of less than the model is allowed says nothing of the model.
   * @throws FootnoteError `model-failed`, at once, while the model is left alone.
   */
  readonly begin: (timeoutMs: number) => GuardedCall;
  readonly state: () => CircuitState;
  /** Calls that were not made because the model is left alone, so far. */
  readonly refused: () => number;
}

/** A call that is under way. Only what is told first counts. */
export interface GuardedCall {
  readonly succeed: () => void;
  readonly fail: (error: unknown) => void;
  /** Its caller left, so that nobody knows how it would have ended. */
  readonly leave: () => void;
}

/** What {@link createModelGuard} works with. */
export interface ModelGuardOptions {
  /** `<provider>:<model>`, for errors. */
  readonly name: string;
  /** For so long a failing model is left alone. */
  readonly pauseMs: number;
  /** What a call is allowed. */
  readonly timeoutMs: number;
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/** Failures in a row after which a model is left alone. One answer has up to ten calls, of which several may overlap. */
export const failuresInARow = 5;

/** The server works but cannot do this: too long, not understood, refused for its contents. */
const requestsOwnFault = new Set([400, 405, 406, 409, 411, 413, 414, 415, 416, 417, 422, 431, 451]);

const httpError = z.object({ status: z.number().int(), headers: z.instanceof(Headers).optional() });

/**
 * A guard for the model `name`. Failures are: no connection, a torn one, no reply in time, one that cannot be read,
 * and every HTTP error but those of a single request. A refused key or a wrong name counts too: each next call
 * would meet the same. `Retry-After` is heeded at once, for 429 and 503 (RFC 9110, 10.2.3; RFC 6585, 4).
 */
export function createModelGuard({ name, pauseMs, timeoutMs, now }: ModelGuardOptions): ModelGuard {
  const breaker = createCircuitBreaker({ failures: failuresInARow, pauseMs, ...(now && { now }) });
  let refused = 0;
  return {
    begin(callMs) {
      const attempt = breaker.attempt();
      if (attempt === undefined) {
        refused += 1;
        const seconds = Math.ceil(breaker.pauseLeft() / 1_000);
        throw new FootnoteError(
          'model-failed',
          `The chat model ${name} has failed and is not asked for now.`,
          {
            remedy: 'Check the server of the chat model; it is tried again by itself.',
            ...(seconds > 0 && { retryAfter: seconds }),
          },
        );
      }
      return {
        succeed: attempt.succeed,
        leave: attempt.forget,
        fail(error) {
          if (isTimeout(error)) {
            if (callMs < timeoutMs) attempt.forget();
            else attempt.fail();
            return;
          }
          const { status = 0, headers } = httpError.safeParse(error).data ?? {};
          if (requestsOwnFault.has(status)) attempt.succeed();
          else attempt.fail(status === 429 || status === 503 ? retryAfterMs(headers) : undefined);
        },
      };
    },
    state: breaker.state,
    refused: () => refused,
  };
}

const isTimeout = (error: unknown) => error instanceof FootnoteError && error.code === 'timeout';
