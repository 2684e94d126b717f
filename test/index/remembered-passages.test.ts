import { describe, expect, it } from 'vitest';

import type { StoredPassage } from '../../src/domain/ports.ts';
import { rememberPassages } from '../../src/index/remembered-passages.ts';

const stored = (id: string, text = `Text of ${id}.`): StoredPassage => ({
  passage: {
    id,
    articleId: 'a',
    articleVersion: 'v',
    start: 0,
    end: text.length,
    sentences: [],
    headingPath: [],
  },
  article: { id: 'a', version: 'v', title: 'A', language: 'en' },
  text,
});

function counted(known: readonly StoredPassage[]) {
  const asked: string[][] = [];
  const passages = rememberPassages((ids) => {
    asked.push([...ids]);
    return ids.flatMap((id) => known.find(({ passage }) => passage.id === id) ?? []);
  });
  return { asked, passages };
}

describe('rememberPassages', () => {
  it('reads each passage once and returns the same object again, in the order asked for', () => {
    const known = [stored('1'), stored('2'), stored('3')];
    const { asked, passages } = counted(known);
    const [first] = passages(['1', '2']);
    const again = passages(['3', '1']);
    expect(asked).toEqual([['1', '2'], ['3']]);
    expect(again).toEqual([known[2], known[0]]);
    expect(again[1]).toBe(first);
  });

  it('leaves out what does not exist, and asks for it again', () => {
    const { asked, passages } = counted([stored('1')]);
    expect(passages(['0', '1']).map(({ passage }) => passage.id)).toEqual(['1']);
    expect(passages(['0'])).toEqual([]);
    expect(asked).toEqual([['0', '1'], ['0']]);
  });

  it('forgets passages before they fill the memory', () => {
    const long = 'x'.repeat(1_000_000);
    const { asked, passages } = counted(Array.from({ length: 20 }, (_, index) => stored(`${index}`, long)));
    for (let index = 0; index < 20; index += 1) passages([`${index}`]);
    passages(['0']);
    expect(asked).toHaveLength(21);
  });
});
