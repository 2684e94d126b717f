/** Notices that the event loop has more to do than it can. */
export interface LoopWatch {
  /** Whether it does now. */
  readonly isOverloaded: () => boolean;
}

/** Settings of {@link createLoopWatch}; in milliseconds. */
export interface LoopWatchOptions {
  /** By how much the loop may be late. */
  readonly limitMs: number;
  /** Epoch of any sort that never goes back. */
  readonly now?: () => number;
}

/** How often it is looked whether the loop is late. */
const tickMs = 50;

/** For how long without a pause the loop has to be late: what takes long once, as reading an index, is over then. */
const patienceMs = 1_000;

/** The same soon after an overload, whose crowd is still there. */
const shortPatienceMs = 100;
const memoryMs = 10_000;

/**
 * Watches by how much a timer is late. In an overload every turn of the loop is long, as each of many requests takes some of it; a
 * single long turn, or one now and then, is none. That the delay must stay above the limit for an interval, and for a shorter
 * one where that has just been so, is how CoDel tells a standing queue from a burst (K. Nichols, V. Jacobson, "Controlling
 * Queue Delay", ACM Queue 10(5), 2012).
 */
export function createLoopWatch({ limitMs, now = () => performance.now() }: LoopWatchOptions): LoopWatch {
  let tickedAt = now();
  let lateSince: number | undefined;
  let overloadedAt = Number.NEGATIVE_INFINITY;
  setInterval(() => {
    const at = now();
    const isLate = at - tickedAt - tickMs > limitMs;
    lateSince = isLate ? (lateSince ?? tickedAt) : undefined;
    tickedAt = at;
  }, tickMs).unref();
  return {
    isOverloaded() {
      if (lateSince === undefined) return false;
      const at = now();
      const patience = at - overloadedAt < memoryMs ? shortPatienceMs : patienceMs;
      if (at - lateSince < patience) return false;
      overloadedAt = at;
      return true;
    },
  };
}
