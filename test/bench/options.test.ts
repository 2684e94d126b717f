import { describe, expect, it } from 'vitest';

import { partNames, readOptions, UsageError } from './options.ts';

describe('readOptions', () => {
  it('runs everything with each part’s own sizes when nothing is asked for', () => {
    expect(readOptions([])).toEqual({ only: partNames, smoke: false, out: 'bench-results' });
  });

  it('takes parts and sizes, each once, in order', () => {
    expect(
      readOptions([
        '--only',
        'server,vectors',
        '--sizes',
        '100000,1000,1000',
        '--smoke',
        '--out',
        'x',
        '--keep',
        'y',
      ]),
    ).toEqual({
      only: ['server', 'vectors'],
      sizes: [1_000, 100_000],
      smoke: true,
      out: 'x',
      keep: 'y',
    });
  });

  it.each([[['--only', 'speed']], [['--sizes', '1e9']], [['--sizes', '']], [['--fast']], [['extra']]])(
    'refuses %j',
    (args) => {
      expect(() => readOptions(args)).toThrow(UsageError);
    },
  );
});
