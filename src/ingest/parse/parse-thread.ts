import { Worker } from 'node:worker_threads';

import { errorCode, errorMessage, FootnoteError } from '../../domain/errors.ts';
import { compiledModule } from '../../domain/files/compiled-module.ts';
import type { FileToParse, NextPart, ParsedFile, PreparedArticle, ThreadMessage } from './parsed-file.ts';

/** Why a thread ended before it had read its file. */
export type StopReason = 'time' | 'memory' | 'crash' | 'unwanted';

/** What came of reading a file. */
export type ThreadOutcome = { readonly parsed: ParsedFile } | { readonly stopped: StopReason };

/** A thread that reads files, one at a time. */
export interface ParseThread {
  /** Settles once it can read. @throws FootnoteError `unavailable` when it cannot start. */
  readonly ready: Promise<void>;
  /** Settles once it has ended and its memory is free; never rejects. */
  readonly ended: Promise<void>;
  /** Never rejects. The file's bytes stay with the caller. */
  run(input: FileToParse): Promise<ThreadOutcome>;
  /** Ends it; what it reads has the outcome `stopped` at once. */
  stop(reason: StopReason): Promise<void>;
  /** Whether it keeps the process running. */
  setBusy(busy: boolean): void;
}

/**
 * @param options.heapMb - the heap that V8 allows it: the last resort, see `memory-watch.ts`.
 * @param options.module - what it runs instead of `parse-worker.ts`.
 */
export function startParseThread({
  heapMb,
  module = compiledModule('parse-worker', import.meta.url),
}: {
  readonly heapMb: number;
  readonly module?: URL | undefined;
}): ParseThread {
  const worker = new Worker(module, {
    // Readers need no secrets, and what they print is of no use to anyone.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  worker.stdout.resume();
  worker.stderr.resume();
  let settle: ((outcome: ThreadOutcome) => void) | undefined;
  let stopped: StopReason | undefined;
  /** What has come of the file that is being read. */
  let articles: PreparedArticle[] = [];

  const finish = (outcome: ThreadOutcome) => {
    settle?.(outcome);
    settle = undefined;
  };
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      stopped ??= 'crash';
      finish({ stopped });
      resolve();
    });
  });
  const ready = new Promise<void>((resolve, reject) => {
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'part') {
        articles.push(...message.articles);
        worker.postMessage({ next: true } satisfies NextPart, []);
      } else {
        const { parsed } = message;
        finish({ parsed: { ...parsed, articles: articles.concat(parsed.articles) } });
      }
    });
    worker.on('error', (error: unknown) => {
      stopped ??= errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'crash';
      finish({ stopped });
      reject(notStarted(errorMessage(error)));
    });
    worker.once('exit', () => reject(notStarted('it ended')));
  });
  // Whoever waits for it is told; a thread that is stopped while it starts has nobody who waits.
  ready.catch(() => undefined);

  return {
    ready,
    ended,
    run({ file, bytes, hints }) {
      if (stopped !== undefined) return Promise.resolve({ stopped });
      articles = [];
      return new Promise((resolve) => {
        settle = resolve;
        // A file may have to be read again, so the thread has a copy; it is moved, not copied once more.
        const copy = new Uint8Array(bytes);
        worker.postMessage({ file, bytes: copy, hints } satisfies FileToParse, [copy.buffer]);
      });
    },
    async stop(reason) {
      stopped ??= reason;
      finish({ stopped });
      await worker.terminate();
    },
    setBusy(busy) {
      if (busy) worker.ref();
      else worker.unref();
    },
  };
}

function notStarted(reason: string): FootnoteError {
  return new FootnoteError('unavailable', `No thread can be started that reads files: ${reason}.`, {
    remedy: 'Run npm run -s build, and see that memory is free.',
  });
}
