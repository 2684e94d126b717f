import { describe, expect, it } from 'vitest';

import type { WithdrawnStore } from '../../src/ingest/added/withdrawn.ts';

const at = '2026-01-01T00:00:00.000Z';

/**
 * What every list of withdrawn articles does.
 *
 * @param newPlace - makes an empty one, and returns what opens it once more each time.
 */
export function withdrawnStoreContract(name: string, newPlace: () => Promise<() => WithdrawnStore>): void {
  describe(`the list of withdrawn articles in ${name}`, () => {
    it('knows an article by its id and by its addresses, also after a restart', async () => {
      const open = await newPlace();
      const store = open();
      expect((await store.read()).list).toEqual([]);
      const withdrawal = {
        articleId: 'boats',
        title: 'Boats',
        file: 'added/boats.md',
        url: 'https://news.example/boats',
        finalUrl: 'https://www.news.example/boats',
        at,
        purged: true,
      };
      await store.withdraw(withdrawal);
      const withdrawals = await open().read();
      expect(withdrawals.list).toEqual([withdrawal]);
      expect(withdrawals.isWithdrawn({ articleId: 'boats' })).toBe(true);
      expect(withdrawals.isWithdrawn({ articleId: 'nets' })).toBe(false);
      expect(withdrawals.isWithdrawn({ url: 'HTTPS://NEWS.example/boats#top' })).toBe(true);
      expect(withdrawals.isWithdrawn({ url: 'https://www.news.example/boats' })).toBe(true);
      expect(withdrawals.isWithdrawn({ url: 'https://news.example/boats?page=2' })).toBe(false);
    });

    it('loses none of several changes at once, and has each article once, latest first', async () => {
      const store = (await newPlace())();
      const ids = Array.from({ length: 20 }, (_, number) => `a-${number % 15}`);
      await Promise.all(
        ids.map((articleId, number) =>
          store.withdraw({ articleId, at: new Date(Date.parse(at) + number).toISOString() }),
        ),
      );
      const { list } = await store.read();
      expect(list).toHaveLength(15);
      expect(list[0]?.articleId).toBe('a-4');
    });

    it('lets articles come back by id, address or file', async () => {
      const open = await newPlace();
      const store = open();
      await store.withdraw({ articleId: 'a', at });
      await store.withdraw({ articleId: 'b', url: 'https://news.example/b', at });
      await store.withdraw({ articleId: 'c', file: 'added/c.md', at });
      await store.withdraw({ articleId: 'd', file: 'd.md', at });
      expect(store.latest().list).toHaveLength(4);
      const lifted = await store.restore({
        articleIds: ['a', 'other'],
        urls: ['https://news.example/b#part'],
        files: ['added/c.md'],
      });
      expect(lifted.map(({ articleId }) => articleId).toSorted()).toEqual(['a', 'b', 'c']);
      for (const { list } of [store.latest(), await open().read()]) {
        expect(list.map(({ articleId }) => articleId)).toEqual(['d']);
      }
      expect(await store.restore({ articleIds: ['a'] })).toEqual([]);
    });

    it('is read afresh, and otherwise known as it was read last', async () => {
      const open = await newPlace();
      const [one, other] = [open(), open()];
      await one.withdraw({ articleId: 'a', at });
      expect(other.latest().list).toEqual([]);
      expect((await other.read()).list).toEqual([{ articleId: 'a', at }]);
      expect(other.latest().isWithdrawn({ articleId: 'a' })).toBe(true);
    });
  });
}
