import { readFile, stat } from 'node:fs/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createKeyStore, keysFile } from '../../src/conversation/key-store.ts';
import { keyStoreContract } from '../contracts/key-store-contract.ts';
import { keyStore } from '../http/support/keys.ts';
import { createFolder } from '../support/folders.ts';

keyStoreContract('a file', async () => {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const file = keysFile(folder.path);
  return (options) => createKeyStore({ file, ...options });
});

describe('the file of keys', () => {
  it('holds no secret, and only its owner reads it', async () => {
    const store = await keyStore();
    const { token } = await store.create({ name: 'Bay Courier', scopes: ['ask', 'read'] });
    const secret = token.slice(-64);
    for (const file of [store.file, `${store.file}-wal`]) {
      const bytes = await readFile(file);
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(Buffer.from(secret, 'hex'))).toBe(false);
      // Nor does anybody else on the machine read the hashes.
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
  });

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
