import { availableParallelism } from 'node:os';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import { compiledModule } from '../domain/files/compiled-module.ts';
import type { EmbedTexts } from './assemble-embedding-model.ts';
import { batchesByLength } from './batches.ts';
import type { EmbeddingReply } from './embedding-worker.ts';
import type { LocalModelFiles } from './local-model-files.ts';
import { runBatches, type RunBatch } from './run-batches.ts';
import { createTurns } from './turns.ts';
import { createWorkerPool } from './worker-pool.ts';

/** About 50 ms of one worker's time: what a question waits for, at most, while documents are embedded. */
const batchLimits = { texts: 32, characters: 2_400 };

/** No tokenizer makes less of this many UTF-16 code units than a token; keeps a huge text from being tokenized. */
const charactersPerToken = 100;

/** What embeds texts, and how to stop it. */
export interface LocalEmbedder {
  readonly embed: EmbedTexts;
  close(): Promise<void>;
}

/**
 * Runs an ONNX model in worker threads, which load it when the first text comes. A text's vector depends on
 * nothing but the text (see {@link loadOnnxEmbedder}).
 *
 * @param options.id - names the model in messages.
 * @param options.remedy - what to do when the files do not load.
 */
export function createLocalEmbedder(options: {
  readonly id: string;
  readonly files: LocalModelFiles;
  readonly workers: number | undefined;
  readonly remedy: string;
}): LocalEmbedder {
  const { id, files, remedy } = options;
  const threads = options.workers ?? availableParallelism();
  const longest = files.maxTokens * charactersPerToken;
  const pool = createWorkerPool<readonly string[], EmbeddingReply>({
    module: compiledModule('embedding-worker', import.meta.url),
    name: 'embedTexts',
    threads,
    workerData: files,
  });
  /** Of all calls together, so that a question never waits for more than what the threads are at. */
  const turns = createTurns(threads);
  let calls = 0;
  const runNow: RunBatch = async (texts) => {
    // A thread that dies is no fault of theirs who were waiting: once more, with its successor.
    const tried = pool.run(texts).catch(() => pool.run(texts));
    const reply = await tried.catch((cause: unknown) => {
      throw new FootnoteError('model-failed', `The embedding model ${id} stopped: ${errorMessage(cause)}`, {
        cause,
      });
    });
    if ('vectors' in reply) return [...reply.vectors];
    if (reply.failed === 'embedding') {
      throw new FootnoteError('model-failed', `The embedding model ${id} failed: ${reply.message}`);
    }
    throw new FootnoteError(
      'model-files',
      `The embedding model ${id} cannot be loaded from ${files.model}: ${reply.message}`,
      { remedy },
    );
  };
  return {
    embed: (texts, callOptions) => {
      const readable = texts.map((text) => text.slice(0, longest));
      const batches = batchesByLength(readable, batchLimits);
      // A question goes before documents.
      if (batches.length <= 1) return runBatches(readable, batches, 1, runNow, callOptions);
      const order = (calls += 1);
      const run: RunBatch = (some, signal) =>
        turns.run(order, async () => {
          signal?.throwIfAborted();
          return runNow(some, signal);
        });
      return runBatches(readable, batches, threads, run, callOptions);
    },
    close: () => pool.close(),
  };
}
