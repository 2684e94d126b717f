import { describe, expect, it } from 'vitest';

import type { RequestCounts } from '../../src/conversation/request-counts.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { problemIn, serve } from './support/serve.ts';

function lost(): FootnoteError {
  return new FootnoteError('unavailable', 'The database cannot be reached at the moment.', { retryAfter: 5 });
}

const fails = () => Promise.reject(lost());
const question = { question: 'How many came?' };

/** Events of which there is not even the first. */
function failingEvents(): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: fails }) };
}

/** Everything that needs the database fails. */
const script = {
  answer: failingEvents,
  ask: fails,
  search: fails,
  articles: fails,
  article: fails,
  storedAnswer: fails,
  verifyAnswer: fails,
  addFeedback: fails,
  createConversation: fails,
  generation: fails,
};

/** Keeps what it counts, for as many servers as share it. */
function countsInMemory(): RequestCounts & { readonly totals: Map<string, number> } {
  const totals = new Map<string, number>();
  return {
    totals,
    count: async (key, windowMs) => {
      const total = (totals.get(key) ?? 0) + 1;
      totals.set(key, total);
      return { total, resetsAt: Date.now() + windowMs };
    },
    reset: async (key) => void totals.delete(key),
  };
}

const traffic = { concurrentAnswers: 8, answerQueue: 8 };

describe('a server whose database is away', () => {
  it('says when to come again, to whoever asks with a body', async () => {
    const { post } = await serve({ script });
    const chat = {
      id: 'chat-1',
      trigger: 'submit-message',
      messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'How many came?' }] }],
    };
    const messages = [{ role: 'user', content: 'How many came?' }];
    const calls: [string, unknown, Record<string, string>?][] = [
      ['/api/answers', question],
      ['/api/answers', question, { accept: 'text/event-stream' }],
      ['/api/answers', question, { 'idempotency-key': 'k' }],
      ['/api/chat', chat],
      ['/api/search', { query: 'fair' }],
      ['/api/conversations', {}],
      ['/api/answers/a/verify', undefined],
      ['/api/answers/a/feedback', { rating: 'up' }],
      ['/v1/chat/completions', { model: 'footnote', messages }],
      ['/v1/chat/completions', { model: 'footnote', messages, stream: true }],
      ['/v1/responses', { model: 'footnote', input: 'How many came?' }],
      ['/v1/responses', { model: 'footnote', input: 'How many came?', stream: true }],
    ];
    for (const [path, body, headers] of calls) {
      const response = await post(path, body ?? '', headers);
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5']);
      await response.arrayBuffer();
    }
  });

  it.each(['application/json', 'text/html'])('says it to whoever reads as %s', async (accept) => {
    const { url } = await serve({ script });
    const pages = ['/articles', '/articles/fair', '/answers/a', '/answers/a/verify'];
    const json = ['/api/articles', '/api/articles/fair', '/api/answers/a', '/readyz', '/v1/responses/resp_a'];
    for (const path of accept === 'text/html' ? pages : json) {
      const response = await fetch(url + path, { headers: { accept } });
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5']);
      expect(response.headers.get('content-type')).toContain(accept === 'text/html' ? 'html' : 'json');
      await response.arrayBuffer();
    }
  });

  it('lets nobody in whose key it cannot look up, or whose request it cannot count', async () => {
    const access = { keys: { find: fails }, required: true, widgetPublic: false };
    const unknown = await serve({ access });
    const refused = await fetch(`${unknown.url}/api/articles`, { headers: { authorization: 'Bearer fn_x' } });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    const requestCounts = { count: fails, reset: fails };
    const uncounted = await serve({ requestCounts, traffic: { ...traffic, requestsPerMinute: 5 } });
    const response = await uncounted.post('/api/answers', question);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await problemIn(response)).toMatchObject({ type: 'urn:footnote:unavailable' });
    expect(uncounted.assistant.calls).toHaveLength(0);
    expect(uncounted.failures).toHaveLength(1);
  });
});

describe('servers that count requests together', () => {
  it('allow as many as one alone, each kind for itself', async () => {
    const requestCounts = countsInMemory();
    const options = { requestCounts, traffic: { ...traffic, requestsPerMinute: 2 } };
    const servers = [await serve(options), await serve(options)];
    const statuses = [];
    for (let count = 0; count < 4; count += 1) {
      const response = await servers[count % 2]?.post('/api/answers', question);
      statuses.push(response?.status);
      await response?.arrayBuffer();
    }
    expect(statuses).toEqual([200, 200, 429, 429]);
    const last = await servers[0]?.post('/api/answers', question);
    expect(last?.headers.get('ratelimit')).toMatch(/^"api"; r=0; t=\d+$/u);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    const page = await fetch(`${servers[1]?.url}/articles`);
    expect([page.status, page.headers.get('ratelimit')]).toEqual([200, expect.stringMatching(/r=7/u)]);
    expect(Array.from(requestCounts.totals.keys(), (key) => key.split(' ')[0])).toEqual(['api', 'page']);
  });
});
