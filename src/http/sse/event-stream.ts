import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { formatServerSentEvent, heartbeatComment } from './format-event.ts';

/** How long a client may take to read the end of a stream that failed. */
const flushTimeoutMs = 5_000;

/** The sending side of a `text/event-stream` response. */
export interface EventStream {
  /** Sends `value` as JSON. Resolves when the client can take more. */
  send(event: string, value: unknown): Promise<void>;
  /** Ends the response. */
  end(): void;
  /** Ends the response with an event that a client which does not read cannot hold up. */
  fail(event: string, value: unknown): void;
}

export interface EventStreamOptions {
  /** Milliseconds between two comments. */
  readonly heartbeatMs: number;
  /** Ends the wait for a client that does not read. */
  readonly signal: AbortSignal;
  /** Whether events carry their names and numbers, which protocols that have them in the data leave out. */
  readonly named?: boolean;
  /** Data of one more event, not JSON, with which the stream ends, such as `[DONE]`. */
  readonly closing?: string;
}

/** Sends the status and the headers at once, and comments while nothing else is sent. */
export function openEventStream(
  response: ServerResponse,
  { heartbeatMs, signal, named = true, closing }: EventStreamOptions,
): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    // Compressing proxies would hold events back.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();

  let count = 0;
  const format = (event: string, value: unknown) => {
    count += 1;
    const names = named ? { id: String(count), event } : {};
    return formatServerSentEvent({ ...names, data: JSON.stringify(value) });
  };
  const ending = closing === undefined ? '' : formatServerSentEvent({ data: closing });
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(heartbeatComment);
  }, heartbeatMs);
  response.once('close', () => clearInterval(heartbeat));

  return {
    async send(event, value) {
      if (!response.write(format(event, value))) await once(response, 'drain', { signal });
    },
    end() {
      clearInterval(heartbeat);
      response.end(ending);
    },
    fail(event, value) {
      clearInterval(heartbeat);
      response.end(format(event, value) + ending);
      const timer = setTimeout(() => response.destroy(), flushTimeoutMs);
      response.once('close', () => clearTimeout(timer));
    },
  };
}
