import { basename, resolve } from 'node:path';

import type { EmbeddingModel } from '../domain/ports.ts';
import { assembleEmbeddingModel } from './assemble-embedding-model.ts';
import { findBundledModelFiles } from './bundled-model-files.ts';
import type { EmbeddingModelOptions, OptionsOf } from './embedding-model-options.ts';
import { createLocalEmbedder } from './local-embedder.ts';
import { fileSha256 } from './local-model-files.ts';
import { findOnnxFolderFiles } from './onnx-folder-files.ts';

export type { EmbeddingModelOptions } from './embedding-model-options.ts';

/**
 * Creates an embedding model.
 *
 * `bundled` checks its files and loads them with the first text. `onnx` and `openai` embed one word to learn the
 * length of their vectors, so that a wrong folder or endpoint is known at once.
 *
 * @throws FootnoteError `model-files`, `model-failed` or `configuration`, with what mends it.
 */
export function createEmbeddingModel(options: EmbeddingModelOptions): Promise<EmbeddingModel> {
  if (options.kind === 'bundled') return createBundledModel(options);
  if (options.kind === 'onnx') return createOnnxFolderModel(options);
  return createOpenAIModel(options);
}

async function createBundledModel(options: OptionsOf<'bundled'>): Promise<EmbeddingModel> {
  const id = 'bundled:all-MiniLM-L6-v2-int8';
  const files = await findBundledModelFiles();
  const embedder = createLocalEmbedder({ id, files, workers: options.workers, remedy: 'Run "npm ci".' });
  return assembleEmbeddingModel({ id, dimensions: 384, languages: ['en'], options, ...embedder });
}

async function createOnnxFolderModel(options: OptionsOf<'onnx'>): Promise<EmbeddingModel> {
  const files = await findOnnxFolderFiles(options.folder);
  const id = `onnx:${basename(resolve(options.folder))}:${(await fileSha256(files.model)).slice(0, 12)}`;
  const embedder = createLocalEmbedder({
    id,
    files,
    workers: options.workers,
    remedy: 'Check that EMBEDDINGS=onnx:<folder> holds a complete ONNX export of a sentence-embedding model.',
  });
  try {
    const [probe] = await embedder.embed(['length']);
    return assembleEmbeddingModel({
      id,
      dimensions: probe?.length ?? 0,
      languages: ['en', 'vi'],
      options,
      ...embedder,
    });
  } catch (error) {
    await embedder.close();
    throw error;
  }
}

async function createOpenAIModel(options: OptionsOf<'openai'>): Promise<EmbeddingModel> {
  // The client takes a good part of a second to load, which local models should not pay.
  const { createOpenAIEmbedder } = await import('./openai-embedder.ts');
  const embed = createOpenAIEmbedder(options);
  const [probe] = await embed(['length']);
  return assembleEmbeddingModel({
    id: `openai:${options.model}`,
    dimensions: probe?.length ?? 0,
    languages: ['en', 'vi'],
    options,
    embed,
    close: async () => {},
  });
}
