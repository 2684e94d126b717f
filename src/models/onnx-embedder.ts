import { InferenceSession, Tensor } from 'onnxruntime-node';

import type { LocalModelFiles } from './local-model-files.ts';
import { loadTokenize } from './tokenize.ts';
import { unitVector } from './unit-vector.ts';

/** Inputs that can be fed to a model, by name; the value of one position of a text. */
const inputValues: Readonly<Record<string, (id: number) => bigint>> = {
  input_ids: BigInt,
  attention_mask: () => 1n,
  token_type_ids: () => 0n,
};

/**
 * Loads a sentence-embedding model.
 *
 * The function returned runs one text at a time, always. 8-bit models take the range of their activations from the
 * whole input tensor, so that a text's vector would depend on its neighbours in a batch: for all-MiniLM-L6-v2 the
 * cosine between alone and in a batch of eight is about 0.99, even with equal lengths and no padding. Measured on one
 * thread, a batch of eight takes, per text, 0.45 (10 tokens), 0.75 (30), 0.85 (60) and 1.2 times (190) the time of a
 * text alone, so that for passages there is nothing to win.
 *
 * @returns a function from a text to its unit vector: the model's `sentence_embedding`, or else the mean of
 * `last_hidden_state` over all tokens.
 * @throws Error when a file cannot be loaded, or the model has inputs or outputs of another kind.
 */
export async function loadOnnxEmbedder(
  files: LocalModelFiles,
): Promise<(text: string) => Promise<Float32Array>> {
  const tokenize = await loadTokenize(files);
  // One thread per worker: the workers are the parallelism, and one thread always adds in the same order.
  const session = await InferenceSession.create(files.model, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  const inputs = session.inputNames.map((name) => {
    const value = inputValues[name];
    if (value === undefined) throw new Error(`the model wants an input "${name}", which is not known`);
    return [name, value] as const;
  });
  const outputName = ['sentence_embedding', 'last_hidden_state'].find((name) =>
    session.outputNames.includes(name),
  );
  if (outputName === undefined) {
    throw new Error(
      `the model gives ${session.outputNames.join(', ')}, not sentence_embedding or last_hidden_state`,
    );
  }
  return async (text) => {
    const found = tokenize(text);
    // A tokenizer without special tokens gives none for an empty text; no model runs on nothing.
    const ids = found.length === 0 ? [0] : found;
    const feeds = inputs.map(
      ([name, value]) =>
        [name, new Tensor('int64', BigInt64Array.from(ids, value), [1, ids.length])] as const,
    );
    const output = (await session.run(Object.fromEntries(feeds), [outputName]))[outputName];
    if (!(output?.data instanceof Float32Array)) throw new Error(`${outputName} is not of 32-bit floats`);
    return unitVector(mean(output.data, output.dims.at(-1) ?? 0));
  };
}

/** Mean of the rows of a matrix, added in double precision. */
function mean(data: Float32Array, columns: number): Float64Array {
  const sum = new Float64Array(columns);
  for (let start = 0; start < data.length; start += columns) {
    for (let column = 0; column < columns; column += 1) {
      sum[column] = (sum[column] ?? 0) + (data[start + column] ?? 0);
    }
  }
  const rows = data.length / columns;
  return sum.map((value) => value / rows);
}
