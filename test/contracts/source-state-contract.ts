import { describe, expect, it } from 'vitest';

import type { SourceState } from '../../src/ingest/web/sources/source-state.ts';

/**
 * What every memory of looks at sources does.
 *
 * @param newPlace - makes an empty one, and returns what opens it once more each time.
 */
export function sourceStateContract(name: string, newPlace: () => Promise<() => SourceState>): void {
  describe(`the looks at web sources in ${name}`, () => {
    it('are remembered by source, the latest of each, also after a restart', async () => {
      const open = await newPlace();
      const state = open();
      expect(await state.get('feed a')).toBeUndefined();
      const look = { at: 1_767_225_600_123, etag: '"a"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' };
      await state.set('feed a', look);
      await Promise.all(['b', 'c', 'd'].map((key, at) => state.set(`feed ${key}`, { at })));
      await state.set('feed b', { at: 5 });
      for (const opened of [state, open()]) {
        expect(await opened.get('feed a')).toEqual(look);
        expect(await opened.get('feed b')).toEqual({ at: 5 });
        expect(await opened.get('feed d')).toEqual({ at: 2 });
        expect(await opened.get('feed')).toBeUndefined();
      }
    });
  });
}
