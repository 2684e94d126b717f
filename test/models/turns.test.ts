import { describe, expect, it } from 'vitest';

import { createTurns } from '../../src/models/turns.ts';

/** Work that ends when it is told to. */
function steps() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    work: (name: string) => () =>
      new Promise<string>((resolve) => {
        begun.push(name);
        ends.set(name, () => resolve(name));
      }),
    end: async (name: string) => {
      ends.get(name)?.();
      await new Promise(setImmediate);
    },
  };
}

describe('turns', () => {
  it('are taken so many at a time, what belongs to an earlier call first', async () => {
    const turns = createTurns(2);
    const { begun, work, end } = steps();
    const all = Promise.all([
      turns.run(1, work('a1')),
      turns.run(1, work('a2')),
      turns.run(2, work('b1')),
      turns.run(1, work('a3')),
      turns.run(2, work('b2')),
    ]);
    await new Promise(setImmediate);
    expect(begun).toEqual(['a1', 'a2']);
    await end('a2');
    expect(begun).toEqual(['a1', 'a2', 'a3']);
    await end('a1');
    await end('a3');
    expect(begun).toEqual(['a1', 'a2', 'a3', 'b1', 'b2']);
    await end('b1');
    await end('b2');
    expect(await all).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
  });

  it('go on after work that fails', async () => {
    const turns = createTurns(1);
    const failing = turns.run(1, () => Promise.reject(new Error('Out of order.')));
    const next = turns.run(1, () => Promise.resolve('done'));
    await expect(failing).rejects.toThrow('Out of order.');
    expect(await next).toBe('done');
  });
});
