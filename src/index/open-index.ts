import type { EmbeddingsInterface } from '@langchain/core/embeddings';

import type { EmbeddingModel } from '../domain/ports.ts';
import { openDatabase, verifyFile } from './generation-files.ts';
import type { HnswOptions } from './hnsw-options.ts';
import { HnswVectorStore } from './hnsw-vector-store.ts';
import { unusable } from './index-errors.ts';
import { generationFolder, names } from './index-paths.ts';
import { checkEmbeddings, readManifest, readPointer } from './manifest.ts';
import { createPassageIndex, type OpenIndex } from './passage-index.ts';
import { loadSegments } from './segmented-vectors.ts';
import type { VerifiedFiles } from './verified-files.ts';

/** Where an index is and what it must fit. */
export interface IndexOptions {
  /** The index folder. */
  readonly dir: string;
  /** The model whose vectors it holds. */
  readonly embeddings: Pick<EmbeddingModel, 'id' | 'dimensions'>;
  readonly hnsw: HnswOptions;
  /** What this process has read already, shared by all who read and write the index; without it, everything is read. */
  readonly verified?: VerifiedFiles | undefined;
}

/**
 * Opens the current generation, after verifying every file of it.
 *
 * @throws FootnoteError `index-unusable`: there is none, it is damaged, or it belongs to another model.
 */
export async function openIndex(options: IndexOptions): Promise<OpenIndex> {
  const pointer = await readPointer(options.dir);
  try {
    return await openGeneration(options, pointer);
  } catch (error) {
    // Two ingests may have ended since the pointer was read, and removed what it named.
    const latest = await readPointer(options.dir);
    if (latest === pointer) throw error;
    return openGeneration(options, latest);
  }
}

/** As {@link openIndex}, for the generation that the pointer's text names. */
export async function openGeneration(
  { dir, embeddings, hnsw, verified }: IndexOptions,
  pointer: string | undefined,
): Promise<OpenIndex> {
  if (pointer === undefined) throw unusable(`There is no index in ${dir}.`);
  const manifest = await readManifest(dir, pointer);
  const { generation } = manifest;
  checkEmbeddings(generation, embeddings);
  const folder = generationFolder(dir, generation.id);
  const [vectors] = await Promise.all([
    loadSegments(folder, manifest.vectors, hnsw),
    verifyFile(folder, names.articles, manifest.articles, verified),
  ]);
  const { dimensions } = generation;
  const store = new HnswVectorStore(vectorsOnly, { dimensions, hnsw, vectors });
  return createPassageIndex(generation, openDatabase(folder, names.articles), store);
}

/** The index is searched by vector; who asks has the model. */
const vectorsOnly: EmbeddingsInterface = {
  embedQuery: () => Promise.reject(new TypeError('The index is searched by vector.')),
  embedDocuments: () => Promise.reject(new TypeError('The index is written by an IndexWriter.')),
};
