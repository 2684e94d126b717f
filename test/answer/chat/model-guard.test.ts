import { describe, expect, it } from 'vitest';

import { createModelGuard, failuresInARow } from '../../../src/answer/chat/model-guard.ts';
import { FootnoteError } from '../../../src/domain/errors.ts';

const timeoutMs = 30_000;

function create() {
  let time = 0;
  const guard = createModelGuard({ name: 'openai:m', pauseMs: 15_000, timeoutMs, now: () => time });
  const fail = (error: unknown, times = 1, callMs = timeoutMs) => {
    for (let count = 0; count < times; count += 1) guard.begin(callMs).fail(error);
  };
  return { ...guard, fail, wait: (ms: number) => void (time += ms) };
}

/** An error as the client of OpenAI reports it. */
const refusal = (status: number, headers: Record<string, string> = {}) =>
  Object.assign(new Error(`${status} scripted`), { status, headers: new Headers(headers) });
const timeout = new FootnoteError('timeout', 'The chat model sent nothing.');

describe('the guard of a chat model', () => {
  it.each([
    ['a server error', refusal(500)],
    ['an overloaded server', refusal(503)],
    ['a gateway', refusal(502)],
    ['a limit of requests', refusal(429)],
    ['a refused key', refusal(401)],
    ['a wrong name', refusal(404)],
    ['a connection that fails', new TypeError('fetch failed')],
    ['a reply that is none', new SyntaxError('Unexpected token')],
    ['no reply in time', timeout],
  ])('leaves it alone after %s, five times in a row', (_, error) => {
    const { fail, state, begin, refused } = create();
    fail(error, failuresInARow - 1);
    expect(state()).toBe('closed');
    fail(error);
    expect(state()).toBe('open');
    expect(() => begin(timeoutMs)).toThrow(
      expect.objectContaining({ code: 'model-failed', retryAfter: 15, remedy: expect.any(String) }),
    );
    expect(refused()).toBe(1);
  });

  it.each([400, 413, 415, 422])('takes HTTP %i as the fault of the request: the server works', (status) => {
    const { fail, state } = create();
    fail(refusal(500), failuresInARow - 1);
    fail(refusal(status), 20);
    fail(refusal(500), failuresInARow - 1);
    expect(state()).toBe('closed');
  });

  it.each([429, 503])('heeds the Retry-After of HTTP %i at once', (status) => {
    const { fail, state, wait } = create();
    fail(refusal(status, { 'retry-after': '20' }));
    expect(state()).toBe('open');
    wait(19_999);
    expect(state()).toBe('open');
    wait(1);
    expect(state()).toBe('half-open');
  });

  it('reads a Retry-After that is a date', () => {
    const { fail, state, wait } = create();
    fail(refusal(429, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() }));
    wait(50_000);
    expect(state()).toBe('open');
    wait(10_000);
    expect(state()).toBe('half-open');
  });

  it.each(['soon', '', '0', 'Thu, 01 Jan 1970 00:00:00 GMT'])(
    'counts a refusal with the Retry-After %j as any',
    (value) => {
      const { fail, state } = create();
      fail(refusal(429, { 'retry-after': value }));
      expect(state()).toBe('closed');
    },
  );

  it('does not blame it for a call that had less than its time', () => {
    const { fail, state } = create();
    fail(timeout, 20, 10_000);
    expect(state()).toBe('closed');
  });

  it('does not blame it for callers who leave', () => {
    const { fail, begin, state } = create();
    fail(refusal(500), failuresInARow - 1);
    for (let count = 0; count < 10; count += 1) begin(timeoutMs).leave();
    expect(state()).toBe('closed');
    fail(refusal(500));
    expect(state()).toBe('open');
  });
});
