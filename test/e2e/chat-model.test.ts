import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { answerHash } from '../../src/answer/receipt.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { sentenceTexts } from '../support/check-answer.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import {
  collect,
  endOf,
  type FootnoteServer,
  serveFootnote,
  type Settings,
} from '../support/footnote-server.ts';
import {
  type ChatRequest,
  createGate,
  inPieces,
  type OpenAiServer,
  type Reply,
  startOpenAiServer,
} from '../support/openai-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';

const opening = 'The electric ferry line of Osprey Bay opened on 10 April 2023.';
const capacity = 'The electric ferry carries 240 passengers on each crossing.';
const question = 'How many passengers does the electric ferry carry on each crossing?';

let folder: TemporaryFolder;
let model: OpenAiServer;
let footnote: FootnoteServer;
let settings: Settings;
/** What the model answers in the test that runs, by question (1, 2, …); rewrites are asked for apart. */
let reply: (request: ChatRequest) => Reply;
let seen = 0;

beforeAll(async () => {
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  model = await startOpenAiServer((request) => reply(request));
  settings = {
    CORPUS_DIR: corpus,
    INDEX_DIR: join(folder.path, 'index'),
    CHAT_MODEL: 'openai:test',
    OPENAI_BASE_URL: model.baseUrl,
  };
  footnote = await serveFootnote(settings);
  await footnote.assistant.ingest();
});

beforeEach(() => {
  reply = () => ({ status: 500, message: 'The test has scripted no reply.' });
  seen = model.requests.length;
});

afterAll(async () => {
  await footnote.close();
  await model.close();
  await folder.remove();
});

/** The requests that reached the model in this test. */
const requests = () => model.requests.slice(seen);

