import { workerData } from 'node:worker_threads';

import { z } from 'zod';

import { errorMessage } from '../domain/errors.ts';
import { localModelFilesSchema } from './local-model-files.ts';
import { createNativeGate, passNativeGate } from './native-gate.ts';
import { loadOnnxEmbedder } from './onnx-embedder.ts';

/** What a worker thread answers. A failure is a value because an error loses its class on the way. */
export type EmbeddingReply =
  | { readonly vectors: readonly Float32Array[] }
  | { readonly failed: 'loading' | 'embedding'; readonly message: string };

const { gate: memory, data: files } = z
  .object({ gate: z.instanceof(SharedArrayBuffer), data: localModelFilesSchema })
  .parse(workerData);
const gate = createNativeGate(memory);

let loading: ReturnType<typeof loadOnnxEmbedder> | undefined;

/**
 * Task of a worker thread: embeds texts with the model whose files are in `workerData`.
 *
 * @public because the pool names it as text.
 */
export async function embedTexts(texts: readonly string[]): Promise<EmbeddingReply> {
  let embed: (text: string) => Promise<Float32Array>;
  try {
    loading ??= passNativeGate(gate, () => loadOnnxEmbedder(files));
    embed = await loading;
  } catch (error) {
    return { failed: 'loading', message: errorMessage(error) };
  }
  try {
    const vectors: Float32Array[] = [];
    for (const text of texts) vectors.push(await passNativeGate(gate, () => embed(text)));
    return { vectors };
  } catch (error) {
    return { failed: 'embedding', message: errorMessage(error) };
  }
}
