import { afterEach, describe, expect, it } from 'vitest';

import type { ChatLimits } from '../../../src/answer/chat/limits.ts';
import type { Draft } from '../../../src/answer/writer.ts';
import { FootnoteError } from '../../../src/domain/errors.ts';
import { createGate, startOpenAiServer } from '../../support/openai-server.ts';
import type { OpenAiServer, Reply } from '../../support/openai-server.ts';
import { collect, input, sentencesOf, writerFor } from './support.ts';

let server: OpenAiServer;
afterEach(() => server.close());

/** What was written before the failure, and the failure. */
async function failure(reply: Reply, limits: Partial<ChatLimits> = {}) {
  server = await startOpenAiServer(() => reply);
  const writer = await writerFor(server, limits);
  const drafts: Draft[] = [];
  try {
    for await (const draft of writer.write(input)) drafts.push(draft);
  } catch (error) {
    if (!(error instanceof FootnoteError)) throw error;
    return { error, texts: sentencesOf(drafts).map(({ text }) => text) };
  }
  throw new Error('the writer did not fail');
}

const opening = 'It opened in Thu Dau Mot. [S3] Then';

describe('a chat model that fails', () => {
  it.each([
    [429, /HTTP 429/u, /quota/u],
    [500, /HTTP 500/u, /server of the chat model/u],
    [503, /HTTP 503/u, /server of the chat model/u],
    [401, /HTTP 401/u, /OPENAI_API_KEY/u],
    [404, /HTTP 404/u, /CHAT_MODEL/u],
    [400, /HTTP 400/u, /context/u],
  ])('is reported for HTTP %d', async (status, message, remedy) => {
    const { error, texts } = await failure({ status, message: 'scripted sk-secret' });
    expect(error).toMatchObject({ code: 'model-failed', cause: expect.any(Error) });
    expect(error.message).toMatch(message);
    expect(error.message).toContain('openai:test-model');
    expect(error.remedy).toMatch(remedy);
    expect(texts).toEqual([]);
    expect(error.message.includes('sk-secret')).toBe(status !== 401);
    expect(error.message).not.toContain('\n');
  });

  it('is reported when the connection breaks, and what was written stands', async () => {
    const { error, texts } = await failure({ steps: [opening, { destroy: true }] });
    expect(error).toMatchObject({ code: 'model-failed', cause: expect.any(Error) });
    expect(texts).toEqual(['It opened in Thu Dau Mot.']);
  });

  it('is reported for a chunk that is not JSON', async () => {
    const { error, texts } = await failure({ steps: [opening, { raw: 'data: {"choices": [{]\n\n' }] });
    expect(error).toMatchObject({ code: 'model-failed', cause: expect.any(SyntaxError) });
    expect(texts).toEqual(['It opened in Thu Dau Mot.']);
  });

  it('is reported for an error inside the stream', async () => {
    const { error } = await failure({
      steps: [opening, { raw: 'data: {"error": {"message": "out of memory"}}\n\n' }],
    });
    expect(error).toMatchObject({ code: 'model-failed' });
  });

  it.each([[''], ['   \n'], ['[S1][S2]'], ['...']])('is reported for the reply %j', async (text) => {
    const { error } = await failure({ steps: [text] });
    expect(error).toMatchObject({ code: 'model-failed' });
    expect(error.message).toContain('without a complete sentence');
  });

  it('is reported when the stream ends before its first sentence does', async () => {
    const { error } = await failure({ steps: ['It opened in'], finishReason: null });
    expect(error).toMatchObject({ code: 'model-failed' });
  });

  it('is reported when nobody listens at the address', async () => {
    server = await startOpenAiServer(() => ({ hang: true }));
    const { baseUrl } = server;
    await server.close();
    const writer = await writerFor({ baseUrl });
    await expect(collect(writer.write(input))).rejects.toMatchObject({ code: 'model-failed' });
    server = await startOpenAiServer(() => ({ hang: true }));
  });
});

describe('a chat model that is slow', () => {
  it('times out when it never answers, and the request is cancelled', async () => {
    const { error } = await failure({ hang: true }, { firstTokenTimeoutMs: 500 });
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('sent nothing within 500 ms');
    expect(await (await server.request(0)).closed).toBe('hung-up');
  });

  it('times out when its stream stalls, and what was written stands', async () => {
    const gate = createGate();
    const { error, texts } = await failure({ steps: [opening, gate.opened] }, { stallTimeoutMs: 80 });
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('sent nothing more within 80 ms');
    expect(texts).toEqual(['It opened in Thu Dau Mot.']);
    expect(await (await server.request(0)).closed).toBe('hung-up');
    gate.open();
  });

  it('times out as a whole', async () => {
    const gate = createGate();
    const { error } = await failure({ steps: [opening, gate.opened] }, { timeoutMs: 300 });
    expect(error).toMatchObject({ code: 'timeout' });
    expect(error.message).toContain('did not finish within 300 ms');
    gate.open();
  });
});

describe('a reader who gives up', () => {
  it('gets their own reason, and the request to the model is closed', async () => {
    const gate = createGate();
    server = await startOpenAiServer(() => ({ steps: [opening, gate.opened] }));
    const controller = new AbortController();
    const reason = new Error('the reader left');
    const writer = await writerFor(server);
    const drafts = writer.write({ ...input, signal: controller.signal })[Symbol.asyncIterator]();
    expect(await drafts.next()).toMatchObject({ value: { text: 'It opened in Thu Dau Mot.' } });
    const pending = drafts.next();
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
    expect(await (await server.request(0)).closed).toBe('hung-up');
    gate.open();
  });

  it('is heard before the model has answered', async () => {
    server = await startOpenAiServer(() => ({ hang: true }));
    const controller = new AbortController();
    const writer = await writerFor(server);
    const drafts = collect(writer.write({ ...input, signal: controller.signal }));
    const request = await server.request(0);
    controller.abort();
    await expect(drafts).rejects.toBe(controller.signal.reason);
    expect(await request.closed).toBe('hung-up');
  });

  it('is heard before the call', async () => {
    server = await startOpenAiServer(() => ({ hang: true }));
    const writer = await writerFor(server);
    const reason = new Error('left already');
    await expect(collect(writer.write({ ...input, signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it('closes the request by leaving the loop', async () => {
    const gate = createGate();
    server = await startOpenAiServer(() => ({ steps: [opening, gate.opened] }));
    const writer = await writerFor(server);
    for await (const draft of writer.write(input)) {
      expect(draft.type).toBe('sentence');
      break;
    }
    expect(await (await server.request(0)).closed).toBe('hung-up');
    gate.open();
  });
});
