import { microseconds } from './steady-clock.ts';

/** Calls many functions at one rate with a single timer. */
export interface TimerWheel {
  /** Calls `turn` once a turn of the wheel until it returns false, beginning within one turn from now. */
  add(turn: () => boolean): void;
  close(): void;
}

/** How often the wheel is looked at, in milliseconds. */
const tickMs = 2;

/**
 * A hashed timing wheel (G. Varghese and T. Lauck, "Hashed and hierarchical timing wheels", 1987) of one round: each of
 * its slots holds what is due at the same time, so that 500 streams do not fire at once. Ticks that come late are
 * made up for.
 *
 * @param perSecond - turns a second, of which each takes a whole number of ticks of 2 ms.
 */
export function createTimerWheel(perSecond: number): TimerWheel {
  const slots = Array.from(
    { length: Math.max(1, Math.round(1_000 / perSecond / tickMs)) },
    () => new Set<() => boolean>(),
  );
  const begin = microseconds();
  let done = 0;
  let next = 0;
  const timer = setInterval(() => {
    const due = Math.floor((microseconds() - begin) / 1_000 / tickMs);
    for (; done < due; done += 1) {
      const slot = slots[done % slots.length];
      for (const turn of slot ?? []) if (!turn()) slot?.delete(turn);
    }
  }, tickMs);
  return {
    add(turn) {
      slots[next % slots.length]?.add(turn);
      next += 1;
    },
    close: () => clearInterval(timer),
  };
}
