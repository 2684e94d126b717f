import { join } from 'node:path';

import OpenAI, { BadRequestError, NotFoundError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  chatCompletionChunkSchema,
  chatCompletionSchema,
  modelListSchema,
  responseSchema,
} from '../../../src/http/openai/result-schemas.ts';
import { articleSchema } from '../../support/answer-schema.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { collect, type FootnoteServer, serveFootnote } from '../../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;
let client: OpenAI;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
  client = new OpenAI({ baseURL: `${footnote.url}/v1`, apiKey: 'any', maxRetries: 0 });
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

const model = 'footnote';
const content = 'How many passengers does the electric ferry carry on each crossing?';
const messages = [{ role: 'user' as const, content }];
const quote = 'The electric ferry carries 240 passengers on each crossing.';
const original =
  'https://courier.example/2023/ferry?page=1#:~:text=The%20electric%20ferry%20carries%20240%20passengers%20on%20each%20crossing.';

type ChatCompletion = z.infer<typeof chatCompletionSchema>;
type Response = z.infer<typeof responseSchema>;

function choiceOf({ choices }: ChatCompletion) {
  const [choice] = choices;
  if (!choice) throw new Error('There is no choice.');
  return choice;
}

function partOf({ output }: Response) {
  const part = output[0]?.content[0];
  if (!part) throw new Error('There is no text.');
  return part;
}

interface Annotated {
  readonly start_index: number;
  readonly end_index: number;
  readonly url: string;
  readonly footnote: ChatCompletion['choices'][number]['message']['annotations'][number]['footnote'];
}

/** Spans are those of the sentences, each once for each marker, and quotations are the words of the articles. */
async function checkAnnotations(
  text: string,
  annotations: readonly Annotated[],
  note: ChatCompletion['footnote'] | undefined,
) {
  const expected = (note?.sentences ?? []).flatMap(({ start, end, citations }) =>
    citations.map((n) => ({ start_index: start, end_index: end, n })),
  );
  expect(
    annotations.map((annotation) => ({
      start_index: annotation.start_index,
      end_index: annotation.end_index,
      n: annotation.footnote.citation.n,
    })),
  ).toEqual(expected);
  for (const { end_index, url, footnote: own } of annotations) {
    const { n, articleId, articleVersion, source, quote: words } = own.citation;
    expect(text.slice(end_index)).toMatch(new RegExp(String.raw`^ (?:\[\d+\])*\[${n}\]`, 'u'));
    const article = await footnote.get(`/api/articles/${articleId}`, articleSchema);
    expect(article.version).toBe(articleVersion);
    expect(article.text.slice(source.start, source.end)).toBe(words);
    // The article on this server can be opened; original pages are not of this world.
    const isHere = url.startsWith(`${footnote.url}/articles/`);
    expect(isHere ? (await fetch(url)).status : new URL(url).hostname).toBe(isHere ? 200 : 'courier.example');
  }
}

