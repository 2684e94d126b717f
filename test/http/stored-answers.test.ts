import { describe, expect, it } from 'vitest';

import type { AnswerCheck } from '../../src/domain/answer-check.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { sampleAnswer } from './support/sample-answer.ts';
import { problemIn, serve } from './support/serve.ts';

const check: AnswerCheck = {
  answerId: 'answer-1',
  holds: true,
  hash: 'ok',
  citations: [],
  nearest: [],
  sentences: [],
  checkedAt: '2024-06-01T12:00:00.000Z',
};

/** Headers with which a browser asks again; without the second one, fetch would ask for a fresh copy. */
const conditional = (response: Response) => ({
  'if-none-match': response.headers.get('etag') ?? '',
  'cache-control': 'max-age=0',
});

const notStored = () => Promise.reject(new FootnoteError('not-found', 'There is no such answer.'));

describe('GET /api/answers/:id', () => {
  it('gives the answer, and 304 to who has it already', async () => {
    const { url, assistant } = await serve({ script: { storedAnswer: async () => sampleAnswer() } });
    const response = await fetch(`${url}/api/answers/answer-1`);
    expect(await response.json()).toEqual(sampleAnswer());
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(assistant.calls).toMatchObject([{ method: 'storedAnswer', argument: 'answer-1' }]);
    const headers = conditional(response);
    expect((await fetch(`${url}/api/answers/answer-1`, { headers })).status).toBe(304);
    expect((await fetch(`${url}/api/answers/answer-1`, { method: 'HEAD' })).status).toBe(200);
  });

  it('says 404 for ids that name nothing', async () => {
    const { url } = await serve();
    for (const id of ['nope', 'a'.repeat(201), '%00', '..%2F..%2Fetc']) {
      expect((await problemIn(await fetch(`${url}/api/answers/${id}`))).status).toBe(404);
    }
    expect((await problemIn(await fetch(`${url}/api/answers/%E0`))).status).toBe(400);
    const posted = await fetch(`${url}/api/answers/answer-1`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  it('says 503 without details when the store is damaged', async () => {
    const damage = new FootnoteError('index-unusable', 'Damaged: /srv/index/answers.sqlite.');
    const { url, failures } = await serve({ script: { storedAnswer: () => Promise.reject(damage) } });
    const problem = await problemIn(await fetch(`${url}/api/answers/answer-1`));
    expect(problem.status).toBe(503);
    expect(problem.detail).not.toContain('/srv');
    expect(failures).toHaveLength(1);
  });
});

describe('POST /api/answers/:id/verify', () => {
  it('gives the check, which nobody may keep', async () => {
    const { url, assistant } = await serve({ script: { verifyAnswer: async () => check } });
    // A plain form sends no JSON.
    const response = await fetch(`${url}/api/answers/answer-1/verify`, { method: 'POST' });
    expect(await response.json()).toEqual(check);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(assistant.calls).toMatchObject([{ method: 'verifyAnswer', argument: 'answer-1' }]);
  });

  it('says 404 and 405 where they are due', async () => {
    const { url } = await serve();
    expect((await problemIn(await fetch(`${url}/api/answers/nope/verify`, { method: 'POST' }))).status).toBe(
      404,
    );
    expect((await problemIn(await fetch(`${url}/api/answers/nope/verify`))).status).toBe(405);
  });
});

describe('POST /api/answers/:id/feedback', () => {
  it.each([
    [{ rating: 'up' }, { rating: 'up' }],
    [
      { rating: 'down', reason: 'wrong-source', comment: '  Không đúng nguồn. ', mood: 'cross' },
      { rating: 'down', reason: 'wrong-source', comment: 'Không đúng nguồn.' },
    ],
    [
      { rating: 'down', comment: 'x'.repeat(2_000) },
      { rating: 'down', comment: 'x'.repeat(2_000) },
    ],
  ])('takes %j', async (body, feedback) => {
    const { post, assistant } = await serve();
    const response = await post('/api/answers/answer-1/feedback', body);
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(assistant.calls).toMatchObject([{ argument: { answerId: 'answer-1', feedback } }]);
  });

  it.each([
    [{}, 'rating'],
    [{ rating: 'sideways' }, 'rating'],
    [{ rating: 'down', reason: 'mood' }, 'reason'],
    [{ rating: 'down', comment: 'x'.repeat(2_001) }, 'comment'],
    [{ rating: 'down', comment: '\uD800' }, 'comment'],
    [[], ''],
  ])('refuses %j', async (body, path) => {
    const { post, assistant } = await serve();
    const problem = await problemIn(await post('/api/answers/answer-1/feedback', body));
    expect(problem).toMatchObject({ status: 400, errors: [{ path }] });
    expect(assistant.calls).toEqual([]);
  });

  it('says 400, 404, 413 and 415 where they are due', async () => {
    const { post } = await serve({ script: { addFeedback: notStored } });
    const path = '/api/answers/nope/feedback';
    const statusOf = async (body: unknown, headers?: Record<string, string>) =>
      (await problemIn(await post(path, body, headers))).status;
    expect(await statusOf({ rating: 'up' })).toBe(404);
    expect(await statusOf('{')).toBe(400);
    expect(await statusOf({ rating: 'up', comment: 'x'.repeat(30_000) })).toBe(413);
    expect(await statusOf('up', { 'content-type': 'text/plain' })).toBe(415);
  });
});

describe('GET /api/suggestions', () => {
  const suggestions = async (language: string) => [language === 'vi' ? 'Bao nhiêu?' : 'How many?'];

  it.each([
    ['?lang=vi', '', 'vi', 'Bao nhiêu?'],
    ['?lang=en', 'vi', 'en', 'How many?'],
    ['', 'vi-VN, en;q=0.5', 'vi', 'Bao nhiêu?'],
    ['', 'fr', 'en', 'How many?'],
  ])('%s with Accept-Language "%s" is in %s', async (query, accepted, language, question) => {
    const { url } = await serve({ script: { suggestions } });
    const headers = { 'accept-language': accepted };
    const response = await fetch(`${url}/api/suggestions${query}`, { headers });
    expect(await response.json()).toEqual({ suggestions: [question] });
    expect(response.headers.get('content-language')).toBe(language);
    expect(response.headers.get('vary')).toContain('Accept-Language');
  });

  it('refuses languages that it does not know', async () => {
    const { url } = await serve();
    const problem = await problemIn(await fetch(`${url}/api/suggestions?lang=fr`));
    expect(problem).toMatchObject({ status: 400, errors: [{ path: 'lang' }] });
  });

  it('are on the page, which is there without them, too', async () => {
    const { url } = await serve({ script: { suggestions } });
    expect(await (await fetch(`${url}/?lang=vi`)).text()).toContain('Bao nhiêu?');
    const failing = await serve({ script: { suggestions: () => Promise.reject(new Error('No index.')) } });
    expect((await fetch(failing.url)).status).toBe(200);
  });
});

describe('GET /api/articles/:id?version=', () => {
  const version = 'c0ffee00'.repeat(8);

  it('asks for that version, and gives 304 to who has it already', async () => {
    const asked: unknown[] = [];
    const article = {
      id: 'fair',
      version,
      title: 'The fair',
      language: 'en',
      text: 'It rained.',
      headings: [],
    };
    const { url } = await serve({
      script: {
        article: async (id, options) => {
          asked.push([id, options]);
          return { ...article, language: 'en' };
        },
      },
    });
    const response = await fetch(`${url}/api/articles/fair?version=${version}`);
    expect(await response.json()).toEqual(article);
    const headers = conditional(response);
    expect((await fetch(`${url}/api/articles/fair`, { headers })).status).toBe(304);
    expect(asked).toEqual([
      ['fair', { version }],
      ['fair', {}],
    ]);
  });

  it.each(['', 'latest', version.toUpperCase(), `${version}&version=${version}`])(
    'refuses the version "%s"',
    async (asked) => {
      const { url } = await serve();
      const problem = await problemIn(await fetch(`${url}/api/articles/fair?version=${asked}`));
      expect(problem).toMatchObject({ status: 400, errors: [{ path: 'version' }] });
    },
  );
});
