import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import type { DiskUse } from '../../domain/ingest-admin.ts';
import type { CorpusFiles } from '../load/corpus-files.ts';

/** Bytes that the index and the articles take, and what is free. What cannot be looked at counts as nothing. */
export async function measureDisk(indexDir: string, files: CorpusFiles): Promise<DiskUse> {
  const paths = await files.list().then(
    (listing) => listing.files,
    () => [],
  );
  const corpus = await files.describe(paths);
  const free = await statfs(indexDir).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => undefined,
  );
  return {
    index: await folderSize(indexDir),
    corpus: Array.from(corpus.values()).reduce((sum, { bytes }) => sum + bytes, 0),
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
