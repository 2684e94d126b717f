import { loadConfig } from '#footnote/config.js';
import type { EmbeddingModel } from '#footnote/domain/ports.js';
import type { IndexOptions } from '#footnote/index/open-index.js';
import { createEmbeddingModel } from '#footnote/models/create-embedding-model.js';

/** What {@link defaultIndex} gives. */
export interface BenchIndex extends IndexOptions {
  /** To be closed. */
  readonly embeddings: EmbeddingModel;
}

/** An index in `dir` with the default settings, and the model that it is made with. */
export async function defaultIndex(dir: string): Promise<BenchIndex> {
  const { embeddings, hnsw } = loadConfig({ INDEX_DIR: dir });
  return { dir, embeddings: await createEmbeddingModel(embeddings), hnsw };
}
