import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { sealAnswer } from '../../src/answer/receipt.ts';
import { createAssistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { answerSchema, articleSchema } from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { assistantFor, collect, type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

const question = 'How many passengers does the electric ferry carry on each crossing?';
const quote = 'The electric ferry carries 240 passengers on each crossing.';

let folder: TemporaryFolder;
let copies = 0;

beforeAll(async () => {
  folder = await createFolder();
});

afterAll(() => folder.remove());

/** Settings for a corpus and an index of their own. */
async function freshPlaces() {
  copies += 1;
  const home = join(folder.path, String(copies));
  await writeFiles(join(home, 'corpus'), bayArticles);
  return { CORPUS_DIR: join(home, 'corpus'), INDEX_DIR: join(home, 'index') };
}

async function serveFresh(settings: Readonly<Record<string, string>> = {}) {
  const places = { ...(await freshPlaces()), ...settings };
  const server = await serveFootnote(places);
  onTestFinished(() => server.close());
  await server.assistant.ingest();
  return { server, places };
}

async function verify(server: FootnoteServer, id: string) {
  const response = await server.post(`/api/answers/${id}/verify`, {});
  expect(response.status).toBe(200);
  const check: unknown = await response.json();
  return check;
}

describe('an answer that was given', () => {
  it('can be read again, streamed or not, and holds', async () => {
    const { server } = await serveFresh();
    const answer = await server.askAndCheck({ question });
    expect(await server.get(`/api/answers/${answer.id}`, answerSchema)).toEqual(answer);
    const events = await collect(server.stream({ question }));
    const [started] = events;
    if (started?.type !== 'answer-start') throw new Error('The stream did not start.');
    const streamed = await server.get(`/api/answers/${started.id}`, answerSchema);
    expect(events.at(-1)).toEqual({ type: 'answer-end', answer: streamed });
    expect(await verify(server, answer.id)).toMatchObject({
      answerId: answer.id,
      holds: true,
      hash: 'ok',
      citations: answer.citations.map(({ n }) => ({ n, status: 'exact', present: { status: 'same' } })),
      sentences: answer.sentences.map((_, index) => ({ index, verdict: 'supported', holds: true })),
    });
  });

  it('is there before its end is sent', async () => {
    const { server } = await serveFresh();
    const stored: Answer[] = [];
    const given: Answer[] = [];
    for await (const event of server.assistant.answer({ question })) {
      if (event.type !== 'answer-end') continue;
      given.push(event.answer);
      stored.push(await server.assistant.storedAnswer(event.answer.id));
    }
    expect(given).toHaveLength(1);
    expect(stored).toEqual(given);
  });

  it('holds against the version it was given from, after the article changed, and says what became of it', async () => {
    const { server, places } = await serveFresh();
    const { assistant } = server;
    const answer = await server.askAndCheck({ question });
    const [citation] = answer.citations;
    if (!citation) throw new Error('Nothing is cited.');
    const id = citation.articleId;
    const change = async (edit: (text: string) => string) => {
      await writeFiles(places.CORPUS_DIR, { 'ferry-2023.md': edit(bayArticles['ferry-2023.md']) });
      await assistant.ingest();
    };
    const footnote = (expected: object) => ({ holds: true, hash: 'ok', citations: [expected] });

    await change((text) => text.replace('240 passengers', '260 passengers'));
    expect((await assistant.article(id)).text).toContain('260 passengers');
    expect(await verify(server, answer.id)).toMatchObject(
      footnote({ n: 1, status: 'exact', present: { status: 'missing-text' } }),
    );
    const old = await server.get(`/api/articles/${id}?version=${citation.articleVersion}`, articleSchema);
    expect(old.text.slice(citation.source.start, citation.source.end)).toBe(quote);
    const now = await server.get(`/api/articles/${id}`, articleSchema);
    expect(await server.get(`/api/articles/${id}?version=${now.version}`, articleSchema)).toEqual(now);

    await change((text) => text.replace('The electric ferry line', 'News: the electric ferry line'));
    expect(await verify(server, answer.id)).toMatchObject(
      footnote({
        status: 'exact',
        present: { status: 'moved', foundAt: { start: citation.source.start + 6 } },
      }),
    );
    await change((text) => text.replace('children travel free', 'children pay half'));
    expect(await verify(server, answer.id)).toMatchObject(
      footnote({ status: 'exact', present: { status: 'exact' } }),
    );
    await rm(join(places.CORPUS_DIR, 'ferry-2023.md'));
    await assistant.ingest();
    expect(await verify(server, answer.id)).toMatchObject(
      footnote({ status: 'exact', present: { status: 'missing-article' } }),
    );
  });

  it('holds without an index', async () => {
    const { server, places } = await serveFresh();
    const answer = await server.askAndCheck({ question });
    const other = await assistantFor({ ...places, INDEX_DIR: places.INDEX_DIR });
    onTestFinished(() => other.close());
    await rm(join(places.INDEX_DIR, 'current.json'));
    await rm(join(places.INDEX_DIR, 'generations'), { recursive: true });
    const check = await other.verifyAnswer(answer.id);
    expect(check).toMatchObject({ holds: true, citations: [{ status: 'exact' }] });
    expect(check.citations[0]).not.toHaveProperty('present');
  });

  it('takes feedback, which can be listed', async () => {
    const { server } = await serveFresh();
    const { id } = await server.askAndCheck({ question });
    const response = await server.post(`/api/answers/${id}/feedback`, { rating: 'down', reason: 'outdated' });
    expect([response.status, await response.text()]).toEqual([204, '']);
    const [entry] = await collect(server.assistant.feedback());
    expect(entry).toMatchObject({ answerId: id, question, rating: 'down', reason: 'outdated' });
  });

  it('is not stored with ANSWER_RETENTION_DAYS=0', async () => {
    const { server } = await serveFresh({ ANSWER_RETENTION_DAYS: '0' });
    const { id } = await server.askAndCheck({ question });
    expect((await fetch(`${server.url}/api/answers/${id}`)).status).toBe(404);
    expect((await server.post(`/api/answers/${id}/verify`, {})).status).toBe(404);
    expect((await server.post(`/api/answers/${id}/feedback`, { rating: 'up' })).status).toBe(404);
    expect(await collect(server.assistant.feedback())).toEqual([]);
  });

  it('is given also where it cannot be stored, and the failure is reported', async () => {
    const places = await freshPlaces();
    await mkdir(join(places.INDEX_DIR, 'answers.sqlite'), { recursive: true });
    const failures: unknown[] = [];
    const assistant = await createAssistant(
      loadConfig({ ...places, CHAT_MODEL: '', EMBEDDING_WORKERS: '1' }),
      {
        onStoreError: (error) => failures.push(error),
      },
    );
    onTestFinished(() => assistant.close());
    await assistant.ingest();
    expect((await assistant.ask({ question })).text).toContain(quote);
    expect(failures).toEqual([
      expect.objectContaining({ code: 'unavailable', message: expect.stringContaining(places.INDEX_DIR) }),
    ]);
  });
});

describe('a tampered answer', () => {
  let answer: Answer;
  let server: FootnoteServer;

  beforeAll(async () => {
    server = await serveFootnote(await freshPlaces());
    await server.assistant.ingest();
    answer = await server.askAndCheck({ question });
  });

  afterAll(() => server.close());

  const check = (changed: Answer) => server.assistant.verifyAnswer(changed);
  const withQuote = (change: object): Answer => ({
    ...answer,
    citations: answer.citations.map((citation, index) =>
      index === 0 ? { ...citation, ...change } : citation,
    ),
  });

  it('is told where its quotation was changed, also with a new hash', async () => {
    const changed = withQuote({ quote: quote.replace('240', '420') });
    const expected = {
      holds: false,
      citations: [{ n: 1, status: 'missing-text' }],
      sentences: [{ verdict: 'unsupported', before: 'supported', holds: false }],
    };
    expect(await check(changed)).toMatchObject({ ...expected, hash: 'changed' });
    expect(await check(sealAnswer(changed))).toMatchObject({ ...expected, hash: 'ok' });
  });

  it('is told where its text was changed, also with a new hash', async () => {
    const changed = { ...answer, text: answer.text.replace('240', '420') };
    const expected = {
      holds: false,
      citations: [{ status: 'exact' }],
      sentences: [{ verdict: 'unsupported', before: 'supported', holds: false }],
    };
    expect(await check(changed)).toMatchObject({ ...expected, hash: 'changed' });
    expect(await check(sealAnswer(changed))).toMatchObject({ ...expected, hash: 'ok' });
  });

  it.each([
    ['hash', (): Answer => ({ ...answer, receipt: { ...answer.receipt, sha256: '0'.repeat(64) } })],
    ['question', (): Answer => ({ ...answer, question: 'How many crews?' })],
    ['settings', (): Answer => ({ ...answer, receipt: { ...answer.receipt, model: 'openai:gpt' } })],
    ['unknown members', (): Answer => Object.assign({ ...answer }, { approved: true })],
  ])('is told where its %s was changed', async (_what, change) => {
    expect(await check(change())).toMatchObject({
      holds: false,
      hash: 'changed',
      citations: [{ status: 'exact' }],
    });
  });

  it('is told where a footnote points elsewhere', async () => {
    const moved = sealAnswer(withQuote({ source: { start: 0, end: quote.length } }));
    const { source } = answer.citations[0] ?? {};
    expect(await check(moved)).toMatchObject({
      holds: false,
      citations: [{ status: 'moved', foundAt: source }],
    });
    const unknown = sealAnswer(withQuote({ articleVersion: 'f'.repeat(64) }));
    expect(await check(unknown)).toMatchObject({ holds: false, citations: [{ status: 'missing-article' }] });
    const empty = sealAnswer(withQuote({ quote: '', source: { start: 3, end: 3 } }));
    expect(await check(empty)).toMatchObject({ holds: false, citations: [{ status: 'missing-text' }] });
  });

  it('is told where a verdict was raised, and where a footnote was taken away', async () => {
    const sentences = answer.sentences.map((sentence) => ({ ...sentence, citations: [] }));
    expect(await check(sealAnswer({ ...answer, sentences }))).toMatchObject({
      holds: false,
      sentences: [{ verdict: 'uncited', before: 'supported' }],
    });
  });

  it('keeps what a chat model judged, unless rules are sure that it is wrong', async () => {
    const judged = (text: string): Answer =>
      sealAnswer({
        ...answer,
        text,
        sentences: [{ start: 0, end: text.length, verdict: 'supported', judgedBy: 'chat', citations: [1] }],
      });
    expect(await check(judged('Every trip has room for a village.'))).toMatchObject({
      holds: true,
      sentences: [{ verdict: 'supported', judgedBy: 'chat' }],
    });
    expect(await check(judged('Every trip has room for 300 passengers.'))).toMatchObject({
      holds: false,
      sentences: [{ verdict: 'unsupported', before: 'supported', judgedBy: 'chat' }],
    });
  });
});
