import { createHash } from 'node:crypto';
import { access, chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createDiskEnd } from '../../../src/ingest/added/added-end.ts';
import type { Sidecar } from '../../../src/ingest/added/sidecar.ts';
import { createSourceState } from '../../../src/ingest/web/sources/source-state.ts';
import { createPageStore } from '../../../src/ingest/web/store/page-store.ts';
import { pageStoreContract } from '../../contracts/page-store-contract.ts';
import { sourceStateContract } from '../../contracts/source-state-contract.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await createFolder();
});
afterEach(() => folder.remove());

pageStoreContract('a folder', async () => {
  const addedDir = folder.path;
  const end = createDiskEnd({ addedDir });
  return { open: () => createPageStore({ addedDir }), files: end, remove: (path) => end.remove(path) };
});
sourceStateContract('a folder', async () => () => createSourceState({ addedDir: folder.path }));

const address = 'https://example.com/news';
const sidecar = (etag: string): Sidecar => ({
  fetched: { url: address, finalUrl: address, at: '2026-03-01T12:00:00.000Z', etag },
});
const page = (version: string) => ({
  address,
  bytes: Buffer.from(version),
  extension: '.html',
  sidecar: sidecar(`"${version}"`),
});

/** What stands in the place of the page. */
async function stored(file: string) {
  const path = join(folder.path, file.slice('added/'.length));
  const beside: unknown = JSON.parse(await readFile(`${path}.meta.json`, 'utf8'));
  return { bytes: await readFile(path, 'utf8'), sidecar: beside };
}

/** As a crash leaves it after the plan for `version` was written: with the bytes still aside, or in their place already. */
async function crash(file: string, version: string, { moved }: { readonly moved: boolean }) {
  const sha256 = createHash('sha256').update(version).digest('hex');
  const name = join('web', '.incoming', sha256.slice(0, 32));
  const path = file.slice('added/web/'.length);
  await writeFiles(folder.path, {
    [`${name}.json`]: JSON.stringify({ path, sha256, sidecar: sidecar(`"${version}"`), replaces: [] }),
    [moved ? join('web', path) : `${name}.bytes`]: version,
  });
}

describe('a crash while a page is replaced', () => {
  it('before the plan was complete leaves the old version, and nothing else', async () => {
    const { file } = await createPageStore({ addedDir: folder.path }).put(page('old'));
    await writeFiles(folder.path, {
      'web/.incoming/abc.bytes': 'half',
      'web/.incoming/abc.json.tmp': '{',
      'web/.incoming/def.json': '{"path":',
    });
    await writeFiles(folder.path, { [`${file.slice('added/'.length)}.meta.json.tmp`]: '{' });
    await createPageStore({ addedDir: folder.path }).recover();
    expect(await stored(file)).toEqual({ bytes: 'old', sidecar: sidecar('"old"') });
    expect(await readdir(join(folder.path, 'web', '.incoming'))).toEqual([]);
    expect(await readdir(join(folder.path, 'web', 'example.com'))).toHaveLength(2);
  });

  it.each([{ moved: false }, { moved: true }])(
    'after that leaves the new version, with its own sidecar: $moved',
    async ({ moved }) => {
      const { file } = await createPageStore({ addedDir: folder.path }).put(page('old'));
      await crash(file, 'new', { moved });
      const found = await createPageStore({ addedDir: folder.path }).find(address);
      expect(found).toEqual({ file, sidecar: sidecar('"new"') });
      expect(await stored(file)).toEqual({ bytes: 'new', sidecar: sidecar('"new"') });
      expect(await readdir(join(folder.path, 'web', '.incoming'))).toEqual([]);
    },
  );

  it('never pairs the new sidecar with the old bytes, also when what was set aside is lost', async () => {
    const { file } = await createPageStore({ addedDir: folder.path }).put(page('old'));
    await crash(file, 'new', { moved: false });
    const names = await readdir(join(folder.path, 'web', '.incoming'));
    for (const name of names.filter((one) => one.endsWith('.bytes')))
      await rm(join(folder.path, 'web', '.incoming', name));
    await createPageStore({ addedDir: folder.path }).recover();
    expect(await stored(file)).toEqual({ bytes: 'old', sidecar: sidecar('"old"') });
  });

  it('writes nowhere else, whatever a plan says', async () => {
    const bytes = 'x';
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const plan = { path: '../../outside.html', sha256, sidecar: {}, replaces: ['../x'] };
    await writeFiles(folder.path, {
      'web/.incoming/a.json': JSON.stringify(plan),
      'web/.incoming/a.bytes': bytes,
    });
    await createPageStore({ addedDir: join(folder.path) }).recover();
    await expect(access(join(folder.path, '..', 'outside.html'))).rejects.toThrow('ENOENT');
    expect(await readdir(join(folder.path, 'web', '.incoming'))).toEqual([]);
  });
});

describe('the folder of the pages', () => {
  it('that cannot be used is said to be so, and can be used once it is mended', async () => {
    await writeFile(join(folder.path, 'web'), 'a file in its place');
    const store = createPageStore({ addedDir: folder.path });
    await expect(store.put(page('one'))).rejects.toMatchObject({
      code: 'unavailable',
      remedy: expect.stringContaining('ADDED_DIR'),
    });
    await rm(join(folder.path, 'web'));
    expect(await store.put(page('one'))).toMatchObject({ changed: true });
  });

  it('may hold damaged sidecars, which are replaced', async () => {
    const store = createPageStore({ addedDir: folder.path });
    const { file } = await store.put(page('one'));
    const path = join(folder.path, file.slice('added/'.length));
    await writeFile(`${path}.meta.json`, '{');
    const again = createPageStore({ addedDir: folder.path });
    expect(await again.find(address)).toEqual({ file, sidecar: {} });
    await again.put(page('one'));
    expect(await stored(file)).toEqual({ bytes: 'one', sidecar: sidecar('"one"') });
    await mkdir(join(folder.path, 'web', 'other.example'));
    await chmod(join(folder.path, 'web', 'other.example'), 0o755);
    await expect(again.recover()).resolves.toBeUndefined();
  });
});
