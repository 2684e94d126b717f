import { describe, expect, it } from 'vitest';

import { summariseStages } from './answers/answer-figures.ts';
import { createStageClock } from './answers/stage-clock.ts';
import { type StageTimes, timedStages, unionOf } from './answers/stages.ts';

describe('unionOf', () => {
  it('counts time in which several are at work once', () => {
    expect(
      unionOf([
        { start: 5, end: 9 },
        { start: 0, end: 4 },
        { start: 3, end: 6 },
        { start: 20, end: 21 },
      ]),
    ).toBe(10);
    expect(unionOf([])).toBe(0);
  });
});

describe('createStageClock', () => {
  it('counts verification apart from writing, and begins anew with every answer', async () => {
    const clock = createStageClock();
    const endWrite = clock.onStage('write');
    const endVerify = clock.onStage('verify');
    await clock.timed('serialise', () => Promise.resolve());
    endVerify(false);
    endWrite(false);
    const first = clock.take(5);
    expect(first.total).toBe(5);
    expect(first.verify).toBeGreaterThan(0);
    expect(first.write + first.verify).toBeGreaterThanOrEqual(first.verify);
    const second = clock.take(7);
    expect(timedStages.map((stage) => second[stage])).toEqual(timedStages.map(() => 0));
  });
});

describe('summariseStages', () => {
  it('gives the percentiles of each stage by the nearest rank', () => {
    const times = Array.from({ length: 100 }, (_, index): StageTimes => ({
      ...createStageClock().take(index + 1),
      dense: 2 * (index + 1),
    }));
    const { total, dense, lexical } = summariseStages(times);
    expect(total).toEqual({ p50: 50, p95: 95, p99: 99 });
    expect(dense).toEqual({ p50: 100, p95: 190, p99: 198 });
    expect(lexical).toEqual({ p50: 0, p95: 0, p99: 0 });
  });
});
