import { once } from 'node:events';
import { connect } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { createApp } from '../../src/http/app.ts';
import { startServer } from '../../src/http/server.ts';
import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';
import { createScriptedAssistant } from '../http/support/scripted-assistant.ts';

const limits = { bodyBytes: 20_000, questionLength: 200, historyTurns: 4, answerTimeoutMs: 60_000 };
/** Of one event, in UTF-16 code units. */
const pieceLength = 65_536;
/** 500 MB, if all were written. */
const pieces = 8_000;

/** Serves answers of {@link pieces} events and counts how many of them were asked for. */
async function serveLongAnswers() {
  const taken = { count: 0, isClosed: false };
  const assistant = {
    ...createScriptedAssistant(),
    async *answer() {
      try {
        const [start] = eventsOf(sampleAnswer());
        if (start) yield start;
        for (; taken.count < pieces; taken.count += 1) {
          yield { type: 'text-delta' as const, delta: 'x'.repeat(pieceLength) };
        }
      } finally {
        taken.isClosed = true;
      }
    },
  };
  const app = createApp({ assistant, limits });
  const server = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 50 });
  onTestFinished(() => server.close());
  return { port: Number(new URL(server.address).port), taken };
}

describe('a reader who does not read', () => {
  it.each(['/api/answers', '/api/chat'])('of %s holds up the answer, not the memory', async (path) => {
    const { port, taken } = await serveLongAnswers();
    const body = JSON.stringify(
      path === '/api/chat'
        ? { messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: 'How many?' }] }] }
        : { question: 'How many?' },
    );
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    socket.write(`${head}Accept: text/event-stream\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    const [first]: Buffer[] = await once(socket, 'data');
    expect(first?.toString('latin1')).toContain('200 OK');
    socket.pause();

    // The buffers of the system fill up; then nothing more is taken.
    let before = -1;
    while (before !== taken.count) {
      before = taken.count;
      for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    }
    expect(taken.count).toBeGreaterThan(0);
    expect(taken.count * pieceLength).toBeLessThan(64_000_000);

    // Reading on, it goes on.
    socket.resume();
    while (taken.count <= before + 100) await once(socket, 'data');
    socket.destroy();
    while (!taken.isClosed) await new Promise(setImmediate);
    expect(taken.count).toBeLessThan(pieces);
  });
});
