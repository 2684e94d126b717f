import { afterEach, describe, expect, it } from 'vitest';

import { createChatParts } from '../../../src/answer/chat/create-chat-parts.ts';
import { startOpenAiServer } from '../../support/openai-server.ts';
import type { OpenAiServer } from '../../support/openai-server.ts';
import { collect, input, promptsDir, sentencesOf } from './support.ts';

let server: OpenAiServer;
afterEach(() => server.close());

describe('the parts that a configured chat model takes over', () => {
  it('rewrite the question and write the answer', async () => {
    server = await startOpenAiServer((_, index) => ({
      steps: [index === 0 ? 'Where did the centre open?' : 'In Thu Dau Mot. [S3]'],
    }));
    const options = { temperature: 0, maxTokens: 64, timeoutMs: 20_000, baseUrl: server.baseUrl };
    const { chat, rewrite } = await createChatParts({ ...options, model: 'openai:m' }, promptsDir);
    const question = await rewrite({
      question: 'Where did it open?',
      history: [{ role: 'user', content: 'Which decision approved the centre?' }],
      language: 'en',
    });
    expect(question).toBe('Where did the centre open?');
    expect(sentencesOf(await collect(chat.write({ ...input, question })))).toEqual([
      { text: 'In Thu Dau Mot.', sources: ['The centre opened in Thu Dau Mot.'], dropped: 0 },
    ]);
  });

  it('translate questions always, and quotations where the settings say so', async () => {
    server = await startOpenAiServer(() => ({ steps: ['Where did the centre open?'] }));
    const options = { model: 'openai:m', temperature: 0, maxTokens: 64, timeoutMs: 20_000 };
    const local = { ...options, baseUrl: server.baseUrl };
    const { translate, quoteTranslator } = await createChatParts(local, promptsDir);
    const question = 'Trung tâm mở cửa ở đâu?';
    expect(await translate({ question, into: 'en' })).toBe('Where did the centre open?');
    expect(quoteTranslator).toBeUndefined();
    const more = await createChatParts({ ...local, translateQuotes: true }, promptsDir);
    expect(more.quoteTranslator?.model).toBe('openai:m');
  });

  it('bound every call by the timeout of the settings', async () => {
    server = await startOpenAiServer(() => ({ hang: true }));
    const options = { temperature: 0, maxTokens: 64, timeoutMs: 150, baseUrl: server.baseUrl };
    const { chat, rewrite, translate } = await createChatParts({ ...options, model: 'openai:m' }, promptsDir);
    await expect(translate({ question: 'Ở đâu?', into: 'en' })).rejects.toMatchObject({ code: 'timeout' });
    await expect(collect(chat.write(input))).rejects.toMatchObject({ code: 'timeout' });
    const turn = { role: 'user', content: 'Which centre?' } as const;
    await expect(rewrite({ question: 'Why?', history: [turn], language: 'en' })).rejects.toMatchObject({
      code: 'timeout',
    });
  });
});
