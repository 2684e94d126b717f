import { setTimeout } from 'node:timers/promises';

/** How requests arrive. */
export interface Arrivals {
  /** A second, evenly. */
  readonly rate: number;
  readonly seconds: number;
  /** Sends one. `due` is when it was to be sent, in milliseconds of `performance.now()`. Never rejects. */
  readonly send: (due: number) => Promise<void>;
}

/**
 * Sends requests at a constant rate, whether or not earlier ones have been answered, and waits for the last answer. Nobody
 * on the web waits with a question until others have their answers; a client that did would ask a slow server less
 * often and so never see how slow it is ("coordinated omission", G. Tene). Durations are to be measured from `due`.
 */
export async function arrive({ rate, seconds, send }: Arrivals): Promise<void> {
  const begin = performance.now();
  const underWay = new Set<Promise<void>>();
  const count = Math.round(rate * seconds);
  for (let number = 0; number < count; number += 1) {
    const due = begin + (number * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await setTimeout(wait);
    const sent = send(due).finally(() => underWay.delete(sent));
    underWay.add(sent);
  }
  await Promise.all(underWay);
}
