import { describe, expect, it, onTestFinished } from 'vitest';

import { indexOf, type OpenIndex } from './open-index.ts';

const records = ['b.md', 'a.pdf', 'added/ä.txt'].map((path, number) => ({
  path,
  digest: `d${number}`,
  articles: number === 1 ? [] : [`article-${number}`, 'another'],
  failures: number === 1 ? ['Page 3 cannot be read.'] : [],
}));
const sorted = [records[1], records[2], records[0]];

async function known(open: OpenIndex) {
  const index = await indexOf(open);
  const generation = await index.change(async (writer) => {
    for (const record of records) await writer.putSource(record);
  });
  return { index, generation };
}

/** What is known of the files. */
export function describeSources(open: OpenIndex): void {
  describe('knows the files', () => {
    it('in the order of the paths', async () => {
      const { index } = await known(open);
      expect(await index.read((one) => one.sources())).toEqual(sorted);
    });

    it('for the next writer too, in the same order', async () => {
      const { index } = await known(open);
      const writer = await index.openWriter();
      expect([...writer.sources.values()]).toEqual(sorted);
      await writer.discard();
    });

    it('and makes a generation where that has changed, none where it is the same', async () => {
      const { index, generation } = await known(open);
      const same = await index.change(async (writer) => {
        for (const record of records) await writer.putSource({ ...record });
        await writer.removeSource('none.md');
      });
      expect(same.id).toBe(generation.id);
      const lease = await index.acquire();
      onTestFinished(() => lease.release());
      const { index: old } = lease;
      const next = await index.change(async (writer) => {
        await writer.putSource({ path: 'b.md', digest: 'new', articles: ['x'], failures: [] });
        await writer.removeSource('a.pdf');
        await writer.removeSource('added/ä.txt');
        await writer.putSource({ path: 'added/ä.txt', digest: 'back', articles: [], failures: [] });
      });
      expect(next.id).not.toBe(generation.id);
      const digests = await index.read(async (one) =>
        (await one.sources()).map(({ path, digest }) => `${path} ${digest}`),
      );
      expect(digests).toEqual(['added/ä.txt back', 'b.md new']);
      expect(await old.sources()).toEqual(sorted);
    });
  });
}
