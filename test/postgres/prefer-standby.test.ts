import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { preferStandby } from '../../src/postgres/prefer-standby.ts';

/** A standby that fails with `failure` as long as there is one, and counts how often it is asked. */
function standbyWith({ restMs }: { restMs: number }) {
  const state: { failure: unknown; asked: number; told: number } = { failure: undefined, asked: 0, told: 0 };
  const read = preferStandby({
    standby: async () => {
      state.asked += 1;
      if (state.failure !== undefined) throw state.failure;
      return 'standby';
    },
    main: async () => 'main',
    onError: () => {
      state.told += 1;
    },
    restMs,
  });
  return { state, read };
}

const away = new FootnoteError('unavailable', 'The database cannot be reached at the moment.');

describe('reading from a standby', () => {
  it('goes on with the main database while it is away, which is told once, and returns to it', async () => {
    const { state, read } = standbyWith({ restMs: 0 });
    expect(await read()).toBe('standby');
    state.failure = away;
    expect([await read(), await read()]).toEqual(['main', 'main']);
    expect(state.told).toBe(1);
    state.failure = undefined;
    expect(await read()).toBe('standby');
  });

  it('leaves it alone for a while after it has failed', async () => {
    const { state, read } = standbyWith({ restMs: 60_000 });
    state.failure = away;
    expect([await read(), await read(), await read()]).toEqual(['main', 'main', 'main']);
    expect(state.asked).toBe(1);
  });

  it('uses the main database for what has not reached it yet, and passes on what a person has to mend', async () => {
    const { state, read } = standbyWith({ restMs: 0 });
    state.failure = new FootnoteError('index-unusable', 'Footnote has no tables in this database yet.');
    expect(await read()).toBe('main');
    state.failure = new FootnoteError('configuration', 'The database refuses the password.');
    await expect(read()).rejects.toMatchObject({ code: 'configuration' });
  });
});
