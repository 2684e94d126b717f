import type { RequestCounts } from '../../conversation/request-counts.ts';

/** Most keys that are counted at a time; beyond it, those are forgotten whose windows began first. */
const maximumKeys = 100_000;

interface Window {
  total: number;
  /** In milliseconds of `performance.now()`: whoever sets the system's clock must not lengthen it. */
  readonly endsAt: number;
}

/** Requests counted in this process alone. */
export function createLocalCounts(): RequestCounts {
  // By when they began, as they are added last and never moved.
  const windows = new Map<string, Window>();

  function removeEnded(now: number): void {
    for (const [key, { endsAt }] of windows) {
      if (endsAt > now && windows.size < maximumKeys) return;
      windows.delete(key);
    }
  }

  return {
    async count(key, windowMs) {
      const now = performance.now();
      removeEnded(now);
      const window = windows.get(key) ?? { total: 0, endsAt: now + windowMs };
      window.total += 1;
      windows.set(key, window);
      return { total: window.total, resetsAt: Date.now() + window.endsAt - now };
    },
    async reset(key) {
      windows.delete(key);
    },
  };
}
