import { afterEach, describe, expect, it } from 'vitest';

import { loadPrompts } from '../../../src/answer/chat/prompts.ts';
import { createQuestionRewriter } from '../../../src/answer/chat/question-rewriter.ts';
import { createChatModel } from '../../../src/models/chat-model.ts';
import { inPieces, startOpenAiServer } from '../../support/openai-server.ts';
import type { OpenAiServer, Reply } from '../../support/openai-server.ts';
import { promptsDir } from './support.ts';

let server: OpenAiServer;
afterEach(() => server.close());

const history = [
  { role: 'user', content: 'Which decision approved the startup centre?' },
  { role: 'assistant', content: 'Decision 57 did. [1]' },
] as const;

async function rewriter(reply: Reply, timeoutMs = 20_000) {
  server = await startOpenAiServer(() => reply);
  const model = await createChatModel({
    model: 'openai:test-model',
    temperature: 0,
    maxTokens: 64,
    timeoutMs,
    baseUrl: server.baseUrl,
    maxRetries: 0,
  });
  return createQuestionRewriter({ model, prompts: await loadPrompts({ dir: promptsDir }), timeoutMs });
}

const question = 'When was it opened?';

describe('the question rewriter', () => {
  it.each([
    ['When was the startup centre opened?', 'When was the startup centre opened?'],
    [' "When was the startup centre opened?"\n', 'When was the startup centre opened?'],
    ['<think>it = centre</think>**When was the centre opened?** [S1]', 'When was the centre opened?'],
  ])('makes the question stand alone from %j', async (text, expected) => {
    const rewrite = await rewriter({ steps: inPieces(text) });
    expect(await rewrite({ question, history, language: 'en' })).toBe(expected);
    const user = server.requests[0]?.body.messages[1]?.content ?? '';
    expect(user).toContain('Reader: Which decision approved the startup centre?\nYou: Decision 57 did.\n');
    expect(user).toContain(question);
  });

  it('does not ask the model without a history', async () => {
    const rewrite = await rewriter({ steps: ['x'] });
    expect(await rewrite({ question, history: [], language: 'en' })).toBe(question);
    expect(server.requests).toEqual([]);
  });

  it.each(['', '  \n', '?!', 'NO_ANSWER', 'Here it is:\nWhen was the centre opened?', 'long '.repeat(200)])(
    'keeps the question when the model says %j',
    async (text) => {
      const rewrite = await rewriter({ steps: inPieces(text) });
      expect(await rewrite({ question, history, language: 'vi' })).toBe(question);
    },
  );

  it('keeps the question when the model was cut off', async () => {
    const rewrite = await rewriter({ steps: ['When was the startup'], finishReason: 'length' });
    expect(await rewrite({ question, history, language: 'en' })).toBe(question);
  });

  it('leaves errors of the model to its caller', async () => {
    const rewrite = await rewriter({ status: 500 });
    await expect(rewrite({ question, history, language: 'en' })).rejects.toMatchObject({
      code: 'model-failed',
    });
  });

  it('times out', async () => {
    const rewrite = await rewriter({ hang: true }, 80);
    await expect(rewrite({ question, history, language: 'en' })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('passes the caller’s abort on', async () => {
    const rewrite = await rewriter({ hang: true });
    const controller = new AbortController();
    const rewritten = rewrite({ question, history, language: 'en', signal: controller.signal });
    const request = await server.request(0);
    controller.abort();
    await expect(rewritten).rejects.toBe(controller.signal.reason);
    expect(await request.closed).toBe('hung-up');
  });
});
