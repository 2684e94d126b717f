import { setTimeout as sleepFor } from 'node:timers/promises';

/**
 * Resolves after `ms` milliseconds.
 *
 * @throws the signal's reason, as soon as it is aborted.
 */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleepFor(ms, undefined, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
