import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatServerSentEvent, heartbeatComment } from '../../src/http/sse/format-event.ts';
import { createEventStreamParser, type ParsedEvent } from '../../src/widget/event-stream-parser.ts';
import { patience, runs } from './runs.ts';

const fragments = fc.constantFrom(
  'data',
  'event',
  'id',
  'retry',
  ':',
  ': ',
  ' ',
  '\r',
  '\n',
  '\r\n',
  '\n\n',
  '\0',
  '\ufeff',
  '\u2028',
  'data: {"a":1}',
  'event: sentence',
  '\ud83d',
  '\ude00',
  heartbeatComment,
);
const anyStream = fc
  .array(fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 60 })
  .map((parts) => parts.join(''));

/** What a reader sees of pieces that end at `cuts`. */
function read(stream: string, cuts: readonly number[] = []): ParsedEvent[] {
  const parse = createEventStreamParser();
  const ends = [...cuts.map((cut) => cut % (stream.length + 1)), stream.length].toSorted((a, b) => a - b);
  return ends.flatMap((end, index) => parse(stream.slice(ends[index - 1] ?? 0, end)));
}

describe('any stream of events', () => {
  it('reads the same wherever it is cut, and every event is one with data', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyStream, fc.array(fc.nat(600), { maxLength: 20 }), (stream, cuts) => {
        const events = read(stream);
        expect(read(stream, cuts)).toEqual(events);
        for (const { event, data } of events) {
          expect(event).not.toMatch(/[\r\n]/u);
          expect(event).not.toBe('');
          expect(data).not.toContain('\r');
        }
      }),
      runs(400),
    );
  });

  it('that is broken off, or begins with rubbish, loses no later event', { timeout: patience }, () => {
    fc.assert(
      fc.property(anyStream, fc.string({ unit: 'binary' }), fc.json(), (rubbish, name, data) => {
        const events = read(`${rubbish}\n\n\n${formatServerSentEvent({ id: name, event: name, data })}`);
        const kept = name.replace(/[\r\n\0]/gu, '');
        expect(events.at(-1)).toEqual({ event: kept === '' ? 'message' : kept, data });
      }),
      runs(400),
    );
  });
});
