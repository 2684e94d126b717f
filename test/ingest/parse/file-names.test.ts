import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDiskFiles } from '../../../src/ingest/load/disk-files.ts';
import { runIngest } from '../../../src/ingest/run-ingest.ts';
import { inlineParser } from '../../support/inline-parser.ts';
import { createLetterModel, createMemoryIndex } from '../memory-index.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'footnote-names-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Ingests files of these names, each with a text of its own. */
async function ingest(...names: readonly string[]) {
  for (const [index, name] of names.entries())
    await writeFile(join(dir, name), `Boat number ${index + 1} of the village is painted blue.`);
  return runIngest({
    files: createDiskFiles({ corpusDir: dir, addedDir: join(dir, 'added') }),
    writer: createMemoryIndex().writer(),
    embeddings: createLetterModel(),
    parser: inlineParser,
    maxFileBytes: 10_000,
  });
}

describe('the name of a file', () => {
  it('may begin with a dash, hold a line end or an emoji, and be as long as names can be', async () => {
    const long = `${'x'.repeat(252)}.md`;
    const report = await ingest('-rf.md', 'a\nb.md', '🎉 party.md', long, 'Cảng Hải Phòng.md');
    expect(report.failed).toEqual([]);
    expect(report.added.toSorted()).toEqual(['a-b', 'cang-hai-phong', 'party', 'rf', 'x'.repeat(120)]);
  });

  it('without a letter or a digit is said to be the trouble', async () => {
    const report = await ingest('🎉.md');
    expect(report.failed).toEqual([
      {
        file: '🎉.md',
        reason:
          'No id can be made of the file name. Rename the file so that its name has a Latin letter or a digit.',
      },
    ]);
  });

  it.each([
    ['normalisation', ['Cảng.md'.normalize('NFC'), 'Cảng.md'.normalize('NFD')]],
    ['letter case', ['boat.md', 'BOAT.md']],
    ['their last letters', [`${'x'.repeat(200)}1.md`, `${'x'.repeat(200)}2.md`]],
  ])('of two that differ only in %s, one is read and the other named with the reason', async (_, names) => {
    const report = await ingest(...names);
    expect(report.added).toHaveLength(1);
    expect(report.failed).toHaveLength(1);
    const [failure] = report.failed;
    expect(names).toContain(failure?.file);
    const other = names.find((name) => name !== failure?.file) ?? '';
    expect(failure?.reason).toContain(other);
  });
});
