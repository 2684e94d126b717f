import { describe, expect, it, onTestFinished } from 'vitest';

import type { IdempotencyStore } from '../../src/conversation/idempotency-store.ts';
import type { NewPlace } from './places.ts';

const hourMs = 3_600_000;
const response = { status: 201, headers: { location: 'conversations/1' }, body: '{"id":"1\\u0000"}' };

/** A request that may be repeated. */
export const request = { key: 'k', fingerprint: 'f', leaseMs: 60_000 };

/** What every store of repeatable requests does. */
export function idempotencyStoreContract(name: string, newPlace: NewPlace<IdempotencyStore>): void {
  async function place() {
    const open = await newPlace();
    return (...options: Parameters<typeof open>) => {
      const store = open(...options);
      onTestFinished(() => store.close());
      return store;
    };
  }

  async function begin(store: IdempotencyStore, key = request.key) {
    const begun = await store.begin({ ...request, key });
    if (begun.state !== 'new') throw new Error(`The request is ${begun.state}.`);
    return begun.token;
  }

  describe(`a repeatable request in ${name}`, () => {
    it('is begun once, and its response is given again for a day', async () => {
      let now = 0;
      const store = (await place())({ now: () => now });
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

    it('can be tried again once it is released', async () => {
      const store = (await place())();
      await store.release('k', await begin(store));
      const token = await begin(store);
      await store.finish('k', token, response);
      await store.release('k', token);
      expect(await store.begin(request)).toEqual({ state: 'done', response });
    });

    it('can be tried again once its lease is over, whatever its first holder does then', async () => {
      let now = 0;
      const store = (await place())({ now: () => now });
      const lost = await begin(store);
      now = 60_000;
      const token = await begin(store);
      await store.finish('k', lost, { ...response, body: '"late"' });
      await store.release('k', lost);
      expect(await store.begin(request)).toEqual({ state: 'running' });
      await store.finish('k', token, response);
      expect(await store.begin(request)).toEqual({ state: 'done', response });
    });

    it('is forgotten with the answers and the article that it holds, and no other is', async () => {
      const store = (await place())();
      const bodies: Record<string, unknown> = {
        answer: { id: 'answer-1', citations: [] },
        quoting: { id: 'answer-2', citations: [{ articleId: 'mayor "x"' }] },
        named: { id: 'answer-3', note: 'answer-1 and mayor "x"', citations: [{ articleId: 'mayor' }] },
        other: { id: 'answer-10' },
      };
      for (const [key, body] of Object.entries(bodies)) {
        const kept = { status: 200, headers: {}, body: JSON.stringify(body) };
        await store.finish(key, await begin(store, key), kept);
      }
      await begin(store, 'running');
      expect(await store.purgeAnswers({ answerIds: ['answer-1', 'nope'], articleId: 'mayor "x"' })).toBe(2);
      const states = [];
      for (const key of [...Object.keys(bodies), 'running']) {
        states.push((await store.begin({ ...request, key })).state);
      }
      expect(states).toEqual(['new', 'new', 'done', 'done', 'running']);
    });
  });

  describe(`several stores of ${name}`, () => {
    it('begin a request once among them all, and share its response', async () => {
      const open = await place();
      const stores = Array.from({ length: 5 }, () => open());
      const begun = await Promise.all(stores.map((store) => store.begin(request)));
      const first = begun.find((one) => one.state === 'new');
      expect(begun.filter(({ state }) => state === 'running')).toHaveLength(4);
      await stores[0]?.finish('k', first?.state === 'new' ? first.token : '', response);
      for (const store of stores) expect(await store.begin(request)).toEqual({ state: 'done', response });
    });
  });
}
