import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { syncFile } from '../domain/files/durable-files.ts';
import { newState, readState, writeState, type BuildingState } from './building-state.ts';
import { generationFolder, generationPattern, names } from './index-paths.ts';
import { pointedGeneration, readPointer } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';

/** A folder in which a generation is being built. */
export interface BuildingFiles {
  readonly folder: string;
  readonly state: BuildingState;
}

/** Makes the folder, with a copy of the database of the base in it. */
export async function createBuildingFiles(
  folder: string,
  options: Pick<IndexOptions, 'embeddings'>,
  base: { readonly id: string; readonly articles: string } | undefined,
): Promise<BuildingFiles> {
  await mkdir(folder);
  if (base) {
    const file = join(folder, names.articles);
    const temporary = `${file}${names.temporary}`;
    await copyFile(base.articles, temporary, constants.COPYFILE_FICLONE);
    await syncFile(temporary);
    await rename(temporary, file);
  }
  const state = newState(options, base?.id);
  await writeState(folder, state);
  return { folder, state };
}

/**
 * What an interrupted writer left in `dir` that can be carried on: built on the same generation, with the same embedding
 * model and format. Whatever else is left of others is removed, which only the holder of the lock may do.
 *
 * @param base - id of the current generation; undefined when there is none that can be built on.
 */
export async function takeBuildingFiles(
  { dir, embeddings }: Pick<IndexOptions, 'dir' | 'embeddings'>,
  base: string | undefined,
): Promise<BuildingFiles | undefined> {
  await moveBack(dir);
  const wanted = newState({ embeddings }, base);
  let found: BuildingFiles | undefined;
  for (const name of await readdir(dir)) {
    if (!name.startsWith(names.building)) continue;
    const folder = join(dir, name);
    const state = found ? undefined : await readState(folder, wanted);
    if (state) found = { folder, state };
    else await rm(folder, { recursive: true, force: true });
  }
  if (found) await removeTemporary(found.folder);
  return found;
}

/** Removes files that were not whole when their writer ended. */
export async function removeTemporary(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.endsWith(names.temporary)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * A generation that was moved to its place and not made current any more goes back to those under construction; the
 * current one is no longer under construction.
 */
async function moveBack(dir: string): Promise<void> {
  const pointer = await readPointer(dir);
  const current = pointer === undefined ? undefined : pointedGeneration(pointer);
  // Any of them may be the one that a damaged pointer named.
  if (pointer !== undefined && current === undefined) return;
  for (const id of await readdir(join(dir, names.generations))) {
    if (!generationPattern.test(id)) continue;
    const folder = generationFolder(dir, id);
    if (!existsSync(join(folder, names.state))) continue;
    if (id === current) await rm(join(folder, names.state), { force: true });
    else await rename(folder, join(dir, `${names.building}${id}`));
  }
}
