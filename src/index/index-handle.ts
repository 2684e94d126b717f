import { FootnoteError } from '../domain/errors.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { unusable } from './index-errors.ts';
import { readPointer } from './manifest.ts';
import { openGeneration, type IndexOptions } from './open-index.ts';
import type { OpenIndex } from './passage-index.ts';

/** How long a generation that cannot be loaded is left alone before the next attempt, in milliseconds. */
const retryAfter = 5_000;

/** How often one reader waits for a newer generation, should ingests end faster than they are loaded. */
const maximumLoads = 3;

/** An index in use; it stays as it is until released. */
export interface IndexLease {
  readonly index: PassageIndex;
  /** Harmless when called again. */
  release(): void;
}

/** The current generation, whichever that is. */
export interface IndexHandle {
  /**
   * The newest generation that can be served. Reads one small file; a generation that another process has
   * just made is loaded first, once for all who wait.
   *
   * @throws FootnoteError `index-unusable` when there is none, `unavailable` after {@link close}.
   */
  acquire(): Promise<IndexLease>;
  /** Resolves when the last reader has released its generation and its files are closed. */
  close(): Promise<void>;
}

/** Settings of {@link createIndexHandle}. */
export interface IndexHandleOptions extends IndexOptions {
  /** Told when a newer generation cannot be loaded and the older one goes on serving. */
  readonly onError?: (error: unknown) => void;
}

/** A generation and who reads it. */
interface Loaded {
  readonly pointer: string;
  readonly index: OpenIndex;
  readers: number;
}

/** A pointer that led nowhere; undefined where there was none. */
interface Failure {
  readonly pointer: string | undefined;
  readonly error: unknown;
  readonly at: number;
}

/** Follows the index in `dir` from one generation to the next; each is closed after its last reader. */
export function createIndexHandle({ onError, ...options }: IndexHandleOptions): IndexHandle {
  const open = new Set<Loaded>();
  let current: Loaded | undefined;
  let loading: Promise<void> | undefined;
  let failure: Failure | undefined;
  let closed = false;
  let onIdle: (() => void) | undefined;

  async function load(): Promise<void> {
    let pointer: string | undefined;
    try {
      pointer = await readPointer(options.dir);
      const index = await openGeneration(options, pointer);
      if (pointer !== undefined) install({ pointer, index, readers: 0 });
    } catch (error) {
      failure = { pointer, error, at: performance.now() };
      if (current) onError?.(error);
    }
  }

  function install(loaded: Loaded): void {
    const previous = current;
    current = closed ? undefined : loaded;
    failure = undefined;
    open.add(loaded);
    for (const one of [previous, loaded]) if (one) closeUnused(one);
  }

  function closeUnused(loaded: Loaded): void {
    if (loaded === current || loaded.readers > 0 || !open.delete(loaded)) return;
    loaded.index.close();
    if (open.size === 0) onIdle?.();
  }

  /** Loads what the pointer names, unless that is served already or has just failed. */
  async function refresh(): Promise<void> {
    for (let attempt = 0; attempt < maximumLoads; attempt += 1) {
      const pointer = await readPointer(options.dir).catch(() => undefined);
      if (current && current.pointer === pointer) return;
      if (failure && failure.pointer === pointer && performance.now() - failure.at < retryAfter) return;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      await loading;
    }
  }

  return {
    async acquire() {
      if (!closed) await refresh();
      if (closed) throw new FootnoteError('unavailable', 'The index has been closed.');
      if (!current) throw failure?.error ?? unusable(`There is no index in ${options.dir}.`);
      const loaded = current;
      let held = true;
      loaded.readers += 1;
      return {
        index: loaded.index,
        release() {
          if (!held) return;
          held = false;
          loaded.readers -= 1;
          closeUnused(loaded);
        },
      };
    },
    async close() {
      closed = true;
      await loading;
      const last = current;
      current = undefined;
      if (last) closeUnused(last);
      if (open.size > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve;
        });
      }
    },
  };
}
