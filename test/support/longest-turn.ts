import { readFileSync } from 'node:fs';

/**
 * Begins to watch the event loop of this thread.
 *
 * @returns ends it, and tells how long the longest turn was, in milliseconds: of processor time where the system tells it
 * (Linux), because on a busy machine a thread may have to wait long in the middle of a short turn.
 */
export function watchTurns(): () => number {
  let longest = 0;
  let last = timeSpent();
  // Due in every turn, so that the time between two calls is that of one turn.
  const timer = setInterval(() => {
    const now = timeSpent();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Milliseconds that this thread has been running. */
function timeSpent(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6;
  } catch {
    return performance.now();
  }
}
