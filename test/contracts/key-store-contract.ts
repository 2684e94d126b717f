import { describe, expect, it, onTestFinished } from 'vitest';

import type { KeyStore } from '../../src/conversation/key-store.ts';
import { collected, type NewPlace } from './places.ts';

const dayMs = 86_400_000;

/** What every store of keys does. */
export function keyStoreContract(name: string, newPlace: NewPlace<KeyStore>): void {
  async function place() {
    const open = await newPlace();
    return (...options: Parameters<typeof open>) => {
      const store = open(...options);
      onTestFinished(() => store.close());
      return store;
    };
  }

  describe(`a key in ${name}`, () => {
    it('is found by its token', async () => {
      const store = (await place())();
      expect([await store.find(`fn_000000000000_${'0'.repeat(64)}`), await store.list()]).toEqual([
        undefined,
        [],
      ]);
      const { key, token } = await store.create({ name: 'Bay Courier', scopes: ['ask', 'read'] });
      expect(token).toMatch(/^fn_[0-9a-f]{12}_[0-9a-f]{64}$/u);
      expect(token).toContain(key.id);
      expect(await store.find(token)).toEqual(key);
      expect(await store.list()).toEqual([key]);
    });

    it('is not found by anything else', async () => {
      const store = (await place())();
      const { token } = await store.create({ name: 'one', scopes: ['ask'] });
      const { token: other } = await store.create({ name: 'two', scopes: ['ask'] });
      const wrong = [
        '',
        'fn_',
        token.slice(0, -1),
        `${token}0`,
        token.toUpperCase(),
        `${token.slice(0, 16)}${other.slice(16)}`,
        `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
        `fn_000000000000_${token.slice(-64)}`,
        `fn_' OR 1=1 --_${token.slice(-64)}`,
        `${token.slice(0, 8)}\0${token.slice(9)}`,
      ];
      for (const attempt of wrong) expect([attempt, await store.find(attempt)]).toEqual([attempt, undefined]);
    });

    it('stops working when it expires', async () => {
      let at = Date.parse('2024-06-01T12:00:00.000Z');
      const store = (await place())({ now: () => at });
      const { key, token } = await store.create({ name: 'guest', scopes: ['read'], expiresInDays: 2 });
      expect(key.expiresAt).toBe('2024-06-03T12:00:00.000Z');
      at += 2 * dayMs - 1;
      expect(await store.find(token)).toEqual(key);
      at += 1;
      expect(await store.find(token)).toBeUndefined();
    });

    it('stops working when another process revokes it, and stays in the list', async () => {
      const open = await place();
      const [store, elsewhere] = [open(), open()];
      const { key, token } = await store.create({ name: 'lost', scopes: ['admin'] });
      const revoked = await elsewhere.revoke(key.id);
      expect(await store.find(token)).toBeUndefined();
      expect(await store.list()).toEqual([{ ...key, revokedAt: revoked.revokedAt }]);
      // Once more changes nothing.
      expect(await elsewhere.revoke(key.id)).toEqual(revoked);
    });

    it('that does not exist cannot be revoked', async () => {
      const store = (await place())();
      for (const id of ['000000000000', '\0']) {
        await expect(store.revoke(id)).rejects.toMatchObject({ code: 'not-found' });
      }
    });

    it('stands in the list behind older ones', async () => {
      let at = 0;
      const store = (await place())({ now: () => (at += 1_000) });
      const made = [];
      for (let count = 0; count < 8; count += 1) {
        made.push((await store.create({ name: `key ${count}`, scopes: ['ask'] })).key);
      }
      expect(await store.list()).toEqual(made);
    });
  });

  describe(`the records of keys in ${name}`, () => {
    it('keep working elsewhere, or not working, and change nothing the second time', async () => {
      const [from, to] = [(await place())(), (await place())()];
      const [good, bad] = [
        await from.create({ name: 'good', scopes: ['ask'], expiresInDays: 2 }),
        await from.create({ name: 'bad', scopes: ['read'] }),
      ];
      await from.revoke(bad.key.id);
      const records = await collected(from.records());
      expect(records).toHaveLength(2);
      for (const record of [...records, ...records]) await to.restore(record);
      expect([await to.find(good.token), await to.find(bad.token)]).toEqual([good.key, undefined]);
      const byId = (keys: Awaited<ReturnType<KeyStore['list']>>) => new Map(keys.map((key) => [key.id, key]));
      expect(byId(await to.list())).toEqual(byId(await from.list()));
    });
  });
}
