import { describe, expect, it } from 'vitest';

import { belowFloors, floorsSchema } from '../../src/evaluate/floors.ts';
import { mean } from '../../src/evaluate/metrics.ts';
import { sampleEvenly } from '../../src/evaluate/sample.ts';
import { figures, formatTable, groupBy, scoreTable } from '../../src/evaluate/score-table.ts';

const table = scoreTable(
  'answers',
  [...groupBy([1, 0, 1, 1], (value) => (value === 1 ? 'right' : 'wrong')), { name: 'none', outcomes: [] }],
  [
    { name: 'n', format: 'count', value: (values) => values.length },
    { name: 'score', format: 'share', value: mean },
    { name: 'odd', format: 'share', value: () => Number.NaN },
  ],
);

describe('a score table', () => {
  it('is printed with aligned columns, without groups that have no outcomes', () => {
    expect(formatTable(table)).toBe(
      ['answers  n  score  odd', 'right    3  1.000    –', 'wrong    1  0.000    –', ''].join('\n'),
    );
  });

  it('names its figures, leaving out those that do not exist', () => {
    expect(Object.fromEntries(figures([table]))).toEqual({
      'answers/right/n': 3,
      'answers/right/score': 1,
      'answers/wrong/n': 1,
      'answers/wrong/score': 0,
    });
  });
});

describe('floors', () => {
  it('accept figures that reach them', () => {
    expect(
      belowFloors([table], { atLeast: { 'answers/right/score': 1 }, atMost: { 'answers/wrong/score': 0 } }),
    ).toEqual([]);
  });

  it('name the measure, its value and the bound that it misses', () => {
    const floors = { atLeast: { 'answers/wrong/score': 0.5 }, atMost: { 'answers/right/n': 2 } };
    expect(belowFloors([table], floors)).toEqual([
      'answers/wrong/score: 0.000, must be at least 0.5',
      'answers/right/n: 3.000, must be at most 2',
    ]);
  });

  it('do not pass when the figure is gone', () => {
    expect(belowFloors([table], { atLeast: { 'answers/right/odd': 0.1 }, atMost: {} })).toEqual([
      'answers/right/odd: there is no such figure',
    ]);
    expect(floorsSchema.safeParse({ atLeast: { a: 'high' }, atMost: {} }).success).toBe(false);
  });
});

describe('a sample', () => {
  it('takes every part of the list', () => {
    expect(sampleEvenly([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
  });

  it('is the list where that is short enough', () => {
    expect(sampleEvenly([1, 2], 2)).toEqual([1, 2]);
    expect(sampleEvenly([1, 2], undefined)).toEqual([1, 2]);
  });
});
