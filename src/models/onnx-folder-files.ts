import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { errorMessage, FootnoteError } from '../domain/errors.ts';
import type { LocalModelFiles } from './local-model-files.ts';

/** Where exporters put the model, in order of preference: smaller files are faster on a CPU. */
const modelPaths = ['model_quantized.onnx', 'onnx/model_quantized.onnx', 'model.onnx', 'onnx/model.onnx'];

/** Passages are shorter, and time grows faster than length. */
const mostTokens = 512;

const remedy =
  'EMBEDDINGS=onnx:<folder> needs model.onnx or model_quantized.onnx (there or in its onnx/ folder) and ' +
  'tokenizer.json, and reads tokenizer_config.json when it is there.';

// Some models state an absurd length (1e30) that means "no limit".
const tokenizerConfigSchema = z.looseObject({ model_max_length: z.number().min(2).optional() });

/**
 * Finds the files of a model that the operator supplies.
 *
 * @throws FootnoteError `model-files` that names the folder or file at fault.
 */
export async function findOnnxFolderFiles(folder: string): Promise<LocalModelFiles> {
  const kind = await stat(folder).catch(() => undefined);
  if (!kind?.isDirectory()) throw fault(`The embedding model's folder does not exist: ${folder}`);

  const model = await firstFile(modelPaths.map((path) => join(folder, path)));
  if (model === undefined) throw fault(`No ONNX model in ${folder}; looked for ${modelPaths.join(', ')}.`);
  await refusePointer(model);

  const tokenizer = await firstFile([join(folder, 'tokenizer.json')]);
  if (tokenizer === undefined) throw fault(`The embedding model's folder has no tokenizer.json: ${folder}`);

  const tokenizerConfig = await firstFile([join(folder, 'tokenizer_config.json')]);
  return {
    model,
    tokenizer,
    ...(tokenizerConfig !== undefined && { tokenizerConfig }),
    maxTokens: Math.min(Math.floor(await statedLength(tokenizerConfig)), mostTokens),
  };
}

async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) {
    const kind = await stat(path).catch(() => undefined);
    if (kind?.isFile()) return path;
  }
  return undefined;
}

/** A clone made without Git LFS has small text files in place of the weights: the commonest broken download. */
async function refusePointer(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (bytesRead === 0) throw fault(`The embedding model's file is empty: ${path}`);
    if (buffer.toString('latin1', 0, bytesRead).startsWith('version https://git-lfs')) {
      throw fault(`${path} is a Git LFS pointer, not the model: run "git lfs pull" where it was cloned.`);
    }
  } finally {
    await file.close();
  }
}

async function statedLength(tokenizerConfig: string | undefined): Promise<number> {
  if (tokenizerConfig === undefined) return mostTokens;
  try {
    const config = tokenizerConfigSchema.parse(JSON.parse(await readFile(tokenizerConfig, 'utf8')));
    return config.model_max_length ?? mostTokens;
  } catch (cause) {
    throw fault(`Cannot read ${tokenizerConfig}: ${errorMessage(cause)}`, cause);
  }
}

function fault(message: string, cause?: unknown): FootnoteError {
  return new FootnoteError('model-files', message, { remedy, cause });
}