describe('an answer that a chat model writes', () => {
  it('has the model’s words and the articles’ own words as footnotes', async () => {
    reply = (request) => ({
      steps: inPieces(
        `It takes 240 passengers per crossing ${pointerTo(request, capacity)}. ` +
          `It has run since 10 April 2023 ${pointerTo(request, opening)}${pointerTo(request, capacity)}.`,
      ),
    });
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({ abstained: false, degraded: false });
    expect(answer.text).toBe(
      // The second pointer of the second sentence bears nothing of it.
      'It takes 240 passengers per crossing. [1] It has run since 10 April 2023. [2]',
    );
    expect(answer.citations.map(({ quote }) => quote)).toEqual([capacity, opening]);
    expect(answer.summary.droppedCitations).toBe(1);
    expect(answer.receipt).toMatchObject({ writer: 'chat', model: 'openai:test' });
    expect(answer.receipt.promptHash).toMatch(/^[0-9a-f]{64}$/u);
    expect(answer.receipt.sha256).toBe(answerHash(answer));
  });

  it('arrives sentence by sentence while the model still writes', async () => {
    const gate = createGate();
    reply = (request) => ({
      steps: [
        `It takes 240 passengers. ${pointerTo(request, capacity)}\nIt`,
        gate.opened,
        ` opened on 10 April 2023. ${pointerTo(request, opening)}`,
      ],
    });
    const deltas: string[] = [];
    let usage: unknown;
    for await (const event of footnote.stream({ question })) {
      if (event.type === 'text-delta') {
        deltas.push(event.delta);
        gate.open();
      }
      if (event.type === 'answer-end') ({ usage } = event);
    }
    expect(usage).toEqual({ inputTokens: 11, outputTokens: 7 });
    expect(deltas).toEqual(['It takes 240 passengers. [1]', '\n\nIt opened on 10 April 2023. [2]']);
  });

  it('drops and counts pointers to sentences that the model was never given', async () => {
    reply = (request) => ({
      steps: [`It takes 240 passengers [S998]${pointerTo(request, capacity)}[S0]. It is blue [S999].`],
    });
    const answer = await footnote.askAndCheck({ question });
    expect(answer.text).toBe('It takes 240 passengers. [1] It is blue.');
    expect(answer.summary).toMatchObject({ droppedCitations: 3, uncited: 1 });
    expect(answer.sentences[1]).toMatchObject({ verdict: 'uncited', citations: [] });
  });

  it('marks a sentence whose figure its footnote does not hold', async () => {
    reply = (request) => ({ steps: [`It takes 950 passengers ${pointerTo(request, capacity)}.`] });
    const answer = await footnote.askAndCheck({ question });
    expect(answer.sentences.some(({ verdict }) => verdict === 'supported')).toBe(false);
  });

  it('abstains when the model says that the sentences do not hold the answer', async () => {
    reply = () => ({ steps: ['NO_', 'ANSWER'] });
    const answer = await footnote.askAndCheck({ question });
    expect(answer).toMatchObject({ abstained: true, degraded: false, citations: [] });
    expect(answer.text).toMatch(/^The articles/u);
    expect(answer.receipt).toMatchObject({ writer: 'chat', model: 'openai:test' });
  });

  it('does not trouble the model with what nothing in the articles resembles', async () => {
    const answer = await footnote.askAndCheck({ question: 'What is the boiling point of tungsten?' });
    expect(answer).toMatchObject({ abstained: true, degraded: false });
    expect(requests()).toEqual([]);
  });

  it('is asked for with the sentences, the rules and the language of the question', async () => {
    reply = (request) => ({ steps: [`Năm 1903 ${pointerTo(request, 'năm 1903')}.`] });
    const answer = await footnote.askAndCheck({ question: 'Hải đăng Mũi Sếu được xây dựng năm nào?' });
    expect(answer).toMatchObject({ language: 'vi', degraded: false });
    const { body } = requests()[0] ?? {};
    expect(body).toMatchObject({ model: 'test', stream: true, temperature: 0 });
    expect(body?.messages[0]?.content).toMatch(/vietnamese/iu);
    expect(body?.messages.at(-1)?.content).toContain('Hải đăng Mũi Sếu được xây dựng năm 1903');
  });

  it('is found with the question that the model made of a follow-up', async () => {
    const rewritten = 'When was the lighthouse of Lantern Island built?';
    reply = (request) =>
      isRewrite(request)
        ? { steps: [rewritten] }
        : { steps: [`It was built in 1904 ${pointerTo(request, 'built in 1904')}.`] };
    const answer = await footnote.askAndCheck({
      question: 'When was it built?',
      history: [
        { role: 'user', content: 'How far can the lamp of the lighthouse of Lantern Island be seen?' },
        { role: 'assistant', content: 'From 27 kilometres away. [1]' },
      ],
    });
    expect(answer).toMatchObject({ standaloneQuestion: rewritten, degraded: false });
    expect(answer.citations[0]?.quote).toContain('built in 1904');
    expect(requests()).toHaveLength(2);
  });
});

