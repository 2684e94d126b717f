import { Worker } from 'node:worker_threads';

import { errorMessage } from '../errors.ts';

/** Starts a thread that is given neither the environment, which may hold secrets, nor the options of the process. */
export function startThread(module: URL, workerData: unknown): Worker {
  return new Worker(module, { env: {}, execArgv: [], workerData });
}

/**
 * Tells why a thread has ended, without a full stop, once it has: only then are its files closed.
 *
 * @param told - called once, with what it failed with, or "it ended".
 */
export function whenThreadEnds(worker: Worker, told: (reason: string) => void): void {
  let reason = 'it ended';
  worker.on('error', (error: unknown) => {
    reason = errorMessage(error).replace(/\.$/u, '');
  });
  worker.once('exit', () => told(reason));
}
