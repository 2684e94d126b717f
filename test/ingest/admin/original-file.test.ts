import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { openOriginal } from '../../../src/ingest/admin/original-file.ts';
import { rootsOf } from '../../../src/ingest/load/corpus-roots.ts';
import { createDiskFiles } from '../../../src/ingest/load/disk-files.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-original-'));
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
});

const record = { path: 'a.md', digest: 'digest', articles: ['a'], failures: [] };

it('gives the bytes of a file that the index knows, and of no other', async () => {
  await writeFile(join(dir, 'a.md'), 'Thuyền màu xanh.');
  await writeFile(join(dir, 'b.md'), 'Secret.');
  const { content, ...file } = await openOriginal(createDiskFiles(rootsOf(dir)), [record], 'a.md');
  expect(file).toEqual({ name: 'a.md', mediaType: 'text/markdown', bytes: 19 });
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  expect(Buffer.concat(pieces).toString()).toBe('Thuyền màu xanh.');
  await expect(openOriginal(createDiskFiles(rootsOf(dir)), [record], 'b.md')).rejects.toMatchObject({
    code: 'not-found',
  });
});

it.runIf(process.platform === 'linux')('opens nothing until it is read, as for a HEAD request', async () => {
  const file = join(dir, 'a.md');
  await writeFile(file, 'The boats are blue.');
  await openOriginal(createDiskFiles(rootsOf(dir)), [record], 'a.md');
  await new Promise((resolve) => setTimeout(resolve, 50));
  const open = await readdir('/proc/self/fd');
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  expect(targets).not.toContain(file);
});
