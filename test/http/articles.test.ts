import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import { createScriptedAssistant } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

const found: Evidence = {
  passage: {
    id: 'fair:c0ffee00:10-31',
    articleId: 'fair',
    articleVersion: 'c0ffee00',
    start: 10,
    end: 31,
    sentences: [{ start: 10, end: 31 }],
    headingPath: [],
  },
  text: 'They came by the boat',
  article: {
    id: 'fair',
    version: 'c0ffee00',
    title: 'The fair',
    language: 'en',
    publishedAt: '2024-05-14',
    publisher: 'Gazette',
  },
  score: 0.75,
  signals: { dense: 0.5 },
};

describe('POST /api/search', () => {
  it('answers with the passages in the order of the assistant', async () => {
    const second = {
      ...found,
      score: 0.5,
      passage: { ...found.passage, id: 'fair:c0ffee00:40-61', start: 40, end: 61 },
    };
    const { post, assistant } = await serve({ script: { search: async () => [found, second] } });
    const response = await post('/api/search', { query: ' boats ', topK: 2, filters: { languages: ['vi'] } });
    expect(response.status).toBe(200);
    const { signals: _signals, article, passage, ...rest } = found;
    const { id: articleId, version: articleVersion, ...metadata } = article;
    const result = { ...rest, ...metadata, articleId, articleVersion };
    expect(await response.json()).toEqual({
      results: [
        { ...result, passageId: passage.id, source: { start: 10, end: 31 } },
        { ...result, passageId: second.passage.id, score: 0.5, source: { start: 40, end: 61 } },
      ],
    });
    expect(assistant.calls).toMatchObject([
      { argument: { query: 'boats', topK: 2, filters: { languages: ['vi'] } } },
    ]);
  });

  it('refuses what the answer API refuses', async () => {
    const { post, url } = await serve();
    const statusOf = async (body: unknown, headers?: Record<string, string>) =>
      (await problemIn(await post('/api/search', body, headers))).status;
    expect(await statusOf({ query: '' })).toBe(400);
    expect(await statusOf({ question: 'boats' })).toBe(400);
    expect(await statusOf('{')).toBe(400);
    expect(await statusOf({ query: 'x'.repeat(30_000) })).toBe(413);
    expect(await statusOf('boats', { 'content-type': 'text/plain' })).toBe(415);
    expect(await statusOf({ query: 'boats' }, { accept: 'text/event-stream' })).toBe(406);
    expect((await fetch(`${url}/api/search`)).headers.get('allow')).toBe('POST, OPTIONS');
  });
});

describe('GET /api/articles', () => {
  const summary = {
    id: 'fair',
    version: 'c0ffee00',
    title: 'The fair',
    language: 'en',
    length: 900,
  } as const;

  it('lists the articles', async () => {
    const { url, assistant } = await serve({ script: { articles: async () => [summary] } });
    const response = await fetch(`${url}/api/articles`);
    expect(await response.json()).toEqual({ articles: [summary] });
    expect(assistant.calls).toMatchObject([{ method: 'articles', argument: {} }]);
    expect((await fetch(`${url}/api/articles`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    ['language=en,vi', { languages: ['en', 'vi'] }],
    ['language=en&language=vi', { languages: ['en', 'vi'] }],
    ['publisher=Harbour+Gazette,%20B%C3%A1o', { publishers: ['Harbour Gazette', 'Báo'] }],
    ['from=2024-01-01&to=2024-12-31', { publishedFrom: '2024-01-01', publishedTo: '2024-12-31' }],
    ['language=&colour=red', {}],
  ])('filters by ?%s', async (query, filters) => {
    const { url, assistant } = await serve();
    expect((await fetch(`${url}/api/articles?${query}`)).status).toBe(200);
    expect(assistant.calls[0]?.argument).toEqual(filters);
  });

  it.each([
    ['language=fr', 'language.0'],
    ['from=yesterday', 'from'],
    ['from=2024-01-01&from=2024-01-02', 'from'],
    ['from=2024-02-01&to=2024-01-01', 'to'],
  ])('refuses ?%s', async (query, path) => {
    const { url } = await serve();
    const problem = await problemIn(await fetch(`${url}/api/articles?${query}`));
    expect(problem).toMatchObject({ status: 400, errors: [{ path }] });
  });
});

describe('GET /api/articles/:id and /api/passages/:id', () => {
  it('hands the decoded id to the assistant, and its answer to the caller', async () => {
    const { url, assistant } = await serve();
    Object.assign(assistant, {
      article: async (id: string) => ({ id }),
      passage: async (id: string) => ({ id }),
    } satisfies Record<string, (id: string) => Promise<unknown>>);
    const bodyOf = async (path: string): Promise<unknown> => (await fetch(url + path)).json();
    expect(await bodyOf('/api/articles/fair-2024')).toEqual({ id: 'fair-2024' });
    expect(await bodyOf('/api/passages/fair%3Ac0ffee00:10-31')).toEqual({ id: 'fair:c0ffee00:10-31' });
  });

  it('says 404 for what there is not', async () => {
    const { url } = await serve();
    for (const path of [
      '/api/articles/nope',
      '/api/passages/nope',
      '/api/nope',
      '/nope',
      `/api/articles/${'a'.repeat(201)}`,
    ]) {
      expect((await problemIn(await fetch(url + path))).status).toBe(404);
    }
  });

  it('says 405 and 406 where they are due', async () => {
    const { url } = await serve();
    const posted = await fetch(`${url}/api/articles/fair`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect((await fetch(`${url}/api/articles/fair`, { method: 'OPTIONS' })).status).toBe(204);
    expect((await fetch(`${url}/api/articles`, { headers: { accept: 'text/csv' } })).status).toBe(406);
  });
});

describe('the health probes', () => {
  it('say that the process is up and which index answers', async () => {
    const { url } = await serve();
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({
      status: 'ready',
      generation: await createScriptedAssistant().generation(),
    });
    expect((await fetch(`${url}/readyz`, { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    ['there is no index', new FootnoteError('index-unusable', 'No index in /srv/index.')],
    ['something else is wrong', new Error('disk on fire')],
  ])('say 503 when %s, and still that the process is up', async (_reason, error) => {
    const { url, failures } = await serve({ script: { generation: () => Promise.reject(error) } });
    const problem = await problemIn(await fetch(`${url}/readyz`));
    expect(problem.status).toBe(503);
    expect(problem.detail).not.toContain(error.message);
    expect(failures).toHaveLength(1);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
