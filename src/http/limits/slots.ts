/** Places for work of which only so much may go on at a time. */
export interface Slots {
  /**
   * Waits for a place, in order of arrival. The result gives it back; calling it again does nothing.
   *
   * @throws what `busy` makes, when too many wait, or after the longest wait; the signal's reason
   */
  acquire(signal?: AbortSignal): Promise<() => void>;
}

export interface SlotsOptions {
  readonly places: number;
  /** How many may wait for one. */
  readonly queue: number;
  /** Longest wait, in milliseconds. */
  readonly waitMs: number;
  /** What those are told who get none. */
  readonly busy: () => Error;
}

export function createSlots({ places, queue, waitMs, busy }: SlotsOptions): Slots {
  let free = places;
  const waiting = new Set<() => void>();

  function take(): () => void {
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      const [next] = waiting;
      // Handed on rather than freed, so that nobody who comes later is first.
      if (next) next();
      else free += 1;
    };
  }

  return {
    acquire: async (signal) => {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return take();
      }
      if (waiting.size >= queue) throw busy();
      return new Promise((resolve, reject) => {
        const leave = () => {
          waiting.delete(enter);
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
        };
        const enter = () => {
          leave();
          resolve(take());
        };
        const onAbort = () => {
          leave();
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          leave();
          reject(busy());
        }, waitMs);
        signal?.addEventListener('abort', onAbort, { once: true });
        waiting.add(enter);
      });
    },
  };
}
