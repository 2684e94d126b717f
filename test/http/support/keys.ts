import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { createKeyStore, type KeyStore, type NewKey } from '../../../src/conversation/key-store.ts';
import { createFolder } from '../../support/folders.ts';

/** An empty store of keys in a folder of its own, until the test is over. */
export async function keyStore(options: { now?: () => number } = {}): Promise<KeyStore & { file: string }> {
  const folder = await createFolder();
  const file = join(folder.path, 'index', 'keys.sqlite');
  const store = createKeyStore({ file, ...options });
  onTestFinished(async () => {
    await store.close();
    await folder.remove();
  });
  return { ...store, file };
}

/** The header with a new key of these scopes. */
export async function bearer(store: KeyStore, ...scopes: NewKey['scopes']): Promise<Record<string, string>> {
  const { token } = await store.create({ name: 'test', scopes });
  return { authorization: `Bearer ${token}` };
}
