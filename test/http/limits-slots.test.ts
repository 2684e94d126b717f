import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createSlots } from '../../src/http/limits/slots.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const options = { places: 1, queue: 2, waitMs: 5_000, busy: () => new Error('busy') };

/** What has become of a promise by now. */
async function stateOf(work: Promise<unknown>): Promise<'waits' | 'has a place' | 'refused'> {
  const settled = work.then(
    () => 'has a place' as const,
    () => 'refused' as const,
  );
  return Promise.race([settled, vi.advanceTimersByTimeAsync(1).then(() => 'waits' as const)]);
}

describe('slots', () => {
  it('are given in the order of arrival', async () => {
    const slots = createSlots(options);
    const release = await slots.acquire();
    const second = slots.acquire();
    const third = slots.acquire();
    expect([await stateOf(second), await stateOf(third)]).toEqual(['waits', 'waits']);
    release();
    expect([await stateOf(second), await stateOf(third)]).toEqual(['has a place', 'waits']);
    // Giving a place back twice makes no second one.
    release();
    expect(await stateOf(third)).toBe('waits');
    (await second)();
    expect(await stateOf(third)).toBe('has a place');
  });

  it('are refused at once where too many wait, and after the longest wait', async () => {
    const slots = createSlots(options);
    const release = await slots.acquire();
    const waiting = [slots.acquire(), slots.acquire()];
    const refusal = { message: 'busy' };
    await expect(slots.acquire()).rejects.toMatchObject(refusal);
    const ends = Promise.all(waiting.map((wait) => expect(wait).rejects.toMatchObject(refusal)));
    await vi.advanceTimersByTimeAsync(5_000);
    await ends;
    release();
    expect(await stateOf(slots.acquire())).toBe('has a place');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not kept for who stopped waiting', async () => {
    const slots = createSlots(options);
    const release = await slots.acquire();
    const stop = new AbortController();
    const left = slots.acquire(stop.signal);
    const stays = slots.acquire();
    stop.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    await expect(slots.acquire(stop.signal)).rejects.toThrow('enough');
    release();
    expect(await stateOf(stays)).toBe('has a place');
    (await stays)();
    expect(await stateOf(slots.acquire())).toBe('has a place');
    expect(vi.getTimerCount()).toBe(0);
  });
});