describe('when the model fails', () => {
  /** A degraded answer still answers, from the articles alone, and cites nothing twice. */
  function expectFallback(answer: Awaited<ReturnType<FootnoteServer['askAndCheck']>>) {
    expect(answer).toMatchObject({ degraded: true, abstained: false });
    expect(answer.citations.map(({ quote }) => quote)).toContain(capacity);
    const texts = sentenceTexts(answer);
    expect(new Set(texts).size).toBe(texts.length);
    const uses = answer.sentences.flatMap(({ citations }) => citations);
    expect(new Set(uses).size).toBe(uses.length);
    return texts;
  }

  it.each([500, 429, 401])('with HTTP %i, the articles’ own sentences answer', async (status) => {
    reply = () => ({ status, headers: { 'retry-after-ms': '1' } });
    const answer = await footnote.askAndCheck({ question });
    const quotes = answer.citations.map(({ quote }) => quote);
    expect(expectFallback(answer)).toEqual(expect.arrayContaining(quotes));
    expect(answer.receipt.writer).toBe('extractive');
    expect(requests().length).toBeGreaterThan(0);
  });

  it('in the middle of a sentence, finished sentences stay and the rest is made up for', async () => {
    reply = (request) => ({
      steps: [
        `It opened on 10 April 2023. ${pointerTo(request, opening)} `,
        'And it takes nearly nine thou',
        { destroy: true },
      ],
    });
    const events = await collect(footnote.stream({ question }));
    const answer = endOf(events);
    const texts = expectFallback(answer);
    expect(texts[0]).toBe('It opened on 10 April 2023.');
    expect(answer.text).not.toContain('nine thou');
    const deltas = events.flatMap((event) => (event.type === 'text-delta' ? [event.delta] : []));
    expect(deltas.join('')).toBe(answer.text);
  });

  it('after it cited the best sentence, that one is not cited again', async () => {
    reply = (request) => ({
      steps: [`It takes 240 passengers. ${pointerTo(request, capacity)} It`, { destroy: true }],
    });
    const texts = expectFallback(await footnote.askAndCheck({ question }));
    expect(texts[0]).toBe('It takes 240 passengers.');
    expect(texts).not.toContain(capacity);
  });

  it('by sending what is no reply, the articles’ own sentences answer', async () => {
    reply = () => ({ steps: [{ raw: 'data: {"choices": [{"delta": \n\n' }, { destroy: true }] });
    expect(expectFallback(await footnote.askAndCheck({ question }))).toContain(capacity);
  });

  it('by going quiet in mid-reply without a word why, the articles’ own sentences answer', async () => {
    reply = () => ({ steps: ['It takes about'], finishReason: null });
    expect(expectFallback(await footnote.askAndCheck({ question }))).toContain(capacity);
  });

  it('at rewriting a follow-up only, the rule for follow-ups does it', async () => {
    reply = (request) =>
      isRewrite(request)
        ? { status: 400 }
        : { steps: [`A ticket costs 3.50 crowns ${pointerTo(request, '3.50 crowns')}.`] };
    const answer = await footnote.askAndCheck({
      question: 'And how much is it?',
      history: [{ role: 'user', content: 'Where does the ferry of Osprey Bay take a single ticket?' }],
    });
    expect(answer.degraded).toBe(false);
    expect(answer.standaloneQuestion).toContain('Osprey Bay');
    expect(answer.text).toBe('A ticket costs 3.50 crowns. [1]');
  });
});

describe('a model that is too slow', () => {
  let impatient: FootnoteServer;

  beforeAll(async () => {
    impatient = await serveFootnote({ ...settings, CHAT_TIMEOUT_MS: '600' });
  });

  afterAll(() => impatient.close());

  it('to begin is given up, and the request to it is cancelled', async () => {
    reply = () => ({ hang: true });
    const answer = await impatient.askAndCheck({ question });
    expect(answer).toMatchObject({ degraded: true, abstained: false });
    for (const request of requests()) expect(await request.closed).toBe('hung-up');
  });

  it('to go on is given up, and what it finished stays', async () => {
    const never = new Promise<never>(() => {});
    reply = (request) => ({
      steps: [`It takes 240 passengers. ${pointerTo(request, capacity)} `, 'It is', never],
    });
    const answer = await impatient.askAndCheck({ question });
    expect(answer).toMatchObject({ degraded: true, abstained: false });
    expect(sentenceTexts(answer)[0]).toBe('It takes 240 passengers.');
    expect(sentenceTexts(answer)).not.toContain(capacity);
    expect(await requests()[0]?.closed).toBe('hung-up');
  });
});

describe('a client that hangs up', () => {
  it('before the first word ends the request to the model', async () => {
    reply = () => ({ hang: true });
    const client = new AbortController();
    const asking = footnote.post('/api/answers', { question }, { signal: client.signal });
    const request = await model.request(seen);
    client.abort();
    await expect(asking).rejects.toThrow(/abort/iu);
    expect(await request.closed).toBe('hung-up');
  });

  it('in the middle of a stream ends the request to the model, and others are answered', async () => {
    const never = new Promise<never>(() => {});
    reply = (request) => ({
      steps: [`It takes 240 passengers. ${pointerTo(request, capacity)} `, 'It', never],
    });
    const client = new AbortController();
    for await (const event of footnote.stream({ question }, client.signal)) {
      if (event.type === 'sentence-verdict') break;
    }
    client.abort();
    expect(await (await model.request(seen)).closed).toBe('hung-up');

    reply = (request) => ({ steps: [`It takes 240 passengers ${pointerTo(request, capacity)}.`] });
    const answer = await footnote.askAndCheck({ question });
    expect(answer.text).toBe('It takes 240 passengers. [1]');
  });
});

function isRewrite({ body }: ChatRequest): boolean {
  return body.messages.every(({ content }) => !content.includes('<sources>'));
}
