import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import type { DiskUse } from '../../domain/ingest-admin.ts';
import { corpusFile, type CorpusRoots } from '../load/corpus-roots.ts';
import { listFiles } from '../load/list-files.ts';

/** Bytes that the index and the articles take, and what is free. What cannot be looked at counts as nothing. */
export async function measureDisk(indexDir: string, roots: CorpusRoots): Promise<DiskUse> {
  const files = await listFiles(roots).then(
    (listing) => listing.files,
    () => [],
  );
  const corpus = await Promise.all(files.map((path) => sizeOf(corpusFile(roots, path))));
  const free = await statfs(indexDir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  return {
    index: await folderSize(indexDir),
    corpus: corpus.reduce((sum, bytes) => sum + bytes, 0),
    ...(free !== undefined && { free }),
  };
}

async function folderSize(dir: string): Promise<number> {
  const entries = await readdir(dir, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((entry) => sizeOf(join(entry.parentPath, entry.name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
