/** One event of a `text/event-stream`. */
export interface ServerSentEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data: string;
}

/**
 * `event` as the WHATWG HTML standard writes it (section "Server-sent events"), ready to be sent.
 *
 * A line may end in CR, LF or CRLF there, so each line of `data` becomes a `data:` line (and reads as LF on the
 * other side), and line ends are removed from the names: no value can begin a line of its own.
 */
export function formatServerSentEvent({ id, event, data }: ServerSentEvent): string {
  const lines = data.split(/\r\n|\r|\n/u).map((line) => `data: ${line}\n`);
  return `${field('id', id)}${field('event', event)}${lines.join('')}\n`;
}

/** A line that clients ignore; it keeps proxies from closing a quiet connection. */
export const heartbeatComment = ': still here\n\n';

function field(name: string, value: string | undefined): string {
  return value === undefined ? '' : `${name}: ${value.replace(/[\r\n\0]/gu, '')}\n`;
}
