import { beforeEach, describe, expect, it } from 'vitest';

import type { AddedEnd } from '../../src/ingest/added/added-end.ts';
import type { Sidecar } from '../../src/ingest/added/sidecar.ts';
import type { CorpusFiles } from '../../src/ingest/load/corpus-files.ts';
import { sourceFile } from '../../src/ingest/load/read-source.ts';

/** The files of one corpus, and what keeps some of them there. */
export interface FilesPlace {
  readonly files: CorpusFiles;
  readonly added: Pick<AddedEnd, 'put' | 'remove'>;
}

const maxBytes = 1_000;
const fetched = {
  url: 'https://news.example/boats?from=feed',
  finalUrl: 'https://news.example/boats',
  at: '2026-01-01T00:00:00.000Z',
};

/** What the files of a corpus do, wherever they are. */
export function corpusFilesContract(name: string, newPlace: () => Promise<FilesPlace>): void {
  describe(`the files of a corpus in ${name}`, () => {
    let files: CorpusFiles;
    let added: FilesPlace['added'];

    beforeEach(async () => {
      ({ files, added } = await newPlace());
    });

    const put = (path: string, content: string, sidecar?: Sidecar) =>
      added.put({ path, bytes: Buffer.from(content), sidecar });

    it('are listed in the order of their code units', async () => {
      expect(await files.list()).toEqual({ files: [], skipped: [], failed: [] });
      const paths = [
        'added/web/news.example/a.html',
        'added/b.md',
        'added/Z.md',
        'added/được.md',
        'added/a.md',
      ];
      for (const path of paths) await put(path, 'x', { given: { title: 'X' } });
      expect((await files.list()).files).toEqual(paths.toSorted());
      await expect(files.list(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    });

    it('are read with what is said beside them, and have the digest of both', async () => {
      const sidecar = { given: { title: 'Boats' }, fetched };
      await put('added/boats.md', 'Thuyền màu xanh.', sidecar);
      const read = await files.read('added/boats.md', { maxBytes });
      const expected = sourceFile(Buffer.from('Thuyền màu xanh.'), sidecar);
      expect({ ...read, bytes: Buffer.from(read.bytes).toString() }).toEqual({
        ...expected,
        bytes: 'Thuyền màu xanh.',
      });
      await put('added/boats.md', 'Thuyền màu xanh.');
      const without = await files.read('added/boats.md', { maxBytes });
      expect(without.digest).not.toBe(read.digest);
      expect([without.sidecar, without.hints]).toEqual([undefined, {}]);
    });

    it('are not read when they are too large or gone', async () => {
      await put('added/large.md', 'x'.repeat(maxBytes + 1));
      await put('added/full.md', 'x'.repeat(maxBytes));
      expect((await files.read('added/full.md', { maxBytes })).bytes).toHaveLength(maxBytes);
      await expect(files.read('added/large.md', { maxBytes })).rejects.toMatchObject({
        code: 'unreadable-article',
        message: `The file has ${maxBytes + 1} bytes; at most ${maxBytes} are read (MAX_FILE_BYTES).`,
      });
      await expect(files.read('added/none.md', { maxBytes })).rejects.toThrow(/not there|ENOENT/u);
      const stopped = files.read('added/full.md', { maxBytes, signal: AbortSignal.abort() });
      await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    });

    it('are there until they are removed', async () => {
      await put('added/a.md', 'x', { given: { title: 'A' } });
      expect([await files.has('added/a.md'), await files.has('added/A2.md')]).toEqual([true, false]);
      await added.remove('added/a.md');
      await added.remove('added/a.md');
      expect([await files.has('added/a.md'), (await files.list()).files]).toEqual([false, []]);
    });

    it('are described all at once, those that there are', async () => {
      await put('added/a.md', 'đò');
      await put('added/web/news.example/b.html', 'page', { fetched });
      const asked = ['added/a.md', 'added/none.md', 'added/web/news.example/b.html', 'c.md'];
      expect(await files.describe(asked)).toEqual(
        new Map([
          ['added/a.md', { bytes: 4 }],
          ['added/web/news.example/b.html', { bytes: 4, address: fetched.finalUrl }],
        ]),
      );
      expect(await files.describe([])).toEqual(new Map());
    });

    it('are opened for as long as somebody reads', async () => {
      const content = 'Một hai ba. '.repeat(200_000);
      await put('added/long.txt', content);
      const opened = await files.open('added/long.txt');
      expect(opened?.bytes).toBe(Buffer.byteLength(content));
      const parts: Uint8Array[] = [];
      for await (const part of opened?.content ?? []) parts.push(part);
      expect(parts.length).toBeGreaterThan(1);
      expect(Buffer.concat(parts).equals(Buffer.from(content))).toBe(true);
      expect(await files.open('added/none.txt')).toBeUndefined();
      await put('added/empty.txt', '');
      const empty = await files.open('added/empty.txt');
      expect(empty?.bytes).toBe(0);
      for await (const part of empty?.content ?? []) expect(part).toHaveLength(0);
    });
  });
}
