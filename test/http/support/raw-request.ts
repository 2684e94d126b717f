import { request } from 'node:http';

/** A request as a hostile client would send it: nothing is tidied up. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly milliseconds: number;
}

/**
 * Sends a request and reads the whole response.
 *
 * @throws Error when the connection ends without one, or it takes longer than `timeoutMs`.
 */
export function sendRaw(
  url: string,
  { method, path, headers = {}, body = '' }: RawRequest,
  timeoutMs = 5_000,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const begun = performance.now();
    const length = Buffer.byteLength(body);
    const framed = { ...headers, ...(length > 0 && { 'content-length': String(length) }) };
    const sent = request({ hostname, port, method, path, headers: framed, agent: false });
    const timer = setTimeout(
      () => sent.destroy(new Error(`There was no response within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    sent.once('error', fail);
    sent.once('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', fail);
      response.once('end', () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          milliseconds: performance.now() - begun,
        });
      });
    });
    sent.end(body);
  });
}

/** Does `work` for each item, `most` at a time. */
export async function inParallel<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>) {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
}
