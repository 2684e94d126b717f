import { join } from 'node:path';

import { AIMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { ChatOpenAI } from '@langchain/openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { chatCompletionSchema, responseSchema } from '../../../src/http/openai/result-schemas.ts';
import { bayArticles } from '../../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { collect, type FootnoteServer, serveFootnote } from '../../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

function chat(fields: Omit<NonNullable<ConstructorParameters<typeof ChatOpenAI>[0]>, 'model'> = {}) {
  return new ChatOpenAI({
    model: 'footnote',
    apiKey: 'any',
    maxRetries: 0,
    configuration: { baseURL: `${footnote.url}/v1` },
    ...fields,
  });
}

const question = 'How many passengers does the electric ferry carry on each crossing?';
const quote = 'The electric ferry carries 240 passengers on each crossing.';
const conversation = [
  new SystemMessage('Answer in French.'),
  new HumanMessage('When was the lighthouse of Lantern Island built?'),
  new AIMessage('It was built in 1904. [1]'),
  new HumanMessage('How far can its lamp be seen?'),
];

/** Text parts as LangChain makes them of output text. */
const partsSchema = z.array(
  z.object({
    type: z.literal('text'),
    text: z.string(),
    annotations: z
      .array(z.object({ type: z.literal('citation'), startIndex: z.int(), endIndex: z.int(), url: z.url() }))
      .optional(),
  }),
);

describe('ChatOpenAI over chat completions', () => {
  it('invokes, with everything that Footnote adds in the raw response', async () => {
    const message = await chat({ __includeRawResponse: true }).invoke(question);
    expect(message.text).toContain(`${quote} [1]`);
    const raw = chatCompletionSchema.parse(message.additional_kwargs['__raw_response']);
    const [first] = raw.choices[0]?.message.annotations ?? [];
    const { start_index: start, end_index: end } = first?.url_citation ?? {};
    expect(message.text.slice(start, end)).toBe(quote);
    expect(first?.footnote.citation.quote).toBe(quote);
  });

  it('streams', async () => {
    const chunks = await collect(await chat().stream(question));
    const atOnce = await chat().invoke(question);
    expect(chunks.map(({ text }) => text).join('')).toBe(atOnce.text);
  });

  it('holds a conversation', async () => {
    const message = await chat().invoke(conversation);
    expect(message.text).toMatch(/^Its lamp can be seen from 27 kilometres away\. \[1\]/u);
  });

  it('hands on Footnote’s own options', async () => {
    const narrow = chat({ modelKwargs: { footnote: { filters: { articleIds: ['market'] } } } });
    const message = await narrow.invoke('How many stalls has the Saturday market of Osprey Bay?');
    expect(message.text).toMatch(/^The Saturday market of Osprey Bay has 62 stalls\. \[1\]/u);
    const other = await narrow.invoke(question);
    expect(other.text).not.toContain('240');
  });
});

describe('ChatOpenAI over responses', () => {
  it('invokes, with annotations whose spans are those of the sentences', async () => {
    const message = await chat({ useResponsesApi: true }).invoke(question);
    expect(message.text).toContain(`${quote} [1]`);
    const [part] = partsSchema.parse(message.content);
    const [first] = part?.annotations ?? [];
    expect(part?.text.slice(first?.startIndex, first?.endIndex)).toBe(quote);
    const { output } = responseSchema.pick({ output: true }).parse(message.response_metadata);
    expect(output[0]?.content[0]?.annotations[0]?.footnote.citation.quote).toBe(quote);
  });

  it('streams, annotations and all', async () => {
    const chunks = await collect(await chat({ useResponsesApi: true }).stream(question));
    const parts = chunks.flatMap(({ content }) => partsSchema.parse(content));
    const text = parts.map((part) => part.text).join('');
    const annotations = parts.flatMap((part) => part.annotations ?? []);
    expect(text).toContain(`${quote} [1]`);
    expect(annotations.map(({ startIndex, endIndex }) => text.slice(startIndex, endIndex))).toContain(quote);
  });

  it('holds a conversation', async () => {
    const message = await chat({ useResponsesApi: true }).invoke(conversation);
    expect(message.text).toMatch(/^Its lamp can be seen from 27 kilometres away\. \[1\]/u);
  });

  it('goes on with the message that it was given', async () => {
    const model = chat({ useResponsesApi: true });
    const asked = new HumanMessage('When was the lighthouse of Lantern Island built?');
    const given = await model.invoke([asked]);
    const message = await model.invoke([asked, given, new HumanMessage('How far can its lamp be seen?')]);
    expect(message.text).toMatch(/^Its lamp can be seen from 27 kilometres away\. \[1\]/u);
  });
});
