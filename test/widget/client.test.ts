import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { type ClientEvent, createClient } from '../../src/widget/client.ts';
import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';

const events = eventsOf(sampleAnswer());
const written = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');

/** A client of a server that answers every request with `respond`. */
async function clientOf(respond: (response: ServerResponse) => void, idleMs?: number) {
  const server = createServer((_request, response) => respond(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return createClient(`http://127.0.0.1:${port}/`, idleMs === undefined ? {} : { idleMs });
}

async function asked(client: Awaited<ReturnType<typeof clientOf>>, signal = new AbortController().signal) {
  const received: ClientEvent[] = [];
  for await (const event of client.ask({ question: 'Q?' }, signal)) received.push(event);
  return received;
}

describe('the client', () => {
  it('reads a stream cut anywhere, past comments and unknown events', async () => {
    const client = await clientOf((response) => {
      const bytes = Buffer.from(`: still here\n\nevent: later\ndata: {"type":"later"}\n\n${written}`);
      for (let at = 0; at < bytes.length; at += 97) response.write(bytes.subarray(at, at + 97));
      response.end();
    });
    expect(await asked(client)).toEqual(events);
  });

  it('says that the connection was lost when the stream ends too early', async () => {
    const client = await clientOf((response) => response.end(written.slice(0, 900)));
    const received = await asked(client);
    expect(received.at(-1)).toMatchObject({ type: 'error', problem: { status: -1 } });
  });

  it('says that the connection was lost when the server falls silent', async () => {
    const client = await clientOf((response) => response.write(written.slice(0, 900)), 50);
    expect((await asked(client)).at(-1)).toMatchObject({ type: 'error', problem: { status: -1 } });
  });

  it('says that there is no connection, and what a problem of the server is', async () => {
    expect(await asked(createClient('http://127.0.0.1:1/'))).toMatchObject([
      { type: 'error', problem: { status: 0 } },
    ]);
    const client = await clientOf((response) => {
      response.writeHead(503, { 'retry-after': '7', 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ title: 'x', status: 503, detail: 'The index is being built.' }));
    });
    expect(await asked(client)).toMatchObject([
      { type: 'error', problem: { status: 503, retryAfter: 7, detail: 'The index is being built.' } },
    ]);
  });

  it('yields nothing more once it is stopped', async () => {
    const controller = new AbortController();
    const client = await clientOf((response) => response.write(written.slice(0, -900)));
    const received: ClientEvent[] = [];
    for await (const event of client.ask({ question: 'Q?' }, controller.signal)) {
      received.push(event);
      controller.abort();
    }
    expect(received.every(({ type }) => type !== 'error')).toBe(true);
  });

  it('takes no suggestions where there are none, and refuses what is no article', async () => {
    const { signal } = new AbortController();
    const client = await clientOf((response) => response.end('{"suggestions":["A?",7]}'));
    expect(await client.suggestions('en', signal)).toEqual(['A?']);
    await expect(client.article('x', 'v', signal)).rejects.toThrow('no article');
    const broken = await clientOf((response) => response.end('<html>'));
    expect(await broken.suggestions('en', signal)).toEqual([]);
  });
});
