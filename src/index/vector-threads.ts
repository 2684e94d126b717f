import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';

import { FootnoteError } from '../domain/errors.ts';
import { compiledModule } from '../domain/files/compiled-module.ts';
import { startThread, whenThreadEnds } from '../domain/files/start-thread.ts';
import type { SegmentPlace, SegmentTask } from './build-segment.ts';
import type { VectorSegment } from './vector-segments.ts';
import { unpackError, type PackedError } from './writer-messages.ts';

/** What a thread builds. */
export interface VectorWork {
  readonly task: SegmentTask;
  readonly place: SegmentPlace;
  /** Path of the finished article database. */
  readonly database: string;
}

/** What came of it. */
export type VectorReply = { readonly segment: VectorSegment } | { readonly error: PackedError };

/**
 * Builds segments in threads of their own, as many at a time as there are processors; each reads the database itself.
 * When one fails the others are stopped. Segments come back in the order of the tasks.
 *
 * @param module - what a thread runs instead of `vector-worker.ts`.
 * @throws FootnoteError `unavailable` when a thread ends early, and whatever a segment fails with.
 */
export async function buildInThreads(
  tasks: readonly SegmentTask[],
  place: SegmentPlace,
  database: string,
  module: URL = compiledModule('vector-worker', import.meta.url),
): Promise<VectorSegment[]> {
  const running = new Set<Worker>();
  const waiting = [...tasks.entries()];
  const built: VectorSegment[] = [];

  async function buildNext(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, task] = next;
      const worker = startThread(module, { task, place, database } satisfies VectorWork);
      running.add(worker);
      try {
        built[index] = await outcome(worker, task);
      } finally {
        running.delete(worker);
      }
    }
  }

  const lanes = Array.from({ length: Math.min(tasks.length, availableParallelism()) }, buildNext);
  try {
    await Promise.all(lanes);
    return built;
  } catch (error) {
    waiting.length = 0;
    // Until they have ended they may still write into the folder, which the caller removes.
    await Promise.all(Array.from(running, (worker) => worker.terminate()));
    await Promise.allSettled(lanes);
    throw error;
  }
}

function outcome(worker: Worker, { name }: SegmentTask): Promise<VectorSegment> {
  let reply: VectorReply | undefined;
  worker.on('message', (message: VectorReply) => {
    reply = message;
  });
  return new Promise((resolve, reject) => {
    whenThreadEnds(worker, (reason) => {
      if (reply && 'segment' in reply) resolve(reply.segment);
      else reject(reply ? unpackError(reply.error) : stopped(name, reason));
    });
  });
}

function stopped(name: string, reason: string): FootnoteError {
  return new FootnoteError('unavailable', `The thread that builds ${name} has stopped: ${reason}.`, {
    remedy: 'See that memory is free, then run npm run ingest.',
  });
}
