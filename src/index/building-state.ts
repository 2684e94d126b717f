import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { replaceFile } from '../domain/files/durable-files.ts';
import { names } from './index-paths.ts';
import { indexFormat } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';

const stateSchema = z.object({
  format: z.literal(indexFormat),
  /** Id of the generation that it was copied from; null when it was begun empty. */
  base: z.string().nullable(),
  embeddingModel: z.string(),
  dimensions: z.int(),
  /** Whether something was removed, so that what is left of it in the file must go too. */
  removals: z.boolean(),
});

/** What a generation under construction is built on. Written last, so that what has it is whole. */
export type BuildingState = z.infer<typeof stateSchema>;

/** The state of a generation that is begun now. */
export function newState({ embeddings }: Pick<IndexOptions, 'embeddings'>, base?: string): BuildingState {
  const { id: embeddingModel, dimensions } = embeddings;
  return { format: indexFormat, base: base ?? null, embeddingModel, dimensions, removals: false };
}

/** Makes the state durable. */
export async function writeState(folder: string, state: BuildingState): Promise<void> {
  await replaceFile(join(folder, names.state), `${JSON.stringify(state)}\n`);
}

/** The state of what is in `folder`, when it can be carried on as `wanted`. */
export async function readState(folder: string, wanted: BuildingState): Promise<BuildingState | undefined> {
  try {
    const text = await readFile(join(folder, names.state), 'utf8');
    const state = stateSchema.parse(JSON.parse(text));
    const { removals } = state;
    return JSON.stringify(state) === JSON.stringify({ ...wanted, removals }) ? state : undefined;
  } catch {
    return undefined;
  }
}
