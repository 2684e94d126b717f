/** Whether calls go through: `closed` all of them, `open` none, `half-open` one at a time, to try. */
export type CircuitState = 'closed' | 'open' | 'half-open';

/** How a call that was let through went. Only what is told first counts. */
export interface Attempt {
  readonly succeed: () => void;
  /** @param pauseMs - open at once, for so many milliseconds: the other side has said when to come again. */
  readonly fail: (pauseMs?: number) => void;
  /** It says nothing of the other side: whoever asked has left, for example. */
  readonly forget: () => void;
}

/** Keeps calls from something that does not work at the moment. */
export interface CircuitBreaker {
  /** Lets a call through; `undefined` where it is not to be made. What comes of it must be told. */
  readonly attempt: () => Attempt | undefined;
  readonly state: () => CircuitState;
  /** Milliseconds until a call is tried again; 0 unless `open`. */
  readonly pauseLeft: () => number;
}

/** See {@link createCircuitBreaker}. */
export interface CircuitBreakerOptions {
  /** So many failures in a row open it; at least 1. */
  readonly failures: number;
  /** For so many milliseconds it is open. */
  readonly pauseMs: number;
  /** A clock that never goes back, in milliseconds. */
  readonly now?: () => number;
}

/** A longer pause that the other side asks for is not taken at its word. */
const longestPauseMs = 600_000;

/**
 * The circuit breaker of M. Nygard, "Release It!" (2nd edition, 2018, chapter 5). Calls that began before it opened
 * change nothing any more when they end: only the trial tells whether the other side is back.
 */
export function createCircuitBreaker({
  failures,
  pauseMs,
  now = () => performance.now(),
}: CircuitBreakerOptions): CircuitBreaker {
  let failed = 0;
  /** When the pause ends; `undefined` while closed. */
  let pausedUntil: number | undefined;
  let trial: object | undefined;
  /** Grows with each opening, so that calls from before it can be told. */
  let period = 0;

  function open(forMs: number): void {
    pausedUntil = now() + Math.min(forMs, longestPauseMs);
    period += 1;
    failed = 0;
  }

  const pauseLeft = () => Math.max(0, (pausedUntil ?? 0) - now());

  function attempt(): Attempt | undefined {
    const isTrial = pausedUntil !== undefined;
    if (isTrial && (trial !== undefined || pauseLeft() > 0)) return undefined;
    const call = {};
    const begun = period;
    if (isTrial) trial = call;
    let isTold = false;
    const once = (tell: () => void) => {
      if (isTold) return;
      isTold = true;
      if (trial === call) trial = undefined;
      if (begun === period) tell();
    };
    return {
      succeed: () =>
        once(() => {
          failed = 0;
          if (isTrial) pausedUntil = undefined;
        }),
      fail: (askedMs) =>
        once(() => {
          failed += 1;
          if (askedMs !== undefined) open(askedMs);
          else if (isTrial || failed >= failures) open(pauseMs);
        }),
      forget: () => once(() => undefined),
    };
  }

  return {
    attempt,
    pauseLeft,
    state: () => (pausedUntil === undefined ? 'closed' : pauseLeft() > 0 ? 'open' : 'half-open'),
  };
}
