import { basename, resolve } from 'node:path';

import { type FSWatcher, watch } from 'chokidar';

import { isAbortError } from '../domain/errors.ts';
import type { CorpusRoots } from './load/corpus-roots.ts';

/** Quiet time after a change before the corpus is read, in milliseconds: editors write a file in several steps. */
const settleMs = 400;

/** Longest time that changes without a pause are waited for. */
const patienceMs = 5_000;

/** What {@link followCorpus} needs. */
export interface FollowOptions {
  readonly roots: CorpusRoots;
  /** Brings the index up to date with the files; one call at a time. Called again with the next look where it failed. */
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
  const folders = [roots.corpusDir, roots.addedDir].map((folder) => resolve(folder));
  const isHidden = (path: string) => basename(path).startsWith('.') && !folders.includes(resolve(path));
  const watcher = watch(folders, { ignoreInitial: true, ignored: isHidden })
    .on('all', changes.ring)
    .on('error', onError);
  signal.addEventListener('abort', changes.ring, { once: true });
  try {
    await readyOrAborted(watcher, signal);
    onReady?.();
    let nextLook = performance.now();
    let isBehind = false;
    while (!signal.aborted) {
      const isDue = performance.now() >= nextLook;
      const hasRung = await changes.rung(isDue ? 0 : nextLook - performance.now());
      if (hasRung) await settle(changes, signal);
      if (hasRung || (isDue && isBehind)) {
        // Whatever is changed from here on rings again.
        changes.reset();
        isBehind = !(await attempt(update, onError, signal));
      }
      if (isDue) {
        nextLook = performance.now() + lookMs;
        await attempt(look, onError, signal);
      }
    }
  } finally {
    signal.removeEventListener('abort', changes.ring);
    await watcher.close();
  }
}

async function readyOrAborted(watcher: FSWatcher, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((done) => {
    const end = () => {
      signal.removeEventListener('abort', end);
      done();
    };
    watcher.once('ready', end);
    signal.addEventListener('abort', end);
  });
}

/** Waits until nothing has changed for a moment. */
async function settle(changes: Bell, signal: AbortSignal): Promise<void> {
  const end = performance.now() + patienceMs;
  do changes.reset();
  while (!signal.aborted && (await changes.rung(settleMs)) && performance.now() < end);
}

/** Whether it was done. */
async function attempt(
  work: () => Promise<void>,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  try {
    await work();
    return true;
  } catch (error) {
    if (!(signal.aborted && isAbortError(error))) onError(error);
    return false;
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
      await new Promise<void>((wakeUp) => {
        const timer = setTimeout(wakeUp, Math.max(0, Math.min(ms, 2 ** 31 - 1)));
        wake = () => {
          clearTimeout(timer);
          wakeUp();
        };
      });
      wake = undefined;
      return hasRung;
    },
  };
}