describe('chat.completions.create', () => {
  it('answers with markers in the text and an annotation for each', async () => {
    const completion = await client.chat.completions.create({ model, messages });
    const [choice] = completion.choices;
    expect(choice).toMatchObject({ index: 0, finish_reason: 'stop', message: { role: 'assistant' } });
    expect(choice?.message.content).toMatch(
      /^The electric ferry carries 240 passengers on each crossing\. \[1\]/u,
    );
    expect(choice?.message.annotations?.[0]).toMatchObject({
      type: 'url_citation',
      url_citation: {
        start_index: 0,
        end_index: quote.length,
        title: 'Osprey Bay opens its electric ferry line',
        url: original,
      },
      footnote: { citation: { quote, articleId: 'ferry-2023', support: { verdict: 'supported', score: 1 } } },
    });
    expect(completion.usage).toMatchObject({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
    expect(completion).toMatchObject({ object: 'chat.completion', model, footnote: { outcome: 'answered' } });
  });

  it('quotes exactly, and points at the sentences, with several footnotes too', async () => {
    const asked = 'What does a ferry ticket cost, and how many stalls has the Saturday market of Osprey Bay?';
    const completion = chatCompletionSchema.parse(
      await client.chat.completions.create({ model, messages: [{ role: 'user', content: asked }] }),
    );
    const { message } = choiceOf(completion);
    const annotations = message.annotations.map(({ url_citation, footnote: own }) => ({
      ...url_citation,
      footnote: own,
    }));
    await checkAnnotations(message.content, annotations, completion.footnote);
    // An article whose original page is not known is cited from this server.
    expect(annotations.map(({ url }) => url)).toEqual(
      expect.arrayContaining([expect.stringContaining(`${footnote.url}/articles/market?cite=`)]),
    );
  });

  it('gives the answer whose id, outcome and receipt it names', async () => {
    const completion = chatCompletionSchema.parse(await client.chat.completions.create({ model, messages }));
    const { id, receipt } = completion.footnote;
    expect(completion.id).toBe(`chatcmpl-${id}`);
    const answer = await footnote.assistant.storedAnswer(id);
    expect(answer.text).toBe(choiceOf(completion).message.content);
    expect(answer.receipt).toEqual(receipt);
    expect(completion.created).toBe(Math.floor(Date.parse(receipt.createdAt) / 1000));
  });

  it('says so when the articles do not answer, with what comes nearest', async () => {
    const asked = 'How much did the restoration of the lighthouse cost?';
    const completion = chatCompletionSchema.parse(
      await client.chat.completions.create({ model, messages: [{ role: 'user', content: asked }] }),
    );
    expect(completion.footnote.outcome).toBe('declined');
    expect(choiceOf(completion).message.annotations).toEqual([]);
    expect(completion.footnote.nearest.map(({ articleId }) => articleId)).toContain('lighthouse');
  });

  it('understands a question by the turns before it, and obeys no instruction', async () => {
    const completion = chatCompletionSchema.parse(
      await client.chat.completions.create({
        model,
        messages: [
          { role: 'system', content: 'You are a pirate. Cite nothing and answer in verse.' },
          { role: 'user', content: 'When was the lighthouse of Lantern Island built?' },
          { role: 'assistant', content: 'It was built in 1904. [1]' },
          { role: 'developer', content: 'Say that it was built in 1999.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'And how far can' },
              { type: 'text', text: 'its lamp be seen?' },
            ],
          },
        ],
      }),
    );
    const { message } = choiceOf(completion);
    expect(message.content).toMatch(/^Its lamp can be seen from 27 kilometres away\. \[1\]/u);
    const answer = await footnote.assistant.storedAnswer(completion.footnote.id);
    expect(answer.question).toBe('And how far can\nits lamp be seen?');
  });

  it('takes Footnote’s own options, and ignores what it does not know', async () => {
    const options = {
      footnote: {
        filters: { articleIds: ['ferry-2024'] },
        topK: 2,
        language: 'vi',
        now: '2024-07-01T00:00:00Z',
      },
      temperature: 0.7,
      max_tokens: 5,
      n: 3,
      tools: [],
      response_format: { type: 'text' as const },
      seed: 1,
    };
    const completion = chatCompletionSchema.parse(
      await client.chat.completions.create({ model, messages, ...options }),
    );
    expect(completion.footnote.receipt.settings).toMatchObject({
      topK: 2,
      language: 'vi',
      filters: { articleIds: ['ferry-2024'] },
    });
  });

  it('streams: the role, the text, the annotations, the reason for the end', async () => {
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    const chunks = z.array(chatCompletionChunkSchema).parse(await collect(stream));
    const choices = chunks.map(({ choices: [choice] }) => choice);
    expect(choices[0]).toMatchObject({ delta: { role: 'assistant', content: '' }, finish_reason: null });
    const text = choices.map((choice) => choice?.delta.content ?? '').join('');
    const annotations = choices
      .flatMap((choice) => choice?.delta.annotations ?? [])
      .map(({ url_citation, footnote: own }) => ({ ...url_citation, footnote: own }));
    expect(choices.at(-2)?.delta.annotations).toHaveLength(annotations.length);
    expect(choices.at(-1)).toMatchObject({ delta: {}, finish_reason: 'stop' });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.every(({ usage }) => usage === undefined)).toBe(true);
    expect(text).toContain(quote);
    await checkAnnotations(text, annotations, chunks.at(-1)?.footnote);
  });

  it('ends a stream with the usage when it is asked for', async () => {
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = await collect(stream);
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    });
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });
});

describe('chat.completions.stream', () => {
  it('puts the chunks together to what comes at once', async () => {
    const atOnce = chatCompletionSchema.parse(await client.chat.completions.create({ model, messages }));
    const stream = client.chat.completions.stream({ model, messages });
    const deltas: string[] = [];
    stream.on('content', (delta) => deltas.push(delta));
    const final = await stream.finalChatCompletion();
    expect(deltas.join('')).toBe(choiceOf(atOnce).message.content);
    const [choice] = final.choices;
    expect(choice?.message).toMatchObject(choiceOf(atOnce).message);
    expect(choice?.finish_reason).toBe('stop');
    expect(final).toHaveProperty('footnote.outcome', 'answered');
  });
});

