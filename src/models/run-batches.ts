import type { EmbedOptions } from '../domain/ports.ts';
import { rejectable } from './rejectable.ts';

/** Runs one batch of texts; vectors in the order of the texts. */
export type RunBatch = (texts: readonly string[], signal: AbortSignal | undefined) => Promise<Float32Array[]>;

/**
 * Embeds texts batch by batch, at most `concurrency` batches at a time, and puts the vectors into the texts' order.
 * The first failure or an abort ends it: no further batch starts.
 *
 * @param batches - indices into `texts`; each index once.
 * @throws the signal's reason at once when it is aborted, though batches under way may still end.
 */
export async function runBatches(
  texts: readonly string[],
  batches: readonly (readonly number[])[],
  concurrency: number,
  run: RunBatch,
  { signal, onProgress }: EmbedOptions = {},
): Promise<number[][]> {
  const vectors: number[][] = Array.from({ length: texts.length }, () => []);
  const waiting = batches.values();
  let stopped = false;
  const lane = async () => {
    for (const batch of waiting) {
      if (stopped) return;
      const results = await run(
        batch.map((index) => texts[index] ?? ''),
        signal,
      );
      for (const [position, index] of batch.entries()) vectors[index] = [...(results[position] ?? [])];
      if (!stopped) onProgress?.(batch.length);
    }
  };
  const lanes = Array.from({ length: Math.min(concurrency, batches.length) }, lane);
  try {
    await untilAborted(Promise.all(lanes), signal);
  } finally {
    stopped = true;
  }
  return vectors;
}

/** The promise's outcome, or the signal's reason if that comes first. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const { promise: aborted, reject } = rejectable();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
