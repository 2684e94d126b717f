import { describe, expect, it, onTestFinished } from 'vitest';

import { createIdempotencyStore, requestsFile } from '../../src/conversation/idempotency-store.ts';
import { idempotencyStoreContract, request } from '../contracts/idempotency-store-contract.ts';
import { createFolder } from '../support/folders.ts';

idempotencyStoreContract('a file', async () => {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const file = requestsFile(folder.path);
  return (options) => createIdempotencyStore({ file, ...options });
});

describe('repeatable requests in memory', () => {
  it('are remembered like those in a file', async () => {
    const store = createIdempotencyStore({ file: ':memory:' });
    onTestFinished(() => store.close());
    const begun = await store.begin(request);
    const response = { status: 200, headers: {}, body: '' };
    await store.finish('k', begun.state === 'new' ? begun.token : '', response);
    expect(await store.begin(request)).toEqual({ state: 'done', response });
  });
});
