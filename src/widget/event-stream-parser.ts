/** An event of a `text/event-stream`, as far as this page uses it. */
export interface ParsedEvent {
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a `text/event-stream` (WHATWG HTML, section "Server-sent events") piece by piece.
 *
 * @returns a function that takes the next piece, cut anywhere, and returns the events completed by it.
 */
export function createEventStreamParser(): (piece: string) => ParsedEvent[] {
  let rest = '';
  let event = '';
  let data: string[] = [];

  const takeLine = (line: string): ParsedEvent | undefined => {
    if (line === '') {
      const done = data.length > 0 ? { event: event || 'message', data: data.join('\n') } : undefined;
      event = '';
      data = [];
      return done;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /u, '');
    if (name === 'event') event = value;
    if (name === 'data') data.push(value);
    return undefined;
  };

  return (piece) => {
    // A CR at the end may be half of a CRLF: it stays until what follows is known.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop() ?? '';
    return lines.map(takeLine).filter((parsed) => parsed !== undefined);
  };
}
