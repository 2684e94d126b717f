import { afterEach, describe, expect, it } from 'vitest';

import { loadPrompts } from '../../../src/answer/chat/prompts.ts';
import { createQuestionTranslator } from '../../../src/answer/chat/question-translator.ts';
import { createChatModel } from '../../../src/models/chat-model.ts';
import { inPieces, startOpenAiServer } from '../../support/openai-server.ts';
import type { OpenAiServer, Reply } from '../../support/openai-server.ts';
import { promptsDir } from './support.ts';

let server: OpenAiServer;
afterEach(() => server.close());

async function translator(reply: Reply, timeoutMs = 20_000) {
  server = await startOpenAiServer(() => reply);
  const model = await createChatModel({
    model: 'openai:test-model',
    temperature: 0,
    maxTokens: 64,
    timeoutMs,
    baseUrl: server.baseUrl,
    maxRetries: 0,
  });
  return createQuestionTranslator({ model, prompts: await loadPrompts({ dir: promptsDir }), timeoutMs });
}

const question = 'Nghị quyết 57 được ban hành năm 2024 phải không?';
const translated = 'Was Resolution 57 issued in 2024?';

describe('the question translator', () => {
  it.each([
    [translated, translated],
    [` "${translated}"\n`, translated],
    [`<think>nghị quyết = resolution</think>**${translated}** [S1]`, translated],
  ])('translates the question from %j', async (text, expected) => {
    const translate = await translator({ steps: inPieces(text) });
    expect(await translate({ question, into: 'en' })).toBe(expected);
    const [system, user] = server.requests[0]?.body.messages ?? [];
    expect(system?.content).toContain('the same question in English');
    expect(user?.content).toContain(`<question>\n${question}\n</question>`);
  });

  it.each([
    ['nothing', ''],
    ['signs alone', '?!'],
    ['the question again', question.toLowerCase()],
    ['another language than asked for', 'Nghị quyết 57 có hiệu lực từ năm 2024 hay không?'],
    ['a preamble', `Here is the translation:\n${translated}`],
    ['an essay', `${translated} ${'It was adopted by the committee. '.repeat(9)}`],
    ['a question about another year', 'Was Resolution 57 issued in 2025?'],
    ['NO_ANSWER', 'NO_ANSWER'],
  ])('gives up when the model says %s', async (_, text) => {
    const translate = await translator({ steps: inPieces(text) });
    expect(await translate({ question, into: 'en' })).toBeUndefined();
  });

  it.each([
    ['Có 1.400 doanh nghiệp phải không?', 'Are there 1,400 companies?'],
    ['Điều gì xảy ra vào tháng 12?', 'What happened in December?'],
  ])('takes figures as each language writes them: %s', async (asked, text) => {
    const translate = await translator({ steps: [text] });
    expect(await translate({ question: asked, into: 'en' })).toBe(text);
  });

  it('translates into Vietnamese too', async () => {
    const translate = await translator({ steps: [question] });
    expect(await translate({ question: translated, into: 'vi' })).toBe(question);
  });

  it.each([['?! 57'], [`${question} ${'và '.repeat(300)}`]])(
    'does not ask the model about %j',
    async (asked) => {
      const translate = await translator({ steps: [translated] });
      expect(await translate({ question: asked, into: 'en' })).toBeUndefined();
      expect(server.requests).toEqual([]);
    },
  );

  it('leaves errors of the model to its caller', async () => {
    const translate = await translator({ status: 500 });
    await expect(translate({ question, into: 'en' })).rejects.toMatchObject({ code: 'model-failed' });
  });

  it('times out', async () => {
    const translate = await translator({ hang: true }, 80);
    await expect(translate({ question, into: 'en' })).rejects.toMatchObject({ code: 'timeout' });
  });

  it('passes the caller’s abort on', async () => {
    const translate = await translator({ hang: true });
    const controller = new AbortController();
    const translating = translate({ question, into: 'en', signal: controller.signal });
    const request = await server.request(0);
    controller.abort();
    await expect(translating).rejects.toBe(controller.signal.reason);
    expect(await request.closed).toBe('hung-up');
  });
});
