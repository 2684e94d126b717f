import { FootnoteError } from '../domain/errors.ts';
import { retryAfterMs } from './retry-after.ts';

/** Longest line of an event stream, in bytes: a thousand times a usual one. */
const longestLine = 1_000_000;

/** What is read of the body of a refusal, in bytes. */
const longestRefusal = 64_000;

/** A server that wants to be left alone for longer, in milliseconds, is not asked again by the same call. */
const longestWaitMs = 2_000;

const lineFeed = 10;

/**
 * `fetch` for the servers of chat models, which are not trusted to end what they begin: a line of a stream that goes on
 * for ever fails, and a refusal is cut. Neither the platform nor the clients that read the response bound them.
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (!response.body) return response;
  if (!response.ok) return cutRefusal(response, response.body);
  const { body } = response;
  const values = body[Symbol.asyncIterator].bind(body);
  // Clients read the stream by its iterator; a stream of our own in between would cost as much again for each token.
  Object.defineProperty(body, Symbol.asyncIterator, { value: () => boundLines(values()) });
  return response;
};

async function* boundLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(lineFeed);
    length = end < 0 ? length + chunk.length : chunk.length - end - 1;
    if (length > longestLine) {
      throw new FootnoteError('model-failed', 'The chat model’s server sent a line without an end.', {
        remedy: 'Check that OPENAI_BASE_URL is the address of a chat model.',
      });
    }
    yield chunk;
  }
}

async function cutRefusal(
  { status, statusText, headers }: Response,
  body: AsyncIterable<Uint8Array>,
): Promise<Response> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    parts.push(part.subarray(0, longestRefusal - length));
    length += part.length;
    if (length >= longestRefusal) break;
  }
  const response = new Response(Buffer.concat(parts), { status, statusText, headers });
  // Heeded by the client, which would otherwise sleep for as long as the server says, whoever waits for it.
  if ((retryAfterMs(headers) ?? 0) > longestWaitMs) response.headers.set('x-should-retry', 'false');
  return response;
}
