import { AbstractChat, type ChatState, DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { answerSchema } from '../../src/conversation/record-schemas.ts';
import type { AnswerEvent } from '../../src/domain/answer-event.ts';
import type { AnswerSentence } from '../../src/domain/answer.ts';
import type { Citation } from '../../src/domain/citation.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import type { AnswerPart } from '../../src/http/ui-stream/message-chunks.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { eventsOf, sampleAnswer } from './support/sample-answer.ts';
import { deferred, type Script, streamOf } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

type Message = UIMessage<unknown, { citation: Citation; sentence: AnswerSentence; answer: AnswerPart }>;

/** The state of `useChat`, without a page. */
class Chat extends AbstractChat<Message> {
  constructor(url: string, body: Record<string, unknown> = {}) {
    const messages: Message[] = [];
    const state: ChatState<Message> = {
      status: 'ready',
      error: undefined,
      messages,
      pushMessage(message) {
        this.messages = [...this.messages, message];
      },
      popMessage() {
        this.messages = this.messages.slice(0, -1);
      },
      replaceMessage(index, message) {
        this.messages = this.messages.with(index, message);
      },
      snapshot: (thing) => structuredClone(thing),
    };
    super({ state, transport: new DefaultChatTransport({ api: `${url}/api/chat`, body }) });
  }
}

const question = 'How many came to the fair?';
const userMessage = (text: string): UIMessage => ({
  id: 'm',
  role: 'user',
  parts: [{ type: 'text', text }],
});

function partsOf<T extends Message['parts'][number]['type']>(message: Message | undefined, type: T) {
  return (message?.parts ?? []).filter(
    (part): part is Extract<Message['parts'][number], { type: T }> => part.type === type,
  );
}

describe('POST /api/chat', () => {
  it('answers as a UI message stream: data alone, the version in a header, [DONE] at the end', async () => {
    const { post } = await serve();
    const response = await post('/api/chat', { id: 'c', messages: [userMessage(question)] });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'x-vercel-ai-ui-message-stream': 'v1',
      'x-accel-buffering': 'no',
      'cache-control': 'no-store, no-transform',
    });
    const text = await response.text();
    expect(text.split('\n\n').every((event) => event === '' || event.startsWith('data: '))).toBe(true);
    expect(text.endsWith('data: {"type":"finish"}\n\ndata: [DONE]\n\n')).toBe(true);
  });

  it('becomes a message with the whole text, each source, citation and verdict, and the answer', async () => {
    const { url } = await serve();
    const chat = new Chat(url);
    await chat.sendMessage({ text: question });
    expect(chat.error).toBeUndefined();
    expect(chat.status).toBe('ready');
    const answer = sampleAnswer({ question });
    const message = chat.lastMessage;
    expect(message).toMatchObject({ id: answer.id, role: 'assistant' });
    expect(partsOf(message, 'text')).toEqual([{ type: 'text', text: answer.text, state: 'done' }]);
    expect(partsOf(message, 'data-citation').map(({ data }) => data)).toEqual(answer.citations);
    expect(partsOf(message, 'data-sentence').map(({ data }) => data)).toEqual(answer.sentences);
    expect(partsOf(message, 'source-url')).toMatchObject([
      { sourceId: 'source-1', title: answer.citations[0]?.title, url: answer.citations[0]?.links.original },
    ]);
    expect(partsOf(message, 'source-document')).toMatchObject([
      {
        sourceId: 'source-2',
        title: answer.citations[1]?.title,
        mediaType: 'text/plain',
        providerMetadata: { footnote: { n: 2, articleId: 'article-2' } },
      },
    ]);
    expect(partsOf(message, 'data-answer')).toMatchObject([
      {
        data: {
          id: answer.id,
          outcome: 'answered',
          summary: answer.summary,
          nearest: [],
          receipt: { sha256: answer.receipt.sha256 },
          usage: { inputTokens: 10, outputTokens: 20 },
        },
      },
    ]);
  });

  it('offers as links only what a browser may follow', async () => {
    const unsafe = sampleAnswer();
    const citations = unsafe.citations.map((citation) => ({
      ...citation,
      links: { ...citation.links, original: 'javascript:alert(1)' },
    }));
    const { url } = await serve({
      script: { answer: () => streamOf(eventsOf({ ...unsafe, citations })) },
    });
    const chat = new Chat(url);
    await chat.sendMessage({ text: question });
    expect(partsOf(chat.lastMessage, 'source-url')).toEqual([]);
    expect(partsOf(chat.lastMessage, 'source-document')).toHaveLength(2);
  });

  it('replaces a citation by the one of the finished answer, which has the translation', async () => {
    const answer = sampleAnswer();
    const translation = { text: 'Dịch.', language: 'vi', by: 'chat', model: 'scripted:1' } as const;
    const events = eventsOf(answer).map((event) =>
      event.type === 'answer-end'
        ? {
            ...event,
            answer: {
              ...answer,
              citations: answer.citations.map((c) => (c.n === 1 ? { ...c, translation } : c)),
            },
          }
        : event,
    );
    const { url } = await serve({ script: { answer: () => streamOf(events) } });
    const chat = new Chat(url);
    await chat.sendMessage({ text: question });
    const citations = partsOf(chat.lastMessage, 'data-citation');
    expect(citations.map(({ data }) => data.translation?.text)).toEqual(['Dịch.', undefined]);
  });

  it('takes the last user message as the question and what came before as history', async () => {
    const script: Script = {
      answer: (asked) => streamOf(eventsOf({ ...sampleAnswer({ question: asked }), id: asked })),
    };
    const { url, assistant } = await serve({ script, limits: { historyTurns: 3 } });
    const chat = new Chat(url, { language: 'vi', topK: 3, filters: { languages: ['en'] }, colour: 'red' });
    await chat.sendMessage({ text: 'First question?' });
    await chat.sendMessage({ text: 'Second question?' });
    await chat.sendMessage({ text: ` ${question} ` });
    const reply = expect.stringContaining('The fair drew 5,400 visitors over three days. Children paid');
    expect(assistant.calls.at(-1)?.argument).toEqual({
      question,
      language: 'vi',
      topK: 3,
      filters: { languages: ['en'] },
      history: [
        { role: 'assistant', content: reply },
        { role: 'user', content: 'Second question?' },
        { role: 'assistant', content: reply },
      ],
    });
    const { history } = z
      .object({ history: z.array(z.object({ content: z.string() })) })
      .parse(assistant.calls.at(-1)?.argument);
    expect(history.map(({ content }) => content).join('')).not.toContain('[1]');
  });

  it('answers again when a reply is regenerated', async () => {
    const { url, assistant } = await serve();
    const chat = new Chat(url);
    await chat.sendMessage({ text: question });
    await chat.regenerate();
    expect(chat.error).toBeUndefined();
    expect(chat.messages).toHaveLength(2);
    expect(assistant.calls.map(({ argument }) => argument)).toEqual([{ question }, { question }]);
  });

  it('has no stream to take up again', async () => {
    const { url } = await serve();
    const transport = new DefaultChatTransport({ api: `${url}/api/chat` });
    expect(await transport.reconnectToStream({ chatId: 'c' })).toBeNull();
  });

  it('refuses what asks nothing with a problem, before any stream', async () => {
    const { post, assistant } = await serve();
    const assistantMessage = { ...userMessage('Hello'), role: 'assistant' };
    const image = { ...userMessage(''), parts: [{ type: 'file', url: 'data:,', mediaType: 'image/png' }] };
    for (const body of [
      {},
      { messages: [] },
      { messages: 'hello' },
      { messages: [assistantMessage] },
      { messages: [image] },
      { messages: [userMessage('  ')] },
      { messages: [userMessage('x'.repeat(201))] },
      { messages: [{ role: 'tool', parts: [] }] },
      { messages: [userMessage(question)], filters: { tags: ['a'] } },
    ]) {
      expect((await problemIn(await post('/api/chat', body))).status).toBe(400);
    }
    expect(assistant.calls).toEqual([]);
    expect((await problemIn(await fetch((await serve()).url + '/api/chat'))).status).toBe(405);
  });

  it('ends with an error part when the answer fails midway, and reports it', async () => {
    async function* answer() {
      yield* eventsOf(sampleAnswer()).slice(0, 3);
      throw new FootnoteError('model-failed', 'secret of the server');
    }
    const { url, failures } = await serve({ script: { answer } });
    const errors: unknown[] = [];
    const transport = new DefaultChatTransport({ api: `${url}/api/chat` });
    const stream = await transport.sendMessages({
      trigger: 'submit-message',
      chatId: 'c',
      messageId: undefined,
      messages: [userMessage(question)],
      abortSignal: undefined,
    });
    const states: UIMessage[] = [];
    for await (const state of readUIMessageStream({ stream, onError: (error) => errors.push(error) })) {
      states.push(state);
    }
    expect(states.at(-1)?.parts).toMatchObject([{ type: 'text' }]);
    expect(errors).toEqual([
      new Error('The language model failed to answer. The reason is in the server log.'),
    ]);
    expect(failures).toHaveLength(1);
  });

  it('tells a failure before the first event as a problem, which the client throws', async () => {
    const failure: AnswerEvent = {
      type: 'error',
      problem: { type: 'about:blank', title: 'No', status: 503 },
    };
    const { url } = await serve({ script: { answer: () => streamOf([failure]) } });
    const chat = new Chat(url);
    await chat.sendMessage({ text: question });
    expect(chat.status).toBe('error');
    expect(chat.error?.message).toContain('"status":503');
  });

  it('stops the answer when the client stops, and when the time is up', async () => {
    const aborted = deferred<unknown>();
    const called = deferred<void>();
    async function* answer(_question: string, signal: AbortSignal) {
      signal.addEventListener('abort', () => aborted.resolve(signal.reason));
      yield* eventsOf(sampleAnswer()).slice(0, 3);
      called.resolve();
      await new Promise<never>(() => undefined);
    }
    const { url, failures } = await serve({ script: { answer } });
    const chat = new Chat(url);
    const sent = chat.sendMessage({ text: question });
    await called.promise;
    await chat.stop();
    await sent;
    expect(await aborted.promise).toMatchObject({ name: 'AbortError' });
    expect(failures).toEqual([]);

    const { post } = await serve({ script: { answer }, limits: { answerTimeoutMs: 40 } });
    const text = await (await post('/api/chat', { messages: [userMessage(question)] })).text();
    expect(text).toMatch(/data: \{"type":"error","errorText":"[^"]+0\.04 s[^"]+"\}\n\ndata: \[DONE\]\n\n$/u);
  });
});

