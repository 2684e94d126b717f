import { describe, expect, it } from 'vitest';

import {
  auroc,
  declineTradeOff,
  mean,
  ndcgAt,
  percentile,
  recallAt,
  reciprocalRank,
} from '../../src/evaluate/metrics.ts';

describe('ranking metrics', () => {
  it('discount later results by the logarithm of their rank', () => {
    // (1/log2(3) + 1/log2(5)) / (1 + 1/log2(3))
    expect(ndcgAt([false, true, false, true], 10, 2)).toBeCloseTo(0.6509, 4);
    expect(ndcgAt([true, true], 10, 2)).toBe(1);
    expect(ndcgAt([false, false], 10, 2)).toBe(0);
  });

  it('judge a short list by what could stand in it', () => {
    expect(ndcgAt([true, true], 2, 5)).toBe(1);
    expect(ndcgAt([false, true, true], 1, 2)).toBe(0);
  });

  it('count what is among the first k', () => {
    expect(recallAt([false, true, true], 2, 2)).toBe(0.5);
    expect(recallAt([false, true, true], 3, 2)).toBe(1);
    expect(recallAt([true], 5, 0)).toBe(0);
  });

  it('take the rank of the first relevant result', () => {
    expect(reciprocalRank([false, false, true, true])).toBeCloseTo(1 / 3);
    expect(reciprocalRank([false])).toBe(0);
  });
});

describe('summaries', () => {
  it('are not a number when there is nothing to sum up', () => {
    expect(mean([])).toBeNaN();
    expect(percentile([], 0.5)).toBeNaN();
    expect(auroc([], [1])).toBeNaN();
  });

  it('find the value below which a share of the values lies', () => {
    const values = Array.from({ length: 100 }, (_, index) => 99 - index);
    expect(percentile(values, 0.5)).toBe(50);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile([7], 0.95)).toBe(7);
  });
});

describe('separating two groups by a score', () => {
  it('counts the pairs in the right order, ties by half', () => {
    expect(auroc([2, 3], [0, 1])).toBe(1);
    expect(auroc([0, 1], [2, 3])).toBe(0);
    expect(auroc([1, 3], [1, 2])).toBe(0.625);
  });

  it('declines as much as the accepted loss allows', () => {
    const answerable = [0.1, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.92, 0.95, 0.99];
    const unanswerable = [0.05, 0.2, 0.45, 0.7];
    expect(declineTradeOff(answerable, unanswerable, 0.1)).toEqual({
      threshold: 0.5,
      declined: 0.75,
      lost: 0.1,
    });
    expect(declineTradeOff(answerable, unanswerable, 0)).toEqual({ threshold: 0.1, declined: 0.25, lost: 0 });
  });

  it('never loses more than is accepted where many questions score alike', () => {
    expect(declineTradeOff([0, 0, 0, 1], [0, 0], 0.5)).toEqual({ threshold: 0, declined: 0, lost: 0 });
  });
});
