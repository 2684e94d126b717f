import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { IndexStatistics } from '../domain/article.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { generationFolder } from './index-paths.ts';

/** Counts what the generations in `dir` hold, each once; the counts of the latest are kept. */
export function createIndexStatistics(dir: string): (index: PassageIndex) => Promise<IndexStatistics> {
  let kept: IndexStatistics | undefined;
  return async (index) => {
    const { id, createdAt, embeddingModel } = index.generation;
    if (kept?.indexGeneration === id) return kept;
    const counts = await index.statistics();
    const diskBytes = await folderBytes(generationFolder(dir, id));
    kept = { ...counts, indexGeneration: id, indexedAt: createdAt, embeddingModel, diskBytes };
    return kept;
  };
}

async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((total, size) => total + size, 0);
}