describe('useChat with Footnote and real articles', () => {
  let folder: TemporaryFolder;
  let footnote: FootnoteServer;

  beforeAll(async () => {
    folder = await createFolder();
    await writeFiles(`${folder.path}/corpus`, bayArticles);
    footnote = await serveFootnote({
      CORPUS_DIR: `${folder.path}/corpus`,
      INDEX_DIR: `${folder.path}/index`,
    });
    await footnote.assistant.ingest();
  });

  afterAll(async () => {
    await footnote.close();
    await folder.remove();
  });

  it.each([
    ['How many passengers does the electric ferry carry on each crossing?', '240 passengers', 'source-url'],
    ['Chợ đêm Mũi Sếu có bao nhiêu gian hàng?', '85 gian hàng', 'source-document'],
  ])('answers %s with quotations that stand in their articles', async (asked, words, source) => {
    const chat = new Chat(footnote.url);
    await chat.sendMessage({ text: asked });
    expect(chat.error).toBeUndefined();
    const message = chat.lastMessage;
    expect(partsOf(message, 'text')[0]?.text).toContain(words);
    const citations = partsOf(message, 'data-citation');
    expect(citations.length).toBeGreaterThan(0);
    for (const { data } of citations) {
      const article = await footnote.assistant.article(data.articleId);
      expect(article.text.slice(data.source.start, data.source.end)).toBe(data.quote);
    }
    expect(message?.parts.map(({ type }) => type)).toContain(source);
    const [part] = partsOf(message, 'data-answer');
    const stored = await footnote.get(`/api/answers/${part?.data.id}`, answerSchema);
    expect(stored.receipt.sha256).toBe(part?.data.receipt.sha256);
  });

  it('follows up on what was said', async () => {
    const chat = new Chat(footnote.url);
    await chat.sendMessage({ text: 'When was the lighthouse of Lantern Island built?' });
    await chat.sendMessage({ text: 'And who built it?' });
    expect(partsOf(chat.lastMessage, 'text')[0]?.text).toContain('Amos Pellow');
  });

  it('says that the articles do not say, with what comes near', async () => {
    const chat = new Chat(footnote.url);
    await chat.sendMessage({ text: 'What is the salary of the harbour master Tobias Quill?' });
    const [part] = partsOf(chat.lastMessage, 'data-answer');
    expect(part?.data.outcome).toBe('declined');
    expect(part?.data.nearest.length).toBeGreaterThan(0);
  });
});
