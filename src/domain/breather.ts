import { setImmediate } from 'node:timers/promises';

/** Milliseconds that work may go on before others have their turn: of what an answer may take, not worth counting. */
const turnMs = 8;

/**
 * For work that goes on for long without ever waiting: whoever awaits the function now and then lets the rest of the process
 * have a turn, once it has gone on for some milliseconds.
 */
export function createBreather(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < turnMs) return;
    await setImmediate();
    began = performance.now();
  };
}
