import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { conversationInfoSchema, conversationSchema } from '../../src/domain/schemas/conversation-schema.ts';
import { statisticsSchema } from '../../src/domain/schemas/statistics-schema.ts';
import { articleListSchema } from '../../src/http/response-schemas.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { collect, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

let folder: TemporaryFolder;
let footnote: FootnoteServer;

const settings = () => ({ CORPUS_DIR: join(folder.path, 'corpus'), INDEX_DIR: join(folder.path, 'index') });

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(join(folder.path, 'corpus'), bayArticles);
  footnote = await serveFootnote(settings());
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await footnote.close();
  await folder.remove();
});

async function newConversation(server = footnote): Promise<string> {
  const response = await server.post('/api/conversations', {});
  expect(response.status).toBe(201);
  const conversation = conversationInfoSchema.parse(await response.json());
  const location = new URL(response.headers.get('location') ?? '', `${server.url}/api/conversations`);
  expect(location.pathname).toBe(`/api/conversations/${conversation.id}`);
  return conversation.id;
}

const turnsOf = async (id: string) =>
  (await footnote.get(`/api/conversations/${id}`, conversationSchema)).turns;

const first = 'How many passengers does the electric ferry of Osprey Bay carry on each crossing?';

describe('a stored conversation', () => {
  it('makes follow-up questions understandable, and holds each answer in the end', async () => {
    const conversationId = await newConversation();
    expect(await turnsOf(conversationId)).toEqual([]);
    const one = await footnote.askAndCheck({ question: first, conversationId });
    const two = await footnote.askAndCheck({
      question: 'And what will the second one be named?',
      conversationId,
    });
    expect(two.standaloneQuestion).not.toBe(two.question);
    const asClientsDo = await footnote.askAndCheck({
      question: two.question,
      history: [
        { role: 'user', content: one.question },
        { role: 'assistant', content: one.text },
      ],
    });
    expect([two.text, two.standaloneQuestion]).toEqual([asClientsDo.text, asClientsDo.standaloneQuestion]);
    const said = (await turnsOf(conversationId)).map(({ at: _at, ...turn }) => turn);
    expect(said).toEqual(
      [one, two].flatMap(({ id: answerId, question, text }) => [
        { role: 'user', content: question, answerId },
        { role: 'assistant', content: text, answerId },
      ]),
    );
  });

  it('holds a streamed answer as soon as its client has the end', async () => {
    const conversationId = await newConversation();
    for await (const event of footnote.stream({ question: first, conversationId })) {
      if (event.type !== 'answer-end') continue;
      const turns = await turnsOf(conversationId);
      expect(turns.map(({ answerId }) => answerId)).toEqual([event.answer.id, event.answer.id]);
    }
    expect(await turnsOf(conversationId)).toHaveLength(2);
  });

  it('loses no answer of several that are asked for at the same time', async () => {
    const conversationId = await newConversation();
    const questions = Array.from({ length: 6 }, (_, index) => `Who restored lighthouse number ${index}?`);
    const answers = await Promise.all(
      questions.map((question) => footnote.askAndCheck({ question, conversationId })),
    );
    const turns = await turnsOf(conversationId);
    expect(turns).toHaveLength(12);
    expect(new Set(turns.map(({ answerId }) => answerId))).toEqual(new Set(answers.map(({ id }) => id)));
    for (const { id, question, text } of answers) {
      const own = turns.filter(({ answerId }) => answerId === id);
      expect(own.map(({ content }) => content)).toEqual([question, text]);
    }
  });

  it('takes a history of the request in place of its own', async () => {
    const conversationId = await newConversation();
    await footnote.askAndCheck({ question: first, conversationId });
    const answer = await footnote.askAndCheck({ question: 'And when?', conversationId, history: [] });
    expect(answer.standaloneQuestion).toBe('And when?');
    expect(await turnsOf(conversationId)).toHaveLength(4);
  });

  it('is gone once it is deleted, and says what to do', async () => {
    const id = await newConversation();
    const address = `${footnote.url}/api/conversations/${id}`;
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(204);
    expect((await fetch(address, { method: 'DELETE' })).status).toBe(404);
    expect((await fetch(address)).status).toBe(404);
    for (const accept of ['application/json', 'text/event-stream']) {
      const body = { question: first, conversationId: id };
      const response = await footnote.post('/api/answers', body, { headers: { accept } });
      expect([response.status, response.headers.get('content-type')]).toEqual([
        404,
        'application/problem+json',
      ]);
      expect(await response.text()).toContain('Begin one with POST /api/conversations');
    }
  });

  it('need not be known where the request brings its history', async () => {
    const request = { question: first, conversationId: 'talk-7', history: [] };
    expect((await footnote.askAndCheck(request)).conversationId).toBe('talk-7');
    expect((await fetch(`${footnote.url}/api/conversations/talk-7`)).status).toBe(404);
  });

  it('is another one for each request without a body', async () => {
    const address = `${footnote.url}/api/conversations`;
    const responses = await Promise.all([
      fetch(address, { method: 'POST' }),
      fetch(address, { method: 'POST' }),
    ]);
    const ids = await Promise.all(
      responses.map(async (response) => conversationInfoSchema.parse(await response.json()).id),
    );
    expect(new Set(ids).size).toBe(2);
    expect((await fetch(address)).headers.get('allow')).toBe('POST, OPTIONS');
  });

  it('is none where none are stored', async () => {
    const server = await serveFootnote({ ...settings(), CONVERSATION_RETENTION_DAYS: '0' });
    try {
      for (const [path, body] of [
        ['/api/conversations', {}],
        ['/api/answers', { question: first, conversationId: 'talk-7' }],
      ] as const) {
        const response = await server.post(path, body);
        expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('history')]);
      }
      await server.askAndCheck({ question: first, conversationId: 'talk-7', history: [] });
    } finally {
      await server.close();
    }
  });
});

