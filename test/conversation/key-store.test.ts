import { readFile, stat } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { createKeyStore } from '../../src/conversation/key-store.ts';
import { keyStore } from '../http/support/keys.ts';

const day = 86_400_000;

describe('a key', () => {
  it('is found by its token, whose secret is stored nowhere', async () => {
    const store = await keyStore();
    const { key, token } = await store.create({ name: 'Bay Courier', scopes: ['ask', 'read'] });
    expect(token).toMatch(/^fn_[0-9a-f]{12}_[0-9a-f]{64}$/u);
    expect(token).toContain(key.id);
    expect(await store.find(token)).toEqual(key);
    expect(await store.list()).toEqual([key]);
    const secret = token.slice(-64);
    for (const file of [store.file, `${store.file}-wal`]) {
      const bytes = await readFile(file);
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(secret, 'hex'))).toBe(false);
      // Nor does anybody else on the machine read the hashes.
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
  });

  it('is not found by anything else', async () => {
    const store = await keyStore();
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
    ];
    for (const attempt of wrong) expect([attempt, await store.find(attempt)]).toEqual([attempt, undefined]);
  });

  it('stops working when it expires', async () => {
    let at = Date.parse('2024-06-01T12:00:00.000Z');
    const store = await keyStore({ now: () => at });
    const { key, token } = await store.create({ name: 'guest', scopes: ['read'], expiresInDays: 2 });
    expect(key.expiresAt).toBe('2024-06-03T12:00:00.000Z');
    at += 2 * day - 1;
    expect(await store.find(token)).toEqual(key);
    at += 1;
    expect(await store.find(token)).toBeUndefined();
  });

  it('stops working when another process revokes it, and stays in the list', async () => {
    const store = await keyStore();
    const { key, token } = await store.create({ name: 'lost', scopes: ['admin'] });
    const elsewhere = createKeyStore({ file: store.file });
    const revoked = await elsewhere.revoke(key.id);
    expect(await store.find(token)).toBeUndefined();
    expect(await store.list()).toEqual([{ ...key, revokedAt: revoked.revokedAt }]);
    // Once more changes nothing.
    expect(await elsewhere.revoke(key.id)).toEqual(revoked);
    await elsewhere.close();
  });

  it('that does not exist cannot be revoked', async () => {
    const store = await keyStore();
    await expect(store.revoke('000000000000')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the file of keys', () => {
  it('is made by the first key only, and seen by who looked before', async () => {
    const store = await keyStore();
    expect([await store.find(`fn_000000000000_${'0'.repeat(64)}`), await store.list()]).toEqual([
      undefined,
      [],
    ]);
    await expect(stat(store.file)).rejects.toThrow('ENOENT');
    const elsewhere = createKeyStore({ file: store.file });
    const { key, token } = await elsewhere.create({ name: 'first', scopes: ['ask'] });
    expect(await store.find(token)).toEqual(key);
    await elsewhere.close();
  });
});
