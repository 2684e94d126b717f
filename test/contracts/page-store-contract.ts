import { beforeEach, describe, expect, it } from 'vitest';

import type { Sidecar } from '../../src/ingest/added/sidecar.ts';
import type { CorpusFiles } from '../../src/ingest/load/corpus-files.ts';
import type { PageStore } from '../../src/ingest/web/store/page-store.ts';

/** A place for pages. */
export interface PagesPlace {
  /** Another store of the same place. */
  open(): PageStore;
  /** What has come into it. */
  readonly files: Pick<CorpusFiles, 'list' | 'read'>;
  /** As a deletion does it. */
  remove(path: string): Promise<void>;
}

const address = 'https://example.com/news';

interface Version {
  readonly content?: string;
  readonly etag?: string;
  readonly url?: string;
  readonly given?: Sidecar['given'];
  readonly extension?: string;
}

function page({ content = 'x', etag = '"1"', url = address, given, extension = '.html' }: Version = {}) {
  const fetched = { url, finalUrl: address, at: '2026-03-01T12:00:00.000Z', etag };
  const sidecar: Sidecar = { fetched, ...(given && { given }) };
  return { address, bytes: Buffer.from(content), extension, sidecar };
}

/** What every store of pages does. */
export function pageStoreContract(name: string, newPlace: () => Promise<PagesPlace>): void {
  describe(`a page in ${name}`, () => {
    let place: PagesPlace;
    let store: PageStore;
    beforeEach(async () => {
      place = await newPlace();
      store = place.open();
      await store.recover();
    });

    const files = async () => (await place.files.list()).files;
    const read = async (file: string) => {
      const { bytes, sidecar } = await place.files.read(file, { maxBytes: 1_000 });
      return { text: Buffer.from(bytes).toString(), sidecar };
    };

    it('is found by its address and by any that it was asked for with, also after a restart', async () => {
      expect(await store.find(address)).toBeUndefined();
      const asked = 'https://example.com/n?id=1&utm_source=feed#top';
      const { file } = await store.put(page({ url: asked }));
      expect(file).toMatch(/^added\/web\/example\.com\/news-[0-9a-f]{8}\.html$/u);
      expect(await files()).toEqual([file]);
      const found = { file, sidecar: page({ url: asked }).sidecar };
      for (const open of [store, place.open()]) {
        for (const known of [address, `${address}#part`, asked, 'https://example.com/n?id=1']) {
          expect([known, await open.find(known)]).toEqual([known, found]);
        }
        expect(await open.find('https://example.com/n')).toBeUndefined();
      }
    });

    it('has changed when its bytes have, or what is said of it; the time and the validators do not count', async () => {
      const changes = [];
      const versions = [
        {},
        {},
        { etag: '"2"' },
        { content: 'y' },
        { content: 'y', given: { title: 'Mine' } },
      ];
      for (const version of versions) changes.push((await store.put(page(version))).changed);
      expect(changes).toEqual([true, false, false, true, true]);
      const found = await store.find(address);
      expect(found?.sidecar.given).toEqual({ title: 'Mine' });
      expect(await read(found?.file ?? '')).toEqual({ text: 'y', sidecar: found?.sidecar });
    });

    it('keeps the newest validators, also where nothing has changed', async () => {
      const { file } = await store.put(page());
      await store.put(page({ etag: '"2"' }));
      expect((await read(file)).sidecar?.fetched?.etag).toBe('"2"');
    });

    it('takes the place of the same page in another format', async () => {
      const before = await store.put(page());
      const { file, changed } = await store.put(page({ extension: '.pdf', content: '%PDF' }));
      expect(changed).toBe(true);
      expect(file).toBe(before.file.replace('.html', '.pdf'));
      expect(await files()).toEqual([file]);
      expect((await place.open().find(address))?.file).toBe(file);
    });

    it('is looked at without being replaced, and has the digest of what is said of it then', async () => {
      await store.put(page({ content: 'kept' }));
      const found = await store.find(address);
      if (!found) throw new Error('The page is not found.');
      const { digest } = await place.files.read(found.file, { maxBytes: 1_000 });
      const { sidecar } = page({ etag: '"2"' });
      await store.looked(found, sidecar);
      expect(await read(found.file)).toEqual({ text: 'kept', sidecar });
      expect((await place.files.read(found.file, { maxBytes: 1_000 })).digest).toBe(digest);
      await store.looked(found, { ...sidecar, given: { title: 'Mine' } });
      expect((await store.put(page({ content: 'kept', given: { title: 'Mine' } }))).changed).toBe(false);
    });

    it('stays away when it is deleted while it is looked at', async () => {
      await store.put(page());
      const found = await store.find(address);
      if (!found) throw new Error('The page is not found.');
      await place.remove(found.file);
      await store.looked(found, found.sidecar);
      expect([await files(), await store.find(address)]).toEqual([[], undefined]);
      expect(await store.put(page())).toEqual({ file: found.file, changed: true });
    });
  });
}
