import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { takeBuildingFiles, removeTemporary, type BuildingFiles } from './building-files.ts';
import { generationFolder, generationPattern, names } from './index-paths.ts';
import type { IndexOptions } from './open-index.ts';

/**
 * Removes what nobody can use any more: files that were never finished, what was built on another generation, and
 * generations older than the one before the current. For the holder of the lock.
 *
 * @param current - id of the generation that can be built on; when there is none, all generations stay.
 * @returns what an interrupted writer left to carry on.
 */
export async function clearFolder(
  options: Pick<IndexOptions, 'dir' | 'embeddings'>,
  current: string | undefined,
): Promise<BuildingFiles | undefined> {
  const { dir } = options;
  await removeTemporary(dir);
  const building = await takeBuildingFiles(options, current);
  if (current !== undefined) {
    const older = (await generations(dir)).filter((id) => id < current);
    await removeGenerations(dir, new Set([current, older.toSorted().at(-1)]));
  }
  return building;
}

/** Removes all generations but those named. */
export async function removeGenerations(dir: string, keep: ReadonlySet<string | undefined>): Promise<void> {
  for (const id of await generations(dir)) {
    if (keep.has(id)) continue;
    // Some systems refuse while a reader has it open; the next writer tries again.
    await rm(generationFolder(dir, id), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function generations(dir: string): Promise<string[]> {
  const all = await readdir(join(dir, names.generations));
  return all.filter((name) => generationPattern.test(name));
}
