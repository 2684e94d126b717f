import { describe, expect, it } from 'vitest';

import { extractPointers, readPointerGroup } from '../../../src/answer/chat/pointers.ts';

describe('pointers in a reply', () => {
  it.each([
    ['[S1]', [1]],
    ['[s12]', [12]],
    ['[S1, S2]', [1, 2]],
    ['[S1; S2 ,S3]', [1, 2, 3]],
    ['[S1 S2]', [1, 2]],
    ['[S1-S3]', [1, 2, 3]],
    ['[S1–3]', [1, 2, 3]],
    ['[S1-S3, S7]', [1, 2, 3, 7]],
    ['[1]', [1]],
    ['[1, 2]', [1, 2]],
    ['[^1]', [1]],
    ['【S1】', [1]],
    ['(S1)', [1]],
    ['(S1, S2)', [1, 2]],
    ['[ S1 ]', [1]],
    ['[S12345]', [12_345]],
    ['[S1-S90000]', [1, 90_000]],
    ['[S3-S1]', [3, 1]],
  ])('reads %s', (text, numbers) => {
    expect(readPointerGroup(`${text} after`, 0)).toEqual({ end: text.length, numbers });
  });

  it.each(['(1)', '(2023)', '[2023]', '[sic]', '[S]', '(S)', '[S1', 'S1', '[S1 says]', '(S1 line)', '[]'])(
    'leaves %s alone',
    (text) => {
      expect(readPointerGroup(`${text} and so on.`, 0)).toBeUndefined();
    },
  );

  it.each(['[', '[S', '[S1', '[S1, ', '[S1-', '(', '(S', '【S1'])('waits for the rest of %s', (text) => {
    expect(readPointerGroup(text, 0)).toBe('partial');
  });

  it('does not wait for a bracket that is too long to be one', () => {
    expect(readPointerGroup(`[${'1, '.repeat(60)}`, 0)).toBeUndefined();
  });

  it('takes the groups out of a text and drops one that was cut off', () => {
    expect(extractPointers('One [S1] two (S2)【3】. Then [S4')).toEqual({
      pieces: ['One ', ' two ', '', '. Then '],
      numbers: [1, 2, 3],
    });
  });
});
