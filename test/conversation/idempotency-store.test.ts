import { describe, expect, it, onTestFinished } from 'vitest';

import {
  createIdempotencyStore,
  type IdempotencyStoreOptions,
  requestsFile,
} from '../../src/conversation/idempotency-store.ts';
import { createFolder } from '../support/folders.ts';

const hourMs = 3_600_000;
const response = { status: 201, headers: { location: 'conversations/1' }, body: '{"id":"1"}' };
const request = { key: 'k', fingerprint: 'f', leaseMs: 1_000 };

async function newFile(): Promise<string> {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  return requestsFile(folder.path);
}

function storeIn(file: string, options: Partial<IdempotencyStoreOptions> = {}) {
  const store = createIdempotencyStore({ file, ...options });
  onTestFinished(() => store.close());
  return store;
}

async function begin(store: ReturnType<typeof storeIn>) {
  const begun = await store.begin(request);
  if (begun.state !== 'new') throw new Error(`The request is ${begun.state}.`);
  return begun.token;
}

describe.each(['a file', 'memory'])('the store of repeatable requests in %s', (place) => {
  const fileOf = () => (place === 'memory' ? Promise.resolve(':memory:') : newFile());

  it('begins a request once and gives its response again for a day', async () => {
    let now = 0;
    const store = storeIn(await fileOf(), { now: () => now });
    const token = await begin(store);
    expect(await store.begin(request)).toEqual({ state: 'running' });
    expect(await store.begin({ ...request, fingerprint: 'g' })).toEqual({ state: 'other' });
    await store.finish('k', token, response);
    now = 24 * hourMs - 1;
    expect(await store.begin(request)).toEqual({ state: 'done', response });
    expect(await store.begin({ ...request, fingerprint: 'g' })).toEqual({ state: 'other' });
    now = 24 * hourMs;
    expect(await store.begin(request)).toMatchObject({ state: 'new' });
  });

  it('lets a released request be tried again', async () => {
    const store = storeIn(await fileOf());
    await store.release('k', await begin(store));
    const token = await begin(store);
    await store.finish('k', token, response);
    await store.release('k', token);
    expect(await store.begin(request)).toEqual({ state: 'done', response });
  });

  it('lets one be tried again whose lease is over, and ignores who held that', async () => {
    let now = 0;
    const store = storeIn(await fileOf(), { now: () => now });
    const lost = await begin(store);
    now = 1_000;
    const token = await begin(store);
    await store.finish('k', lost, { ...response, body: '"late"' });
    await store.release('k', lost);
    expect(await store.begin(request)).toEqual({ state: 'running' });
    await store.finish('k', token, response);
    expect(await store.begin(request)).toEqual({ state: 'done', response });
  });
});

describe('several stores of one file', () => {
  it('begin a request once among them all, and share its response', async () => {
    const file = await newFile();
    const stores = Array.from({ length: 5 }, () => storeIn(file));
    const begun = await Promise.all(stores.map((store) => store.begin(request)));
    const first = begun.find((one) => one.state === 'new');
    expect(begun.filter(({ state }) => state === 'running')).toHaveLength(4);
    await stores[0]?.finish('k', first?.state === 'new' ? first.token : '', response);
    for (const store of stores) expect(await store.begin(request)).toEqual({ state: 'done', response });
  });
});