describe('the answer to a repeated request', () => {
  it('is the same one, and stands in its conversation once', async () => {
    const conversationId = await newConversation();
    const ask = async () => {
      const response = await footnote.post(
        '/api/answers',
        { question: first, conversationId },
        { headers: { 'idempotency-key': '"c0ffee"' } },
      );
      return z.object({ id: z.string() }).parse(await response.json()).id;
    };
    const id = await ask();
    expect(await ask()).toBe(id);
    expect(await turnsOf(conversationId)).toHaveLength(2);
    const streamed = await footnote.post(
      '/api/answers',
      { question: first, conversationId },
      { headers: { 'idempotency-key': 'c0ffee', accept: 'text/event-stream' } },
    );
    expect(await streamed.text()).toContain(id);
  });
});

describe('GET /api/articles, page by page', () => {
  it.each(['', '&language=en', '&publisher=Bay+Courier'])(
    'is the whole list, in its order%s',
    async (filter) => {
      const all = await footnote.get(`/api/articles?${filter}`, articleListSchema);
      expect(all.articles.length).toBeGreaterThan(1);
      const pages: unknown[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const query = cursor === '' ? '' : `&cursor=${cursor}`;
        const page: z.infer<typeof articleListSchema> = await footnote.get(
          `/api/articles?limit=1${filter}${query}`,
          articleListSchema,
        );
        expect(page.articles).toHaveLength(1);
        pages.push(...page.articles);
        cursor = page.nextCursor;
      }
      expect(pages).toEqual(all.articles);
    },
  );
});

describe('GET /api/stats', () => {
  it('counts what the index holds', async () => {
    const stats = await footnote.get('/api/stats', statisticsSchema);
    const generation = await footnote.assistant.generation();
    expect(stats).toMatchObject({
      articles: 6,
      passages: generation.passages,
      languages: { en: { articles: 4 }, vi: { articles: 2 } },
      publishedFrom: '2022-09-30',
      publishedTo: '2024-06-03',
      undated: 1,
      indexGeneration: generation.id,
      indexedAt: generation.createdAt,
      embeddingModel: generation.embeddingModel,
    });
    expect(stats.publishers).toEqual([
      { name: 'Bay Courier', articles: 2 },
      { name: 'Báo Mũi Sếu', articles: 2 },
      { name: 'Harbour Weekly', articles: 1 },
    ]);
    const { en, vi } = stats.languages;
    expect((en?.sentences ?? 0) + (vi?.sentences ?? 0)).toBe(stats.sentences);
    expect(stats.sentences).toBeGreaterThan(15);
    expect(stats.diskBytes).toBeGreaterThan(10_000);
  });

  it('says 304 to who has them already', async () => {
    const response = await fetch(`${footnote.url}/api/stats`);
    const headers = { 'if-none-match': response.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
    expect((await fetch(response.url, { headers })).status).toBe(304);
  });
});

describe('GET /api/feedback', () => {
  it('is what readers said, as the command prints it', async () => {
    const { id } = await footnote.askAndCheck({ question: first });
    await footnote.post(`/api/answers/${id}/feedback`, { rating: 'down', comment: 'Cũ rồi.' });
    const lines = (await (await fetch(`${footnote.url}/api/feedback`)).text()).trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(
      await collect(footnote.assistant.feedback()),
    );
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ answerId: id, comment: 'Cũ rồi.' });
  });
});
