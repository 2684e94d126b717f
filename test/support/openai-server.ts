import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';

import { z } from 'zod';

const chatRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
  stream: z.boolean().optional(),
  stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
  temperature: z.number().optional(),
  max_tokens: z.number().optional(),
});

/** A request for a chat completion, as the server received it. */
export interface ChatRequest {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: z.infer<typeof chatRequest>;
  /** Resolves when the exchange is over: `hung-up` when the client closed the connection before its end. */
  readonly closed: Promise<'finished' | 'hung-up' | 'broken'>;
}

/** One step of a streamed reply: a piece of text, something to wait for, a raw line, or a torn connection. */
type Step = string | Promise<unknown> | { readonly raw: string } | { readonly destroy: true };

/** What the server answers. */
export type Reply =
  | {
      /** Sent in order. A request without `stream` gets the strings joined. */
      readonly steps: readonly Step[];
      /** Default: a made-up count, sent when the client asks for it. */
      readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
      /** Default `stop`; `null` leaves it out, as a server does that goes away in the middle. */
      readonly finishReason?: string | null;
    }
  | {
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Accepts the request and never answers. */
  | { readonly hang: true }
  /** Answers with whatever it likes, as a server does that is none. */
  | { readonly wire: (response: ServerResponse) => void | Promise<void> };

/** A running server. */
export interface OpenAiServer {
  /** The base URL to configure, ending in `/v1`. */
  readonly baseUrl: string;
  /** Chat requests so far, in order of arrival. */
  readonly requests: readonly ChatRequest[];
  /** The chat request number `index`, as soon as it has arrived. */
  request(index: number): Promise<ChatRequest>;
  close(): Promise<void>;
}

/**
 * Starts a server on an ephemeral port of this machine that speaks the wire format of OpenAI's chat completions.
 *
 * @param handler - what to answer to each chat request.
 */
export async function startOpenAiServer(
  handler: (request: ChatRequest, index: number) => Reply,
): Promise<OpenAiServer> {
  const requests: ChatRequest[] = [];
  const waiting: (() => void)[] = [];

  async function serve(incoming: IncomingMessage, response: ServerResponse) {
    if (incoming.method === 'GET' && incoming.url === '/v1/models') {
      json(response, 200, { object: 'list', data: [{ id: 'test-model', object: 'model' }] });
      return;
    }
    if (incoming.method !== 'POST' || incoming.url !== '/v1/chat/completions') {
      json(response, 404, { error: { message: `no such path: ${incoming.url}`, type: 'not_found' } });
      return;
    }
    const body = chatRequest.parse(JSON.parse(await readText(incoming)));
    const { promise: closed, resolve } = withResolvers<'finished' | 'hung-up' | 'broken'>();
    const state = { broken: false };
    response.once('close', () => {
      resolve(response.writableFinished ? 'finished' : state.broken ? 'broken' : 'hung-up');
    });
    const request = { path: incoming.url, headers: incoming.headers, body, closed };
    requests.push(request);
    for (const wake of waiting.splice(0)) wake();

    const reply = handler(request, requests.length - 1);
    if ('hang' in reply) return;
    if ('wire' in reply) {
      await reply.wire(response);
      return;
    }
    if ('status' in reply) {
      const { status, message = `scripted failure ${status}`, headers } = reply;
      json(response, status, { error: { message, type: 'scripted', code: null } }, headers);
      return;
    }
    const usage = { prompt_tokens: 11, completion_tokens: 7, ...reply.usage };
    const counted = { ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens };
    const finish = reply.finishReason === undefined ? 'stop' : reply.finishReason;
    if (body.stream !== true) {
      const content = reply.steps.filter((step) => typeof step === 'string').join('');
      const message = { role: 'assistant', content };
      json(response, 200, {
        ...envelope(body.model, 'chat.completion'),
        choices: [{ index: 0, message, finish_reason: finish }],
        usage: counted,
      });
      return;
    }

    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const base = envelope(body.model, 'chat.completion.chunk');
    const send = (choices: unknown[], more = {}) =>
      response.write(`data: ${JSON.stringify({ ...base, choices, ...more })}\n\n`);
    send([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }]);
    for (const step of reply.steps) {
      if (typeof step === 'string') {
        send([{ index: 0, delta: { content: step }, finish_reason: null }]);
      } else if (step instanceof Promise) {
        await step;
      } else if ('raw' in step) {
        response.write(step.raw);
      } else {
        state.broken = true;
        // What was written before shall still arrive.
        await new Promise((sent) => {
          response.write(': torn\n\n', sent);
        });
        response.destroy();
        return;
      }
      if (response.destroyed) return;
    }
    if (finish !== null) send([{ index: 0, delta: {}, finish_reason: finish }]);
    if (body.stream_options?.include_usage === true) send([], { usage: counted });
    response.end(finish === null ? '' : 'data: [DONE]\n\n');
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      json(response, 500, { error: { message: `the test server failed: ${String(error)}`, type: 'bug' } });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = z.object({ port: z.number() }).parse(server.address());

  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    requests,
    async request(index) {
      for (;;) {
        const found = requests[index];
        if (found) return found;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A promise that a test opens when it wants the server to go on. */
export function createGate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}

/** `text` in pieces of at most `size` UTF-16 code units, the way tokens arrive. */
export function inPieces(text: string, size = 4): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
}

function envelope(model: string, object: string) {
  return { id: 'chatcmpl-test', object, created: 1_700_000_000, model };
}

function json(response: ServerResponse, status: number, body: unknown, headers = {}) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

// Promise.withResolvers needs Node 22.
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
