import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { type AddedEnd, createDiskEnd } from '../../src/ingest/added/added-end.ts';
import { createFolder } from '../support/folders.ts';

/** A folder of its own for what is added, which is not there yet. */
export async function newDiskEnd(): Promise<AddedEnd> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return createDiskEnd({ addedDir: join(folder.path, 'not/there/yet') });
}
