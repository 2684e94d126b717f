import { loadConfig } from '#footnote/config.js';
import { createIndexWriter } from '#footnote/index/index-writer.js';
import { createEmbeddingModel } from '#footnote/models/create-embedding-model.js';

import { generatedArticles, type GeneratedOptions } from '../support/generated-articles.ts';

/** Builds an index of generated articles in `dir` that a server with the default settings can serve. */
export async function buildGeneratedIndex(dir: string, options: GeneratedOptions): Promise<void> {
  const { embeddings: source, hnsw } = loadConfig({ INDEX_DIR: dir });
  const embeddings = await createEmbeddingModel(source);
  try {
    const writer = await createIndexWriter({ dir, embeddings, hnsw });
    try {
      for (const entry of generatedArticles({ ...options, dimensions: embeddings.dimensions })) {
        await writer.put(entry, entry.article.version);
      }
      await writer.commit();
    } finally {
      await writer.discard();
    }
  } finally {
    await embeddings.close();
  }
}
