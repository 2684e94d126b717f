import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Attempt, createCircuitBreaker } from '../../src/models/circuit-breaker.ts';

function create(failures = 3, pauseMs = 1_000) {
  let time = 5;
  const breaker = createCircuitBreaker({ failures, pauseMs, now: () => time });
  const begin = (): Attempt => {
    const attempt = breaker.attempt();
    if (!attempt) throw new Error('the call was not let through');
    return attempt;
  };
  const failTimes = (times: number) => {
    for (let count = 0; count < times; count += 1) begin().fail();
  };
  return { ...breaker, begin, failTimes, wait: (ms: number) => void (time += ms) };
}

describe('a circuit breaker', () => {
  it('opens after so many failures in a row, for its time', () => {
    const { state, attempt, failTimes, pauseLeft, wait } = create();
    failTimes(2);
    expect(state()).toBe('closed');
    failTimes(1);
    expect(state()).toBe('open');
    expect(attempt()).toBeUndefined();
    wait(400);
    expect(pauseLeft()).toBe(600);
    wait(599);
    expect(attempt()).toBeUndefined();
    wait(1);
    expect(state()).toBe('half-open');
    expect(pauseLeft()).toBe(0);
  });

  it('counts from the beginning after a success', () => {
    const { state, begin, failTimes } = create();
    failTimes(2);
    begin().succeed();
    failTimes(2);
    expect(state()).toBe('closed');
  });

  it('lets one call at a time try, whose success closes it', () => {
    const { state, attempt, begin, failTimes, wait } = create();
    failTimes(3);
    wait(1_000);
    const trial = begin();
    expect(attempt()).toBeUndefined();
    trial.succeed();
    expect(state()).toBe('closed');
    failTimes(2);
    expect(state()).toBe('closed');
  });

  it('opens again when the trial fails', () => {
    const { state, begin, failTimes, wait, pauseLeft } = create();
    failTimes(3);
    wait(1_500);
    begin().fail();
    expect(state()).toBe('open');
    expect(pauseLeft()).toBe(1_000);
  });

  it('lets the next call try when nothing came of the trial', () => {
    const { attempt, begin, failTimes, wait, state } = create();
    failTimes(3);
    wait(1_000);
    begin().forget();
    expect(state()).toBe('half-open');
    expect(attempt()).toBeDefined();
  });

  it('does not listen to calls from before it opened', () => {
    const { state, begin, failTimes, wait } = create();
    const [early, other] = [begin(), begin()];
    failTimes(3);
    early.succeed();
    expect(state()).toBe('open');
    wait(1_000);
    const trial = begin();
    other.fail();
    expect(state()).toBe('half-open');
    trial.succeed();
    expect(state()).toBe('closed');
  });

  it('opens at once for as long as it is asked to, ten minutes at most', () => {
    const { begin, pauseLeft, state } = create();
    begin().fail(7_000);
    expect(state()).toBe('open');
    expect(pauseLeft()).toBe(7_000);
    const other = create();
    other.begin().fail(86_400_000);
    expect(other.pauseLeft()).toBe(600_000);
  });

  it('takes the first word of a call only', () => {
    const { begin, state } = create(1);
    const call = begin();
    call.succeed();
    call.fail();
    expect(state()).toBe('closed');
  });

  it('never lets two calls try at once, and never stays shut, whatever happens', () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant('begin' as const) }),
      fc.record({
        type: fc.constantFrom('succeed' as const, 'fail' as const, 'forget' as const),
        which: fc.nat(20),
      }),
      fc.record({ type: fc.constant('wait' as const), ms: fc.nat(1_200) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const { attempt, wait, state } = create(2);
        const calls: { readonly call: Attempt; readonly isTrial: boolean }[] = [];
        const surprises: string[] = [];
        for (const action of steps) {
          if (action.type === 'wait') wait(action.ms);
          else if (action.type === 'begin') {
            const before = state();
            const isTried = before === 'half-open' && calls.some(({ isTrial }) => isTrial);
            const call = attempt();
            const mayPass = before === 'closed' || (before === 'half-open' && !isTried);
            if (mayPass !== (call !== undefined)) surprises.push(`${before}, tried: ${isTried}`);
            if (call) calls.push({ call, isTrial: before === 'half-open' });
          } else {
            const [told] = calls.splice(action.which % Math.max(1, calls.length), 1);
            told?.call[action.type]();
          }
        }
        expect(surprises).toEqual([]);
        for (const { call } of calls) call.forget();
        wait(600_000);
        expect(attempt()).toBeDefined();
      }),
    );
  });
});
