import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { IndexStatistics } from '../domain/article.ts';
import type { PassageIndex } from '../domain/ports.ts';
import { generationFolder } from './index-paths.ts';

/** Counts what the generations in `dir` hold, each once; the counts of the latest are kept, the sizes never. */
export function createIndexStatistics(dir: string): (index: PassageIndex) => Promise<IndexStatistics> {
  let kept: Omit<IndexStatistics, 'diskBytes' | 'folderBytes'> | undefined;
  return async (index) => {
    const { id, createdAt, embeddingModel } = index.generation;
    if (kept?.indexGeneration !== id) {
      const counts = await index.statistics();
      kept = { ...counts, indexGeneration: id, indexedAt: createdAt, embeddingModel };
    }
    const counts = kept;
    const [diskBytes, folderBytes] = await Promise.all([bytesIn(generationFolder(dir, id)), bytesIn(dir)]);
    return { ...counts, diskBytes, folderBytes };
  };
}

/** Sizes of all files in a folder and below. What disappears meanwhile counts as nothing. */
export async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return entry.isFile() ? ((await stat(path).catch(() => undefined))?.size ?? 0) : 0;
    }),
  );
  return sizes.reduce((total, size) => total + size, 0);
}
