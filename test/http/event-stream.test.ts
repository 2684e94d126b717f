import { createParser, type EventSourceMessage } from 'eventsource-parser';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formatServerSentEvent, heartbeatComment } from '../../src/http/sse/format-event.ts';
import { createEventStreamParser } from '../../src/widget/event-stream-parser.ts';

const lineEnds = fc.constantFrom('\r', '\n', '\r\n', '\u2028', 'data: ', ':', ' ', 'id: 9');
const anyText = fc.array(fc.oneof(fc.string({ unit: 'binary' }), lineEnds)).map((parts) => parts.join(''));

function parseAll(stream: string): EventSourceMessage[] {
  const messages: EventSourceMessage[] = [];
  createParser({ onEvent: (message) => messages.push(message) }).feed(stream);
  return messages;
}

describe('formatServerSentEvent', () => {
  it('writes the fields and an empty line', () => {
    expect(formatServerSentEvent({ id: '1', event: 'greeting', data: 'a\nb' })).toBe(
      'id: 1\nevent: greeting\ndata: a\ndata: b\n\n',
    );
  });

  it('is one event again for any data, whose line ends read as LF', () => {
    fc.assert(
      fc.property(anyText, (data) => {
        const [message, ...others] = parseAll(formatServerSentEvent({ event: 'x', data }));
        expect(others).toEqual([]);
        expect(message).toMatchObject({ event: 'x', data: data.replace(/\r\n?/gu, '\n') });
      }),
    );
  });

  it('lets no name begin a line of its own', () => {
    const stream = formatServerSentEvent({ id: '1\n\ndata: fake', event: 'a\r\nb\rc\n', data: '{}' });
    expect(parseAll(stream)).toEqual([{ id: '1data: fake', event: 'abc', data: '{}' }]);
  });

  it('has a comment that is no event', () => {
    expect(parseAll(heartbeatComment + formatServerSentEvent({ data: 'x' }))).toHaveLength(1);
  });
});

describe('the parser of the page', () => {
  it('reads what the server writes, wherever the pieces are cut', () => {
    const events = fc.array(fc.record({ event: fc.constantFrom('a', 'text-delta'), data: anyText }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(events, fc.array(fc.nat(400)), (sent, cuts) => {
        const stream = sent.map((event) => formatServerSentEvent(event) + heartbeatComment).join('');
        const parse = createEventStreamParser();
        const edges = [
          0,
          ...cuts.filter((cut) => cut < stream.length).toSorted((a, b) => a - b),
          stream.length,
        ];
        const read = edges.slice(1).flatMap((edge, index) => parse(stream.slice(edges[index], edge)));
        expect(read).toEqual(sent.map(({ event, data }) => ({ event, data: data.replace(/\r\n?/gu, '\n') })));
      }),
    );
  });

  it.each([
    ['CRLF', 'event: a\r\ndata: 1\r\n\r\n', [{ event: 'a', data: '1' }]],
    ['CR, once the next line has begun', 'event: a\rdata: 1\r\rdata: 2', [{ event: 'a', data: '1' }]],
    ['no space after the colon', 'data:1\ndata\n\n', [{ event: 'message', data: '1\n' }]],
    ['events without data', 'event: a\n\ndata: 1\n\n', [{ event: 'message', data: '1' }]],
    ['an unfinished event', 'data: 1\n', []],
  ])('reads %s', (_name, stream, events) => {
    const whole = createEventStreamParser();
    expect(whole(stream)).toEqual(events);
    const byCharacter = createEventStreamParser();
    expect(stream.split('').flatMap((unit) => byCharacter(unit))).toEqual(events);
  });
});
