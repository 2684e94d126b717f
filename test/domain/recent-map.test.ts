import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRecentMap } from '../../src/domain/recent-map.ts';

describe('createRecentMap', () => {
  it('returns what was set, and the latest value of a key', () => {
    const map = createRecentMap<string, number>(10);
    map.set('a', 1);
    map.set('b', 2);
    map.set('a', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, 2, undefined]);
  });

  it('keeps what is used and lets go of what is not', () => {
    const map = createRecentMap<string, number>(8);
    map.set('used', 1);
    map.set('unused', 2);
    for (let index = 0; index < 40; index += 1) {
      map.set(`other ${index}`, index);
      expect(map.get('used')).toBe(1);
    }
    expect(map.get('unused')).toBeUndefined();
  });

  it('does not keep what weighs more than half of all', () => {
    const map = createRecentMap<string, number>(10);
    map.set('light', 1, 5);
    map.set('heavy', 2, 6);
    expect([map.get('light'), map.get('heavy')]).toEqual([1, undefined]);
  });

  it('never holds more than its limit, and never a value that was replaced', () => {
    const step = fc.record({
      key: fc.integer({ min: 0, max: 9 }),
      weight: fc.integer({ min: 0, max: 7 }),
      isRead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const map = createRecentMap<number, { weight: number }>(12);
        const latest = new Map<number, { weight: number }>();
        for (const { key, weight, isRead } of steps) {
          const value = { weight };
          if (!isRead) {
            latest.set(key, value);
            map.set(key, value, weight);
          }
          const allowed = isRead ? [undefined, latest.get(key)] : [weight <= 6 ? value : undefined];
          expect(allowed).toContain(map.get(key));
        }
        // Reading adds nothing, so that what is found was there at once.
        const held = Array.from(latest.keys(), (key) => map.get(key)).filter((value) => value !== undefined);
        expect(held.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(12);
      }),
    );
  });
});
