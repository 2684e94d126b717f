import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

import { describe, expect, it } from 'vitest';

import { sentenceTexts } from '../support/check-answer.ts';
import { endOf } from '../support/footnote-server.ts';
import { asksForAnswer, pointerTo } from '../support/prompt-pointers.ts';
import { capacity, serveWithModel } from './support/serve-with-model.ts';

// What a model does that dies in mid-stream, goes quiet or sends broken JSON is in test/e2e/chat-model.test.ts and
// test/answer/chat/chat-writer-failures.test.ts. These are servers that are none.

/** Both calls of an answer, each with its time, and the answer itself on a busy machine. */
const longestMs = 2 * 900 + 10_000;

const delta = (content: string) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;

/** Writes `piece` until the other side hangs up, as fast as it reads. Returns the bytes that were written. */
async function writeForEver(response: ServerResponse, piece: string): Promise<number> {
  let written = 0;
  const closed = once(response, 'close');
  while (!response.destroyed) {
    written += piece.length;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
  }
  return written;
}

describe('a server that sends what is no reply', () => {
  it.each<[string, (response: ServerResponse) => void]>([
    [
      'a page for browsers',
      (response) => response.setHeader('content-type', 'text/html').end('<h1>It works!</h1>'),
    ],
    ['JSON that is no reply', (response) => response.setHeader('content-type', 'application/json').end('[]')],
    ['nothing', (response) => response.end()],
    ['events without an end', (response) => response.write('data: {"choices": [{"delta"')],
    ['bytes that are no HTTP', (response) => response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')],
    [
      'headers without an end',
      (response) => {
        const { socket } = response;
        socket?.write('HTTP/1.1 200 OK\r\n');
        socket?.on('drain', () => socket.write(`X-Filler: ${'x'.repeat(60_000)}\r\n`));
        socket?.on('error', () => undefined);
        socket?.write(`X-Filler: ${'x'.repeat(60_000)}\r\n`);
      },
    ],
    [
      'comments for ever',
      (response) => {
        const timer = setInterval(() => response.write(': still thinking\n\n'), 20);
        response.once('close', () => clearInterval(timer));
      },
    ],
    [
      'empty tokens for ever',
      (response) => {
        const timer = setInterval(() => response.write(delta('')), 20);
        response.once('close', () => clearInterval(timer));
      },
    ],
    [
      'a byte at a time',
      (response) => {
        const bytes = delta('It takes 240 passengers.');
        let sent = 0;
        const timer = setInterval(() => response.write(bytes.charAt(sent++ % bytes.length)), 100);
        response.once('close', () => clearInterval(timer));
      },
    ],
  ])('is answered for by the articles: %s', async (_, wire) => {
    const faulty = await serveWithModel();
    faulty.reply = () => ({ wire });
    const begin = performance.now();
    const events = await faulty.stream();
    expect(performance.now() - begin).toBeLessThan(longestMs);
    const answer = endOf(events);
    expect(answer).toMatchObject({ degraded: true, abstained: false, receipt: { writer: 'extractive' } });
    expect(sentenceTexts(answer)).toContain(capacity);
    // Its connection is closed, and the only place for answers is free again.
    await Promise.all(faulty.model.requests.map(({ closed }) => closed));
    expect((await faulty.ask()).abstained).toBe(false);
  });

  it('keeps what stands of a reply with bytes that are no UTF-8', async () => {
    const faulty = await serveWithModel();
    faulty.reply = (request) => ({
      wire(response) {
        const [before = '', after = ''] = delta(
          `It takes 240 passengers ${pointerTo(request, capacity)}. Caf# at noon.`,
        ).split('#');
        response.write(
          Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from(after)]),
        );
        response.end(
          'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\ndata: [DONE]\n\n',
        );
      },
    });
    const answer = endOf(await faulty.stream());
    expect(answer.degraded).toBe(false);
    expect(sentenceTexts(answer)[0]).toBe('It takes 240 passengers.');
    expect(answer.text.isWellFormed()).toBe(true);
  });

  it('is read no further than a line may be long', async () => {
    const faulty = await serveWithModel({ CHAT_TIMEOUT_MS: '20000' });
    const written: Promise<number>[] = [];
    faulty.reply = () => ({
      wire: (response) => {
        response.write('data: {"choices": [{"delta": {"content": "');
        written.push(writeForEver(response, 'x'.repeat(65_536)));
      },
    });
    const answer = endOf(await faulty.stream());
    expect(answer).toMatchObject({ degraded: true, abstained: false });
    expect(written).toHaveLength(1);
    // What is under way between the two is several buffers of the system.
    for (const bytes of await Promise.all(written)) expect(bytes).toBeLessThan(30_000_000);
  });

  it('is not read to the end of a refusal', async () => {
    const faulty = await serveWithModel({ CHAT_TIMEOUT_MS: '20000' });
    const written: Promise<number>[] = [];
    faulty.reply = () => ({
      wire: (response) => {
        response.writeHead(400, { 'content-type': 'text/plain' });
        written.push(writeForEver(response, 'no '.repeat(20_000)));
      },
    });
    expect(endOf(await faulty.stream())).toMatchObject({ degraded: true, abstained: false });
    expect(written).toHaveLength(1);
    for (const bytes of await Promise.all(written)) expect(bytes).toBeLessThan(30_000_000);
  });

  it('is not read to the end of a reply that never ends', async () => {
    const faulty = await serveWithModel({ CHAT_TIMEOUT_MS: '20000' });
    const written: Promise<number>[] = [];
    faulty.reply = (request) => ({
      wire: (response) => {
        response.write(delta(`It takes 240 passengers ${pointerTo(request, capacity)}. `));
        written.push(writeForEver(response, delta('It goes on and on, '.repeat(40))));
      },
    });
    const answer = endOf(await faulty.stream());
    expect(sentenceTexts(answer)[0]).toBe('It takes 240 passengers.');
    expect(answer.text.length).toBeLessThan(40_000);
    for (const bytes of await Promise.all(written)) expect(bytes).toBeLessThan(30_000_000);
    expect(faulty.model.requests.filter(asksForAnswer)).toHaveLength(1);
  });
});
