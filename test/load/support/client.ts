import { Agent, request } from 'node:http';

/** A request. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly accept?: string;
  /** Hangs up after so many bytes of the response, as a reader does who leaves. */
  readonly leaveAfter?: number;
}

/** What became of it. */
export interface Outcome {
  /** 0 where there was no response, or none that was whole. */
  readonly status: number;
  readonly text: string;
  /** Seconds of `Retry-After`. */
  readonly retryAfter?: number;
  /** Until the first byte of the body, in milliseconds. */
  readonly firstByteMs?: number;
  /** What went wrong on the way. */
  readonly failure?: string;
  readonly left: boolean;
}

/**
 * Connections at most, which are kept: as of a proxy in front, or of readers who have been there before. Node accepts one new
 * connection in each turn of its event loop (libuv since 1.45), so that more would measure just that.
 */
const connections = 256;

/** Sends requests; more at a time than there are {@link connections} wait, which counts. */
export interface Client {
  send(call: Call): Promise<Outcome>;
  close(): void;
}

/** What a request may take, in milliseconds: longer than the server's own limit of a minute. */
const timeoutMs = 90_000;

/** @param base - URL of the server, without a slash at the end. */
export function createClient(base: string): Client {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    scheduling: 'fifo',
  });
  return {
    close: () => agent.destroy(),
    send: ({ method, path, body, accept = 'application/json', leaveAfter = Infinity }) =>
      new Promise((resolve) => {
        const begin = performance.now();
        const payload = body === undefined ? undefined : JSON.stringify(body);
        let text = '';
        let firstByteMs: number | undefined;
        let head: Pick<Outcome, 'status' | 'retryAfter'> = { status: 0 };
        const end = (rest: Partial<Outcome>) =>
          resolve({ ...head, text, left: false, ...(firstByteMs !== undefined && { firstByteMs }), ...rest });
        const sent = request(`${base}${path}`, {
          method,
          agent,
          timeout: timeoutMs,
          headers: {
            accept,
            ...(payload !== undefined && {
              'content-type': 'application/json',
              'content-length': Buffer.byteLength(payload),
            }),
          },
        });
        sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
        sent.on('error', (error) => end({ status: 0, failure: error.message }));
        sent.on('response', (response) => {
          const { statusCode: status = 0, headers } = response;
          const retryAfter = Number(headers['retry-after'] ?? Number.NaN);
          head = { status, ...(Number.isFinite(retryAfter) && { retryAfter }) };
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            firstByteMs ??= performance.now() - begin;
            text += chunk;
            if (text.length < leaveAfter) return;
            end({ left: true });
            sent.destroy();
          });
          response.on('end', () => end({}));
          response.on('error', (error) => end({ status: 0, failure: error.message }));
        });
        sent.end(payload);
      }),
  };
}
