import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { measureDisk } from '../../../src/ingest/admin/disk-use.ts';
import { rootsOf } from '../../../src/ingest/load/corpus-roots.ts';
import { createDiskFiles } from '../../../src/ingest/load/disk-files.ts';

it('counts the files of the index and of the corpus, and what cannot be looked at as nothing', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'footnote-disk-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const roots = rootsOf(join(dir, 'corpus'));
  expect(await measureDisk(join(dir, 'index'), createDiskFiles(roots))).toEqual({ index: 0, corpus: 0 });
  await mkdir(join(dir, 'index', 'generations'), { recursive: true });
  await mkdir(roots.addedDir, { recursive: true });
  await writeFile(join(dir, 'index', 'generations', 'a.db'), 'x'.repeat(700));
  await writeFile(join(roots.corpusDir, 'a.md'), 'x'.repeat(20));
  await writeFile(join(roots.addedDir, 'b.md'), 'x'.repeat(3));
  const { free, ...used } = await measureDisk(join(dir, 'index'), createDiskFiles(roots));
  expect(used).toEqual({ index: 700, corpus: 23 });
  expect(free).toBeGreaterThan(0);
});