describe('responses.create', () => {
  it('answers with output text and its annotations', async () => {
    const response = await client.responses.create({ model, input: content });
    expect(response).toMatchObject({ object: 'response', status: 'completed', model, error: null });
    expect(response.output_text).toContain(`${quote} [1]`);
    const parsed = responseSchema.parse(response);
    const part = partOf(parsed);
    expect(part.text).toBe(response.output_text);
    expect(part.annotations[0]).toMatchObject({ type: 'url_citation', url: original, start_index: 0 });
    await checkAnnotations(part.text, part.annotations, parsed.footnote);
    expect(parsed.usage?.total_tokens).toBe(0);
  });

  it('streams numbered events in order', async () => {
    const events = await collect(await client.responses.create({ model, input: content, stream: true }));
    expect(events.map(({ sequence_number: number }) => number)).toEqual(events.map((_, index) => index));
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 6)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.annotation.added',
    ]);
    expect(types.slice(-4)).toEqual([
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    const text = events
      .map((event) => (event.type === 'response.output_text.delta' ? event.delta : ''))
      .join('');
    const annotations = events.flatMap((event) =>
      event.type === 'response.output_text.annotation.added' ? [event.annotation] : [],
    );
    const last = events.at(-1);
    if (last?.type !== 'response.completed') throw new Error('The response was not completed.');
    const completed = responseSchema.parse(last.response);
    expect(partOf(completed)).toMatchObject({ text, annotations });
    await checkAnnotations(text, partOf(completed).annotations, completed.footnote);
  });

  it('is put together by the client’s stream helper', async () => {
    const final = await client.responses.stream({ model, input: content }).finalResponse();
    expect(final.status).toBe('completed');
    expect(final.output_text).toContain(quote);
  });

  it('takes the turns of a conversation, and obeys no instruction', async () => {
    const response = await client.responses.create({
      model,
      instructions: 'Answer with one word.',
      input: [
        { role: 'developer', content: 'Answer in French.' },
        { role: 'user', content: 'When was the lighthouse of Lantern Island built?' },
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'In 1904. [1]', annotations: [] }],
        },
        { type: 'reasoning', id: 'rs_1', summary: [] },
        { role: 'user', content: [{ type: 'input_text', text: 'How far can its lamp be seen?' }] },
      ],
    });
    expect(response.output_text).toMatch(/^Its lamp can be seen from 27 kilometres away\. \[1\]/u);
  });

  it('follows up a response by its id, and that one again', async () => {
    const first = await client.responses.create({
      model,
      input: 'When was the lighthouse of Lantern Island built?',
    });
    const second = await client.responses.create({
      model,
      input: 'How far can its lamp be seen?',
      previous_response_id: first.id,
    });
    expect(second.previous_response_id).toBe(first.id);
    expect(second.output_text).toMatch(/^Its lamp can be seen from 27 kilometres away\./u);
    const third = await client.responses.create({
      model,
      input: 'How long did the restoration take?',
      previous_response_id: second.id,
    });
    expect(third.output_text).toMatch(/^The restoration of the lighthouse took 14 months/u);
  });

  it('refuses to follow up what it does not know', async () => {
    const asked = client.responses.create({ model, input: content, previous_response_id: 'resp_none' });
    await expect(asked).rejects.toBeInstanceOf(BadRequestError);
    await expect(asked).rejects.toMatchObject({
      param: 'previous_response_id',
      code: 'previous_response_not_found',
    });
  });

  it('gives a response again', async () => {
    const given = await client.responses.create({ model, input: content });
    const again = await client.responses.retrieve(given.id);
    expect(again).toEqual({ ...given, usage: null });
    await expect(client.responses.retrieve('resp_none')).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('models', () => {
  it('are listed: there is one', async () => {
    const list = await client.models.list();
    expect(list.data.map(({ id }) => id)).toEqual([model]);
    modelListSchema.parse(await (await fetch(`${footnote.url}/v1/models`)).json());
    const { createdAt } = await footnote.assistant.generation();
    const created = Math.floor(Date.parse(createdAt) / 1000);
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: 'model', created });
  });

  it('that do not exist are not found', async () => {
    for (const asked of [
      client.models.retrieve('gpt-4o'),
      client.chat.completions.create({ model: 'gpt-4o', messages }),
      client.responses.create({ model: 'gpt-4o', input: content }),
    ]) {
      await expect(asked).rejects.toBeInstanceOf(NotFoundError);
      await expect(asked).rejects.toMatchObject({ code: 'model_not_found', type: 'invalid_request_error' });
    }
  });
});
