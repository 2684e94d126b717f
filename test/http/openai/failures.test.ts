import { connect } from 'node:net';

import OpenAI, {
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { describe, expect, it } from 'vitest';

import type { ApiKey } from '../../../src/domain/api-key.ts';
import { FootnoteError } from '../../../src/domain/errors.ts';
import { openAiErrorSchema } from '../../../src/http/openai/result-schemas.ts';
import { collect } from '../../support/footnote-server.ts';
import { readEvents } from '../support/read-events.ts';
import { eventsOf, sampleAnswer } from '../support/sample-answer.ts';
import { deferred, type Script, streamOf } from '../support/scripted-assistant.ts';
import { serve, type ServeOptions } from '../support/serve.ts';

const model = 'footnote';
const question = 'How many came to the fair?';
const messages = [{ role: 'user' as const, content: question }];
const chatPath = '/v1/chat/completions';
const responsesPath = '/v1/responses';
const begun = eventsOf(sampleAnswer()).slice(0, 4);

async function serveClient(options: ServeOptions = {}) {
  const served = await serve(options);
  const client = new OpenAI({ baseURL: `${served.url}/v1`, apiKey: 'any', maxRetries: 0 });
  return { ...served, client };
}

/** Each way to ask, read to its end. */
function waysToAsk(client: OpenAI): (() => Promise<unknown>)[] {
  return [
    () => client.chat.completions.create({ model, messages }),
    async () => collect(await client.chat.completions.create({ model, messages, stream: true })),
    () => client.responses.create({ model, input: question }),
    async () => collect(await client.responses.create({ model, input: question, stream: true })),
  ];
}

/** The error of a response that must have one in OpenAI's shape. */
async function errorIn(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  return openAiErrorSchema.parse(await response.json()).error;
}

/** What a server answers to `lines`, sent as they are. */
async function exchange(url: string, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(lines.join('\r\n'));
  return Buffer.concat(await collect(socket.map((chunk: Buffer) => chunk))).toString('utf8');
}

const failing = (reason: FootnoteError): Script => ({
  async *answer() {
    await Promise.reject(reason);
    yield* begun;
  },
});

describe('a failure before the answer', () => {
  it.each([
    ['timeout', 504, 'timeout', /^504 Told to the caller\. \(urn:uuid:/u],
    ['unavailable', 503, 'unavailable', /^503 Told to the caller\. \(urn:uuid:/u],
    ['index-unusable', 503, 'index_unusable', /^503 (?!.*Told)./u],
    ['model-failed', 502, 'model_failed', /^502 (?!.*Told)./u],
    ['configuration', 500, 'configuration', /^500 (?!.*Told)./u],
  ] as const)('is thrown by the client as what it is: %s', async (code, status, told, message) => {
    const script = failing(new FootnoteError(code, 'Told to the caller.'));
    const { client, failures } = await serveClient({ script });
    for (const ask of waysToAsk(client)) {
      const asked = ask();
      await expect(asked).rejects.toBeInstanceOf(InternalServerError);
      await expect(asked).rejects.toMatchObject({ status, code: told, type: 'server_error', param: null });
      await expect(asked).rejects.toThrow(message);
    }
    expect(failures).toHaveLength(4);
  });

  it('as an event of the answer is thrown as well', async () => {
    const problem = { type: 'about:blank', title: 'Too Many', status: 429, detail: 'Later.' };
    const script = { answer: () => streamOf([{ type: 'error' as const, problem }]) };
    const { client } = await serveClient({ script });
    for (const ask of waysToAsk(client)) {
      await expect(ask()).rejects.toMatchObject({
        status: 429,
        type: 'rate_limit_error',
        code: 'rate_limit_exceeded',
        message: '429 Later.',
      });
    }
  });
});

describe('a request that is refused', () => {
  const key: ApiKey = {
    id: '0123456789ab',
    name: 'reader',
    scopes: ['read'],
    createdAt: '2024-06-01T12:00:00Z',
  };
  const keys = { find: async (token: string) => (token === 'fn_reader' ? key : undefined) };

  it('for want of a key, or of its scope, is what the client takes it for', async () => {
    const { client } = await serveClient({ access: { required: true, widgetPublic: false, keys } });
    const reader = client.withOptions({ apiKey: 'fn_reader' });
    for (const ask of waysToAsk(client)) {
      const asked = ask();
      await expect(asked).rejects.toBeInstanceOf(AuthenticationError);
      await expect(asked).rejects.toMatchObject({ code: 'invalid_api_key', type: 'invalid_request_error' });
    }
    for (const ask of waysToAsk(reader)) {
      const asked = ask();
      await expect(asked).rejects.toBeInstanceOf(PermissionDeniedError);
      await expect(asked).rejects.toMatchObject({ type: 'permission_error' });
    }
  });

  it('as one too many says when to go on', async () => {
    const traffic = { requestsPerMinute: 1, concurrentAnswers: 4, answerQueue: 4 };
    const { client } = await serveClient({ traffic });
    await client.chat.completions.create({ model, messages });
    for (const ask of waysToAsk(client)) {
      const error = await ask().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RateLimitError);
      expect(error).toMatchObject({ code: 'rate_limit_exceeded', type: 'rate_limit_error' });
      const headers = error instanceof APIError ? error.headers : undefined;
      expect(Number(headers?.get('retry-after'))).toBeGreaterThan(0);
    }
  });
});

describe('a failure in the middle of a stream', () => {
  const script: Script = {
    async *answer() {
      yield* begun;
      await Promise.reject(new Error('secret'));
    },
  };

  it('is thrown by the client, so that nobody takes a part for the whole', async () => {
    const { client, failures } = await serveClient({ script });
    for (const ask of waysToAsk(client)) {
      const asked = ask();
      await expect(asked).rejects.toBeInstanceOf(APIError);
      await expect(asked).rejects.toMatchObject({ type: 'server_error' });
      await expect(asked).rejects.not.toThrow('secret');
    }
    expect(failures).toHaveLength(4);
  });

  it('ends a streamed response as failed', async () => {
    const { post } = await serve({ script });
    const response = await post(responsesPath, { model, input: question, stream: true });
    const { events } = await readEvents(response);
    expect(events.at(-1)).toMatchObject({
      type: 'response.failed',
      sequence_number: events.length - 1,
      response: { status: 'failed', error: { code: 'server_error' } },
      error: { type: 'server_error' },
    });
  });

  it('that the answer itself tells ends the stream too', async () => {
    const problem = { type: 'urn:footnote:model-failed', title: 'Bad Gateway', status: 502 };
    const told: Script = { answer: () => streamOf([...begun, { type: 'error', problem }]) };
    const { client } = await serveClient({ script: told });
    for (const ask of waysToAsk(client)) {
      await expect(ask()).rejects.toMatchObject({ type: 'server_error', code: 'model_failed' });
    }
  });
});

describe('the time limit', () => {
  it('is told before and in the middle of a stream', async () => {
    for (const before of [[], begun]) {
      const script: Script = {
        async *answer() {
          yield* before;
          await new Promise<never>(() => undefined);
        },
      };
      const { client } = await serveClient({ script, limits: { answerTimeoutMs: 60 } });
      for (const ask of waysToAsk(client)) await expect(ask()).rejects.toMatchObject({ code: 'timeout' });
    }
  });
});

describe('a client that leaves', () => {
  it.each([chatPath, responsesPath])('aborts the answer: %s', async (path) => {
    for (const stream of [true, false]) {
      const aborted = deferred<unknown>();
      const called = deferred<void>();
      const script: Script = {
        async *answer(_question, signal) {
          signal.addEventListener('abort', () => aborted.resolve(signal.reason));
          if (stream) yield* begun;
          called.resolve();
          await new Promise<never>(() => undefined);
        },
      };
      const { client, failures } = await serveClient({ script });
      const controller = new AbortController();
      const { signal } = controller;
      const asked = (
        path === chatPath
          ? client.chat.completions.create({ model, messages, stream }, { signal })
          : client.responses.create({ model, input: question, stream }, { signal })
      ).catch((error: unknown) => error);
      await called.promise;
      // A stream has begun by then, and its reader leaves in the middle of it.
      const result = stream ? await asked : undefined;
      controller.abort();
      expect(await aborted.promise).toMatchObject({ name: 'AbortError' });
      expect(result ?? (await asked)).toBeInstanceOf(stream ? Object : APIUserAbortError);
      expect(failures).toEqual([]);
    }
  });
});

describe('the form of the streams', () => {
  it('is that of OpenAI: data alone and a last word in chat completions, named events in responses', async () => {
    const { post } = await serve();
    const chat = await post(chatPath, { model, messages, stream: true });
    expect(Object.fromEntries(chat.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': expect.stringMatching(/^no-store\b/u),
      'x-accel-buffering': 'no',
    });
    const lines = (await chat.text()).split('\n').filter((line) => line !== '');
    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
    expect(lines.at(-1)).toBe('data: [DONE]');

    const response = await post(responsesPath, { model, input: question, stream: true });
    const { messages: named, events } = await readEvents(response);
    expect(events).toEqual(named.map(({ event: type }) => expect.objectContaining({ type })));
  });

  it('holds comments while nothing else is sent, which the client passes over', async () => {
    const go = deferred<void>();
    const script: Script = {
      async *answer() {
        const [first, ...rest] = eventsOf(sampleAnswer());
        if (first) yield first;
        await go.promise;
        yield* rest;
      },
    };
    const { client, post } = await serveClient({ script, heartbeatMs: 5 });
    const asked = client.chat.completions.stream({ model, messages }).finalChatCompletion();
    const watched = await post(chatPath, { model, messages, stream: true });
    let seen = '';
    for await (const chunk of watched.body ?? []) {
      seen += Buffer.from(chunk).toString('utf8');
      if (seen.includes('\n: ')) go.resolve();
    }
    expect((await asked).choices[0]?.message.content).toBe(sampleAnswer().text);
  });

  it('tells what the chat model counted', async () => {
    const { client } = await serveClient();
    const chat = await client.chat.completions.create({ model, messages });
    expect(chat.usage).toEqual({ prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 });
    const response = await client.responses.create({ model, input: question });
    expect(response.usage).toMatchObject({ input_tokens: 10, output_tokens: 20, total_tokens: 30 });
  });
});

describe('what is asked', () => {
  it('is the last turn of the user, after as many turns as are looked at', async () => {
    const { post, assistant } = await serve();
    const turn = (role: string, content: unknown) => ({ role, content });
    const turns = [
      turn('user', 'First?'),
      turn('assistant', 'First.'),
      turn('user', 'Second?'),
      turn('tool', 'Sunny.'),
      turn('assistant', null),
      turn('assistant', [{ type: 'refusal', refusal: 'No.' }]),
      turn('assistant', `Second.${'x'.repeat(30_000)}`),
      turn('user', 'Third?'),
      turn('assistant', 'Third.'),
      turn('user', `  ${question} `),
      turn('assistant', 'Well,'),
    ];
    const limits = { bodyBytes: 100_000 };
    const wide = await serve({ limits });
    for (const [path, body] of [
      [chatPath, { model, messages: turns }],
      [responsesPath, { model, input: turns }],
    ] as const) {
      expect((await wide.post(path, body)).status).toBe(200);
    }
    const history = [
      { role: 'user', content: 'Second?' },
      { role: 'assistant', content: `Second.${'x'.repeat(19_993)}` },
      { role: 'user', content: 'Third?' },
      { role: 'assistant', content: 'Third.' },
    ];
    expect(wide.assistant.calls.map(({ argument }) => argument)).toEqual([
      { question, history },
      { question, history },
    ]);
    // A body above the limit is refused like everywhere.
    expect((await errorIn(await post(chatPath, { model, messages: turns }))).message).toMatch(/too large/u);
    expect(assistant.calls).toEqual([]);
  });

  it('is cited from this server where the original page cannot be opened', async () => {
    const quote = { quote: 'Tea was free.', title: 'Tea', original: 'javascript:alert(1)' };
    const answer = sampleAnswer({ quotes: [quote], sentences: [{ text: 'Tea was free.', cites: [1] }] });
    const { client, url } = await serveClient({ script: { answer: () => streamOf(eventsOf(answer)) } });
    const { choices } = await client.chat.completions.create({ model, messages });
    const [annotation] = choices[0]?.message.annotations ?? [];
    expect(annotation?.url_citation).toEqual({
      start_index: 0,
      end_index: 13,
      title: 'Tea',
      url: url + (answer.citations[0]?.links.reader ?? ''),
    });
  });
});

describe('a request that is not understood', () => {
  const image = { type: 'image_url', image_url: { url: 'https://gazette.example/fair.png' } };
  it.each([
    ['no model', chatPath, { messages }, 'model'],
    ['no messages', chatPath, { model }, 'messages'],
    ['an empty list of messages', chatPath, { model, messages: [] }, 'messages'],
    ['another role', chatPath, { model, messages: [{ role: 'king', content: 'x' }] }, 'messages.0.role'],
    [
      'a number as content',
      chatPath,
      { model, messages: [{ role: 'user', content: 7 }] },
      'messages.0.content',
    ],
    [
      'an image',
      chatPath,
      { model, messages: [{ role: 'user', content: [{ type: 'text', text: question }, image] }] },
      'messages.0.content.1.type',
    ],
    [
      'a part without its text',
      chatPath,
      { model, messages: [{ role: 'user', content: [{ type: 'text' }] }] },
      'messages.0.content.0.text',
    ],
    ['an empty question', chatPath, { model, messages: [{ role: 'user', content: ' ' }] }, 'messages'],
    [
      'a long question',
      chatPath,
      { model, messages: [{ role: 'user', content: 'x'.repeat(201) }] },
      'messages',
    ],
    ['half a character', chatPath, { model, messages: [{ role: 'user', content: '\ud83d' }] }, 'messages'],
    ['nobody asking', chatPath, { model, messages: [{ role: 'system', content: 'x' }] }, null],
    ['stream as text', chatPath, { model, messages, stream: 'yes' }, 'stream'],
    ['an option out of range', chatPath, { model, messages, footnote: { topK: 51 } }, 'footnote.topK'],
    [
      'a misspelt filter',
      chatPath,
      { model, messages, footnote: { filters: { lang: [] } } },
      'footnote.filters',
    ],
    ['a list', chatPath, [], null],
    ['no input', responsesPath, { model }, 'input'],
    ['no items', responsesPath, { model, input: [] }, 'input'],
    ['a message without a role', responsesPath, { model, input: [{ content: 'x' }] }, 'input.0.role'],
    [
      'a sound',
      responsesPath,
      { model, input: [{ role: 'user', content: [{ type: 'input_audio' }] }] },
      'input.0.content.0.type',
    ],
    ['an empty input', responsesPath, { model, input: '' }, 'input'],
    [
      'only what the model said',
      responsesPath,
      { model, input: [{ role: 'assistant', content: 'x' }] },
      null,
    ],
    ['an option of another type', responsesPath, { model, input: 'x', footnote: [] }, 'footnote'],
  ])('is refused with the name of what is wrong: %s', async (_name, path, body, param) => {
    const { post, assistant } = await serve();
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await errorIn(response)).toMatchObject({ type: 'invalid_request_error', param, code: null });
    expect(assistant.calls).toEqual([]);
  });

  it('is a bad request to the client', async () => {
    const { client } = await serveClient();
    const asked = client.responses.create({ model, input: '' });
    await expect(asked).rejects.toBeInstanceOf(BadRequestError);
    await expect(asked).rejects.toThrow(/^400 The request is not valid\. input: /u);
  });

  it('has errors in the same shape, whatever it is that is wrong', async () => {
    const { url, post, failures } = await serve();
    const send = async (response: Response | Promise<Response>) => {
      const answered = await response;
      return [answered.status, (await errorIn(answered)).type];
    };
    const refused = 'invalid_request_error';
    expect(await send(fetch(`${url}/v1/embeddings`))).toEqual([404, refused]);
    expect(await send(fetch(`${url}/v1`, { headers: { accept: 'text/html' } }))).toEqual([404, refused]);
    expect(await send(fetch(`${url}${chatPath}`))).toEqual([405, refused]);
    expect(await send(fetch(`${url}${responsesPath}/%zz`))).toEqual([400, refused]);
    expect(await send(post('/v1/models', {}))).toEqual([405, refused]);
    expect(await send(post(chatPath, '{'))).toEqual([400, refused]);
    expect(await send(post(chatPath, 'x', { 'content-type': 'text/plain' }))).toEqual([415, refused]);
    expect(await send(post(chatPath, { model, messages }, { accept: 'image/png' }))).toEqual([406, refused]);
    expect(await send(post(chatPath, { model, pad: 'x'.repeat(30_000) }))).toEqual([413, refused]);
    expect(failures).toEqual([]);
  });

  it.each([chatPath, responsesPath])('is the client’s mistake however odd it is: %s', async (path) => {
    const { post, assistant, failures } = await serve();
    const member = path === chatPath ? 'messages' : 'input';
    const ask = (value: string) => `{"model":"${model}","${member}":${value}}`;
    const odd = [
      '',
      'null',
      '1',
      '""',
      '[[[[',
      `{"a":${'['.repeat(5_000)}`,
      '{"__proto__":{"model":"footnote"}}',
      ...['null', '{}', '{"length":1}', '[null]', '[[]]', '[1]', '["x"]', '[{}]'].map(ask),
      ...['null', '{}', '[null]', '[[]]', '[{"text":"x"}]', '[{"type":null,"text":"x"}]']
        .map((content) => `[{"role":"user","content":${content}}]`)
        .map(ask),
      ask('[{"role":"__proto__","content":"x"}]'),
      ask('[{"role":"user","content":"\\ud800"}]'),
      ask(`[${'{"role":"system","content":"x"},'.repeat(500)}{"role":"user","content":""}]`),
    ];
    for (const body of odd) {
      const response = await post(path, body);
      expect([body.slice(0, 80), response.status]).toEqual([body.slice(0, 80), 400]);
      expect((await errorIn(response)).type).toBe('invalid_request_error');
    }
    expect(assistant.calls).toEqual([]);
    expect(failures).toEqual([]);
  });

  it('names this server as it is called, or not at all', async () => {
    const { url } = await serve();
    const body = JSON.stringify({ model, messages });
    const head = ['content-type: application/json', `content-length: ${body.length}`, 'connection: close'];
    for (const [version, host, expected] of [
      ['1.1', ['host: news.example:8080'], 'http://news.example:8080/articles/'],
      ['1.0', [], '"/articles/'],
      ['1.1', ['host: a b'], '"/articles/'],
    ] as const) {
      const said = await exchange(url, [`POST ${chatPath} HTTP/${version}`, ...host, ...head, '', body]);
      expect(said).toMatch(/^HTTP\/1\.1 200 /u);
      expect(said).toContain(`"url":${expected.startsWith('"') ? '' : '"'}${expected}`);
    }
  });

  it('names the prefix that a proxy adds', async () => {
    const { client, url } = await serveClient({ proxy: { trusted: false, basePath: '/footnote' } });
    const below = client.withOptions({ baseURL: `${url}/footnote/v1` });
    for (const asked of [client, below]) {
      const { choices } = await asked.chat.completions.create({ model, messages });
      expect(
        choices[0]?.message.annotations?.map(({ url_citation: { url: cited } }) => cited),
      ).toContainEqual(expect.stringMatching(new RegExp(`^${url}/footnote/articles/article-2`, 'u')));
    }
    await expect(below.models.retrieve('none')).rejects.toMatchObject({ code: 'model_not_found' });
  });

  it('about a response that was never given is not found', async () => {
    const { client } = await serveClient();
    await expect(client.responses.retrieve('resp_0')).rejects.toBeInstanceOf(NotFoundError);
  });
});
