import { beforeEach, describe, expect, it } from 'vitest';

import type { AddedEnd } from '../../src/ingest/added/added-end.ts';
import { copyAdded } from '../../src/ingest/copy-added.ts';

const maxBytes = 1_000;
const at = '2026-01-01T00:00:00.000Z';
const withdrawal = { articleId: 'nets', title: 'Nets', file: 'added/nets.md', at };
const fetched = { url: 'https://news.example/a?b=c', finalUrl: 'https://news.example/a', at };

/** What copying from one place into another does. */
export function copyAddedContract(
  name: string,
  newEnds: () => Promise<{ readonly from: AddedEnd; readonly to: AddedEnd }>,
): void {
  describe(`copying what was added ${name}`, () => {
    let from: AddedEnd;
    let to: AddedEnd;
    beforeEach(async () => {
      ({ from, to } = await newEnds());
      const sidecar = { given: { id: 'boats' } };
      await from.put({ path: 'added/Thuyền.md', bytes: Buffer.from('Thuyền.'), sidecar });
      await from.put({ path: 'added/plain.txt', bytes: Buffer.from([0xff, 0, 0x0a]) });
      const page = 'added/web/news.example/a-0a1b2c3d.html';
      await from.put({ path: page, bytes: Buffer.from('<p>A'), sidecar: { fetched } });
      await from.withdrawn.withdraw(withdrawal);
    });

    const copy = (options: Partial<Parameters<typeof copyAdded>[0]> = {}) => {
      const { signal } = new AbortController();
      return copyAdded({ from, to, replace: false, maxFileBytes: maxBytes, signal, ...options });
    };

    async function contentOf(end: AddedEnd) {
      const { files } = await end.list();
      const content = [];
      for (const path of files) {
        const { bytes, ...rest } = await end.read(path, { maxBytes });
        content.push({ path, bytes: Buffer.from(bytes).toString('hex'), ...rest });
      }
      return { content, withdrawn: (await end.withdrawn.read()).list };
    }

    it('keeps files, what is said of them, and deletions; and may be repeated', async () => {
      const before = await contentOf(from);
      expect(before.content).toHaveLength(3);
      for (let time = 0; time < 2; time += 1) {
        expect(await copy()).toEqual({ files: 3, withdrawals: 1 });
        expect(await contentOf(to)).toEqual(before);
      }
      expect(await contentOf(from)).toEqual(before);
    });

    it('writes nothing again that is there', async () => {
      await copy();
      const refusing = () => Promise.reject(new Error('It was written again.'));
      await copy({ to: { ...to, put: refusing, withdrawn: { ...to.withdrawn, withdraw: refusing } } });
      await from.put({ path: 'added/plain.txt', bytes: Buffer.from('new') });
      await expect(copy({ to: { ...to, put: refusing } })).rejects.toThrow('again');
    });

    it('leaves what is there beside it, unless that may go', async () => {
      await to.put({ path: 'added/other.md', bytes: Buffer.from('Other.') });
      await to.withdrawn.withdraw({ articleId: 'other', at });
      await copy();
      const both = await contentOf(to);
      expect([both.content.length, both.withdrawn.length]).toEqual([4, 2]);
      await copy({ replace: true });
      expect(await contentOf(to)).toEqual(await contentOf(from));
    });

    it('stops at a file that is too large, and says which, and when it is told to', async () => {
      await from.put({ path: 'added/large.md', bytes: Buffer.alloc(maxBytes + 1, 'x') });
      await expect(copy()).rejects.toMatchObject({
        code: 'unreadable-article',
        message: expect.stringMatching(/^The file added\/large\.md cannot be copied: .*MAX_FILE_BYTES/u),
        remedy: expect.stringContaining('limit'),
      });
      await expect(copy({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    });

    it('puts nothing anywhere else', async () => {
      for (const path of ['a.md', 'added/../a.md', 'added/.incoming/a.md', 'added/web/../../a.md']) {
        await expect(to.put({ path, bytes: Buffer.from('x') })).rejects.toMatchObject({
          code: 'invalid-request',
        });
      }
    });
  });
}
