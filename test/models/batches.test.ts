import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compiledModule } from '../../src/domain/files/compiled-module.ts';
import { batchesByLength } from '../../src/models/batches.ts';

describe('batches by length', () => {
  it('hold every text once, longest first, within the limits', () => {
    assert(
      property(array(string({ maxLength: 40 })), (texts) => {
        const batches = batchesByLength(texts, { texts: 4, characters: 50 });
        const order = batches.flat();
        expect(order.toSorted((a, b) => a - b)).toEqual([...texts.keys()]);
        const lengths = order.map((index) => texts[index]?.length ?? 0);
        expect(lengths).toEqual(lengths.toSorted((a, b) => b - a));
        for (const batch of batches) {
          const characters = batch.reduce((sum, index) => sum + (texts[index]?.length ?? 0), 0);
          expect(batch.length).toBeLessThanOrEqual(4);
          expect(characters).toBeLessThanOrEqual(50);
        }
      }),
    );
  });

  it('keep a text above the limit by itself', () => {
    expect(batchesByLength(['aa', 'bbbbbbbb', 'c'], { texts: 9, characters: 4 })).toEqual([[1], [0, 2]]);
  });
});

describe('a compiled module', () => {
  it('is the neighbour, in dist when the caller is in src', () => {
    const url = (from: string) => compiledModule('worker', from).href;
    expect(url('file:///app/dist/models/a.js')).toBe('file:///app/dist/models/worker.js');
    expect(url('file:///app/src/models/a.ts')).toBe('file:///app/dist/models/worker.js');
    expect(url('file:///usr/src/app/src/models/a.ts')).toBe('file:///usr/src/app/dist/models/worker.js');
    expect(url('file:///usr/src/app/dist/models/a.js')).toBe('file:///usr/src/app/dist/models/worker.js');
  });
});
