import { afterEach, describe, expect, it, vi } from 'vitest';

import { openAiFields } from '../../src/models/chat-model-openai.ts';
import { createChatModel } from '../../src/models/chat-model.ts';
import { startOpenAiServer } from '../support/openai-server.ts';
import type { OpenAiServer } from '../support/openai-server.ts';

const options = { temperature: 0.5, maxTokens: 99, timeoutMs: 20_000 };
const servers: OpenAiServer[] = [];
async function start(handler: Parameters<typeof startOpenAiServer>[0]) {
  const server = await startOpenAiServer(handler);
  servers.push(server);
  return server;
}
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe('the chat model from the settings', () => {
  it('talks to an OpenAI-compatible server that wants no key', async () => {
    const { baseUrl, requests } = await start(() => ({ steps: ['Hello ', 'there.'] }));
    const model = await createChatModel({ ...options, model: 'openai:llama3.1:8b', baseUrl });
    expect((await model.invoke('Hi')).text).toBe('Hello there.');
    expect(requests[0]?.body).toMatchObject({ model: 'llama3.1:8b', temperature: 0.5, max_tokens: 99 });
    expect(requests[0]?.headers.authorization).toBe('Bearer none');
  });

  it('sends the key it was given', async () => {
    const { baseUrl, requests } = await start(() => ({ steps: ['Hello.'] }));
    const model = await createChatModel({ ...options, model: 'openai:m', baseUrl, apiKey: 'the-key' });
    await model.invoke('Hi');
    expect(requests[0]?.headers.authorization).toBe('Bearer the-key');
  });

  it('uses Chat Completions on such a server even for names that OpenAI serves otherwise', async () => {
    const { baseUrl, requests } = await start(() => ({ steps: ['Hello.'] }));
    const model = await createChatModel({ ...options, model: 'openai:my-codex', baseUrl });
    expect((await model.invoke('Hi')).text).toBe('Hello.');
    const pieces: string[] = [];
    for await (const chunk of await model.stream('Hi')) pieces.push(chunk.text);
    expect(pieces.join('')).toBe('Hello.');
    expect(requests.map(({ path }) => path)).toEqual(['/v1/chat/completions', '/v1/chat/completions']);
  });

  it('takes nothing from the environment', async () => {
    const elsewhere = await start(() => ({ steps: ['Elsewhere.'] }));
    const { baseUrl, requests } = await start(() => ({ steps: ['Here.'] }));
    vi.stubEnv('OPENAI_API_KEY', 'environment-key');
    vi.stubEnv('OPENAI_BASE_URL', elsewhere.baseUrl);
    vi.stubEnv('OPENAI_ORGANIZATION', 'environment-organization');
    vi.stubEnv('OPENAI_PROJECT_ID', 'environment-project');
    vi.stubEnv('LANGSMITH_GATEWAY', elsewhere.baseUrl);
    const model = await createChatModel({ ...options, model: 'openai:m', baseUrl });
    expect((await model.invoke('Hi')).text).toBe('Here.');
    expect(JSON.stringify(requests[0]?.headers)).not.toContain('environment');
    expect(elsewhere.requests).toEqual([]);
    await expect(createChatModel({ ...options, model: 'openai:m' })).rejects.toMatchObject({
      code: 'configuration',
    });
  });

  it('tries once more after a failure of the server', async () => {
    const { baseUrl, requests } = await start((_, index) =>
      index === 0 ? { status: 503 } : { steps: ['Recovered.'] },
    );
    const model = await createChatModel({ ...options, model: 'openai:m', baseUrl });
    expect((await model.invoke('Hi')).text).toBe('Recovered.');
    expect(requests).toHaveLength(2);
  });

  it('asks for OPENAI_API_KEY when it has neither a key nor an address', async () => {
    await expect(createChatModel({ ...options, model: 'openai:gpt-4.1-mini' })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('OPENAI_API_KEY'),
      remedy: expect.stringContaining('OPENAI_BASE_URL'),
    });
  });

  it('names the package of a provider that is not installed', async () => {
    await expect(createChatModel({ ...options, model: 'anthropic:claude-x' })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining('@langchain/anthropic'),
      remedy: 'npm install @langchain/anthropic',
    });
  });

  it.each(['acme:model', 'gpt-4', 'openai:', 'toString:x'])(
    'refuses %j and lists the providers',
    async (model) => {
      await expect(createChatModel({ ...options, apiKey: 'k', model })).rejects.toMatchObject({
        code: 'configuration',
        remedy: expect.stringContaining('openai, anthropic'),
      });
    },
  );

  it('leaves the temperature of OpenAI’s reasoning models alone', () => {
    const official = { ...options, apiKey: 'k' };
    expect(openAiFields('gpt-5-mini', official)).not.toHaveProperty('temperature');
    expect(openAiFields('o3', official)).not.toHaveProperty('temperature');
    expect(openAiFields('gpt-4.1-mini', official)).toHaveProperty('temperature', 0.5);
    expect(openAiFields('gpt-5-chat-latest', official)).toHaveProperty('temperature', 0.5);
  });

  it('does not hand the key of OpenAI to another provider, and says what that one lacks', async () => {
    const openAi = { apiKey: 'openai-key', baseUrl: 'http://127.0.0.1:9/v1' };
    await expect(createChatModel({ ...options, ...openAi, model: 'azure_openai:m' })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/"azure_openai:m" cannot be set up: .*key/iu),
    });
  });
});
