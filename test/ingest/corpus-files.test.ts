import { mkdir } from 'node:fs/promises';

import { onTestFinished } from 'vitest';

import { createDiskEnd } from '../../src/ingest/added/added-end.ts';
import { rootsOf } from '../../src/ingest/load/corpus-roots.ts';
import { createDiskFiles } from '../../src/ingest/load/disk-files.ts';
import { copyAddedContract } from '../contracts/copy-added-contract.ts';
import { corpusFilesContract } from '../contracts/corpus-files-contract.ts';
import { newDiskEnd } from '../contracts/disk-end.ts';
import { createFolder } from '../support/folders.ts';

corpusFilesContract('folders', async () => {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const roots = rootsOf(folder.path);
  await mkdir(roots.corpusDir, { recursive: true });
  return { files: createDiskFiles(roots), added: createDiskEnd(roots) };
});

copyAddedContract('from one folder into another', async () => ({
  from: await newDiskEnd(),
  to: await newDiskEnd(),
}));
