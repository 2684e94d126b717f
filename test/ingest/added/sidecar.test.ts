import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readSidecar } from '../../../src/ingest/added/sidecar.ts';
import { createFolder, type TemporaryFolder } from '../../support/folders.ts';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await createFolder();
});
afterAll(() => folder.remove());

async function read(text: string) {
  const path = join(folder.path, 'a.md');
  await writeFile(`${path}.meta.json`, text);
  return readSidecar(path);
}

describe('a sidecar written by hand', () => {
  it('is read, also with a byte order mark', async () => {
    expect(await read('\ufeff{"given":{"title":"A bridge","publishedAt":"2024-04-05"}}')).toEqual({
      given: { title: 'A bridge', publishedAt: '2024-04-05' },
    });
  });

  it.each([
    ['{"given":{"title":""}}', 'given.title: must not be empty'],
    ['{"given":{"publishedAt":"5 April 2024"}}', 'given.publishedAt: must be a date such as "2024-04-05"'],
    ['{"given":{"publishedAt":20240405}}', 'given.publishedAt: must be a date such as "2024-04-05"'],
    ['{"given":{"sourceUrl":"example.org","id":"Ä b"}}', 'given.sourceUrl: must be an http(s) URL'],
    ['{"given":{"titel":"A"}}', 'given: Unrecognized key: "titel"'],
    ['{"title":"A"}', 'Unrecognized key: "title"'],
    ['{"given":{"title":"A",}}', 'it is not JSON ('],
    ['', 'it is not JSON ('],
    ['[]', 'expected object'],
  ])('with a mistake is refused with its name and the member: %s', async (text, said) => {
    const failure = await read(text).catch((error: unknown) => String(error));
    expect(failure).toContain('The file a.md.meta.json cannot be used: ');
    expect(failure).toContain(said);
    expect(failure).not.toContain(folder.path);
  });

  it('that is a folder is refused; where its name would be too long there is none', async () => {
    await mkdir(join(folder.path, 'b.md.meta.json'));
    await expect(readSidecar(join(folder.path, 'b.md'))).rejects.toThrow(
      'The file b.md.meta.json cannot be used: it cannot be read (EISDIR).',
    );
    expect(await readSidecar(join(folder.path, `${'x'.repeat(250)}.md`))).toBeUndefined();
  });
});
