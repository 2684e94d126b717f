import { watch } from 'chokidar';

import { isAbortError } from '../domain/errors.ts';
import type { CorpusRoots } from './load/corpus-roots.ts';

/** Quiet time after a change before the corpus is read, in milliseconds: editors write a file in several steps. */
const settleMs = 400;

/** Longest time that changes without a pause are waited for. */
const patienceMs = 5_000;

/** What {@link followCorpus} needs. */
export interface FollowOptions {
  readonly roots: CorpusRoots;
  /** Brings the index up to date with the files; called with one call at a time. */
  readonly update: () => Promise<void>;
  /** Looks at what nobody tells the changes of; at the beginning, and every `lookMs`. */
  readonly look: () => Promise<void>;
  /** Milliseconds between two calls of `look`. */
  readonly lookMs: number;
  /** Told of what went wrong; following goes on. */
  readonly onError: (error: unknown) => void;
  /** Told once changes are noticed. */
  readonly onReady?: (() => void) | undefined;
  readonly signal: AbortSignal;
}

/**
 * Follows the files of a corpus until `signal` is aborted: reads them again soon after they change, and now and then
 * without, as not every file system tells of changes.
 */
export async function followCorpus(options: FollowOptions): Promise<void> {
  const { roots, update, look, lookMs, onError, onReady, signal } = options;
  const changes = createBell();
  const isHidden = (path: string) => /[/\\]\.[^/\\]+$/u.test(path);
  const watcher = watch([roots.corpusDir, roots.addedDir], { ignoreInitial: true, ignored: isHidden })
    .on('all', changes.ring)
    .on('error', onError);
  signal.addEventListener('abort', changes.ring, { once: true });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  onReady?.();
  try {
    let nextLook = Date.now();
    while (!signal.aborted) {
      const isDue = Date.now() >= nextLook;
      if (isDue) nextLook = Date.now() + lookMs;
      else if (!(await changes.rung(nextLook - Date.now()))) continue;
      await settle(changes, signal);
      // Whatever is changed from here on rings again.
      changes.reset();
      if (!isAborted(signal)) await attempt(isDue ? look : update, onError, signal);
    }
  } finally {
    signal.removeEventListener('abort', changes.ring);
    await watcher.close();
  }
}

/** Waits until nothing has changed for a moment. */
async function settle(changes: Bell, signal: AbortSignal): Promise<void> {
  const end = Date.now() + patienceMs;
  do changes.reset();
  while (!signal.aborted && (await changes.rung(settleMs)) && Date.now() < end);
}

function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

async function attempt(
  work: () => Promise<void>,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(signal.aborted && isAbortError(error))) onError(error);
  }
}

interface Bell {
  readonly ring: () => void;
  readonly reset: () => void;
  /** Whether it has rung since the last reset, or rings within `ms`. */
  readonly rung: (ms: number) => Promise<boolean>;
}

function createBell(): Bell {
  let hasRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    reset() {
      hasRung = false;
    },
    async rung(ms) {
      if (hasRung) return true;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(0, Math.min(ms, 2 ** 31 - 1)));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      wake = undefined;
      return hasRung;
    },
  };
}
