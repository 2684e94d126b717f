import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { makeFolder, replaceFile } from '../../domain/files/durable-files.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';
import { createDiskFiles } from '../load/disk-files.ts';
import { listAdded } from '../load/list-files.ts';
import { addedParts } from './added-path.ts';
import { createAddedStore } from './added-store.ts';
import { type Sidecar, sidecarEnding, writeSidecar } from './sidecar.ts';
import { createWithdrawnStore, type WithdrawnStore } from './withdrawn.ts';

/** An added file to be kept under its path in the corpus. */
export interface FileToPut {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sidecar?: Sidecar | undefined;
}

/** What was added through Footnote, as one end of a copy. */
export interface AddedEnd extends Pick<CorpusFiles, 'list' | 'read'> {
  readonly withdrawn: WithdrawnStore;
  /** Keeps a file, in place of what was kept under its path. @throws FootnoteError `invalid-request` for any other path. */
  put(file: FileToPut): Promise<void>;
  /** Removes a file; harmless where there is none. */
  remove(path: string): Promise<void>;
}

/** @param addedDir - ADDED_DIR; made with the first file. */
export function createDiskEnd({ addedDir }: { readonly addedDir: string }): AddedEnd {
  // Of the operator's own files, none is asked for.
  const files = createDiskFiles({ corpusDir: addedDir, addedDir });
  const added = createAddedStore({ dir: addedDir, maxFileBytes: 0 });
  return {
    list: (signal) => listAdded(addedDir, signal),
    read: (path, options) => files.read(path, options),
    withdrawn: createWithdrawnStore({ dir: addedDir }),
    async put({ path, bytes, sidecar }) {
      const target = join(addedDir, ...addedParts(path));
      await makeFolder(dirname(target));
      // First what is said of the file: without it, the file could be read as another article.
      if (sidecar) await writeSidecar(target, sidecar);
      else await rm(`${target}${sidecarEnding}`, { force: true });
      await replaceFile(target, bytes);
    },
    remove: (path) => added.remove(path),
  };
}
