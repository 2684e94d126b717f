import { FootnoteError } from '../domain/errors.ts';
import { compiledModule } from '../domain/files/compiled-module.ts';
import { startThread, whenThreadEnds } from '../domain/files/start-thread.ts';
import type { BuildingOptions } from './building.ts';
import {
  unpackError,
  type WriterAnswer,
  type WriterCall,
  type WriterReply,
  type WriterThreadData,
} from './writer-messages.ts';

/** A thread that writes an index; see `writer-worker.ts`. */
export interface WriterThread {
  /**
   * Answers come in the order of the calls.
   *
   * @throws what the call failed with; FootnoteError `unavailable` when the thread ends before it has answered.
   */
  ask<Kind extends WriterAnswer['kind']>(
    call: WriterCall,
    kind: Kind,
    moved?: readonly ArrayBuffer[],
  ): Promise<Extract<WriterAnswer, { kind: Kind }>>;
  hasStopped(): boolean;
  /** Ends it, whatever it is doing. What it has written stays on the disk, and its lock is free. */
  end(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: WriterAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts a thread; it keeps the process running only while a call is under way.
 *
 * @param options.module - what it runs instead of `writer-worker.ts`.
 */
export function startWriterThread({
  module = compiledModule('writer-worker', import.meta.url),
  dir,
  embeddings: { id, dimensions },
  hnsw,
  changesPerCommit,
  verified,
}: BuildingOptions & { readonly module?: URL | undefined }): WriterThread {
  const worker = startThread(module, {
    dir,
    embeddings: { id, dimensions },
    hnsw,
    ...(changesPerCommit !== undefined && { changesPerCommit }),
    verified: verified?.list() ?? [],
  } satisfies WriterThreadData);
  worker.unref();
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  /** Why it has stopped; undefined while it runs. */
  let stoppedBy: string | undefined;

  worker.on('message', ({ number, answer }: WriterReply) => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) worker.unref();
    if (answer.kind === 'failed') one?.reject(unpackError(answer.error));
    else one?.resolve(answer);
  });
  whenThreadEnds(worker, (reason) => {
    stoppedBy = reason;
    for (const one of waiting.values()) one.reject(stopped(dir, reason));
    waiting.clear();
  });

  return {
    async ask(call, kind, moved = []) {
      if (stoppedBy !== undefined) throw stopped(dir, stoppedBy);
      const answer = await new Promise<WriterAnswer>((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.ref();
        worker.postMessage({ number: asked, call }, [...moved]);
      });
      if (!isKind(answer, kind))
        throw new TypeError(`The writing thread answers ${answer.kind}, not ${kind}.`);
      return answer;
    },
    hasStopped: () => stoppedBy !== undefined,
    async end() {
      await worker.terminate();
    },
  };
}

function isKind<Kind extends WriterAnswer['kind']>(
  answer: WriterAnswer,
  kind: Kind,
): answer is Extract<WriterAnswer, { kind: Kind }> {
  return answer.kind === kind;
}

function stopped(dir: string, reason: string): FootnoteError {
  return new FootnoteError(
    'unavailable',
    `The thread that writes the index in ${dir} has stopped: ${reason}.`,
    {
      remedy: 'Run npm run ingest: it carries on with what was written.',
    },
  );
}
