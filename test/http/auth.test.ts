import { describe, expect, it } from 'vitest';

import type { Scope } from '../../src/domain/api-key.ts';
import { bearer, keyStore } from './support/keys.ts';
import { problemIn, serve, type ServeOptions } from './support/serve.ts';

const question = { question: 'How many came?' };

/** A server that requires keys, and its keys. */
async function closedServer({
  widgetPublic = false,
  ...options
}: ServeOptions & { widgetPublic?: boolean } = {}) {
  const keys = await keyStore();
  const served = await serve({ access: { keys, required: true, widgetPublic }, ...options });
  return { ...served, keys };
}

describe('where keys are required', () => {
  it('nothing but probes and static files answers without one', async () => {
    const { url, assistant } = await closedServer();
    const statusOf = async (method: string, path: string) => (await fetch(url + path, { method })).status;
    for (const path of ['/healthz', '/readyz', '/widget.js', '/assets/pages.css']) {
      expect([path, await statusOf('GET', path)]).toEqual([path, 200]);
    }
    assistant.calls.length = 0;
    const closed = [
      ['GET', '/'],
      ['GET', '/articles'],
      ['GET', '/articles/a'],
      ['GET', '/answers/a'],
      ['POST', '/answers/a/verify'],
      ['GET', '/docs'],
      ['GET', '/openapi.json'],
      ['GET', '/metrics'],
      ['POST', '/mcp'],
      ['GET', '/v1/models'],
      ['POST', '/v1/chat/completions'],
      ['POST', '/v1/responses'],
      ['POST', '/api/answers'],
      ['GET', '/api/answers/a'],
      ['POST', '/api/answers/a/feedback'],
      ['POST', '/api/answers/a/verify'],
      ['POST', '/api/chat'],
      ['POST', '/api/conversations'],
      ['GET', '/api/conversations/a'],
      ['DELETE', '/api/conversations/a'],
      ['GET', '/api/feedback'],
      ['GET', '/api/stats'],
      ['GET', '/api/articles'],
      ['GET', '/api/suggestions'],
      ['POST', '/api/search'],
      // Written otherwise, and never heard of.
      ['GET', '/API/Articles/'],
      ['GET', '/api//articles'],
      ['GET', '/api/%61rticles'],
      ['GET', '/assets/../api/articles'],
      ['PUT', '/api/answers'],
      ['GET', '/api/new-thing'],
      ['GET', '/elsewhere'],
    ] as const;
    for (const [method, path] of closed) {
      expect([method, path, await statusOf(method, path)]).toEqual([method, path, 401]);
    }
    expect(assistant.calls).toEqual([]);
  });

  it('a key in either header opens what it is for', async () => {
    const { url, keys, post } = await closedServer();
    const { token } = await keys.create({ name: 'test', scopes: ['ask'] });
    for (const headers of [
      { authorization: `Bearer ${token}` },
      { authorization: `bearer ${token}` },
      { 'x-api-key': token },
    ]) {
      expect((await post('/api/answers', question, headers)).status).toBe(200);
    }
    const both = { authorization: 'Bearer sk-other', 'x-api-key': token };
    expect((await post('/api/answers', question, both)).status).toBe(200);
    const inAddress = await fetch(`${url}/api/articles?api_key=${token}`);
    expect(inAddress.status).toBe(401);
  });

  it('says what is missing, as a problem', async () => {
    const { url, keys, post } = await closedServer();
    const none = await fetch(`${url}/api/articles`);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="Footnote"');
    expect(none.headers.get('cache-control')).toBe('no-store');
    expect(await problemIn(none)).toMatchObject({ status: 401, type: 'urn:footnote:unauthorized' });
    const wrong = await fetch(`${url}/api/articles`, { headers: { 'x-api-key': 'sk-guess' } });
    expect(wrong.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect((await problemIn(wrong)).detail).toContain('revoked or expired');
    const tooLittle = await post('/api/answers', question, await bearer(keys, 'read'));
    expect(tooLittle.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="ask"');
    expect(await problemIn(tooLittle)).toMatchObject({
      status: 403,
      type: 'urn:footnote:forbidden',
      detail: 'This needs an API key with the scope ask.',
    });
  });

  it.each<[string, Scope[], string, string, number]>([
    ['ask', ['ask'], 'POST', '/api/search', 403],
    ['ask', ['ask'], 'GET', '/api/articles', 403],
    ['ask', ['ask'], 'GET', '/v1/models', 200],
    ['ask', ['ask'], 'POST', '/mcp', 403],
    ['read', ['read'], 'GET', '/api/articles', 200],
    ['read', ['read'], 'HEAD', '/api/articles', 200],
    ['read', ['read'], 'GET', '/articles', 200],
    ['read', ['read'], 'POST', '/v1/chat/completions', 403],
    ['read', ['read'], 'DELETE', '/api/conversations/a', 403],
    ['ask and read', ['ask', 'read'], 'GET', '/api/new-thing', 403],
    ['ask and read', ['ask', 'read'], 'GET', '/api/feedback', 403],
    ['admin', ['admin'], 'GET', '/api/new-thing', 404],
    ['admin', ['admin'], 'GET', '/api/articles', 200],
  ])('%s (%j): %s %s is %i', async (_name, scopes, method, path, status) => {
    const { url, keys } = await closedServer();
    const response = await fetch(url + path, { method, headers: await bearer(keys, ...scopes) });
    expect(response.status).toBe(status);
  });

  it('heeds a key that is created or revoked while it runs', async () => {
    const { url, keys } = await closedServer();
    const statusWith = async (token: string) =>
      (await fetch(`${url}/api/articles`, { headers: { 'x-api-key': token } })).status;
    expect(await statusWith(`fn_000000000000_${'0'.repeat(64)}`)).toBe(401);
    const { key, token } = await keys.create({ name: 'new', scopes: ['read'] });
    expect(await statusWith(token)).toBe(200);
    await keys.revoke(key.id);
    expect(await statusWith(token)).toBe(401);
  });

  it('refuses before it reads a body', async () => {
    const { post } = await closedServer();
    expect((await post('/api/answers', 'x'.repeat(30_000))).status).toBe(401);
  });

  it('answers clients of OpenAI in their own words', async () => {
    const { post } = await closedServer();
    const response = await post('/v1/chat/completions', {}, { authorization: 'Bearer sk-guess' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
  });
});

describe('a public widget', () => {
  const strict = { ...question, strict: true };
  const site = 'https://news.example';

  it('asks, reads and judges answers without a key, from pages of this server and allowed sites', async () => {
    const { url, post } = await closedServer({ widgetPublic: true, allowedOrigins: [site] });
    for (const headers of [{ origin: url }, { origin: site }, { 'sec-fetch-site': 'same-origin' }]) {
      expect((await post('/api/answers', strict, headers)).status).toBe(200);
      const feedback = await post('/api/answers/a/feedback', { rating: 'up' }, headers);
      expect(feedback.status).toBe(204);
      for (const path of ['/api/suggestions', '/api/articles']) {
        expect([path, (await fetch(url + path, { headers })).status]).toEqual([path, 200]);
      }
      for (const path of ['/api/answers/a', '/api/articles/a']) {
        expect([path, (await fetch(url + path, { headers })).status]).toEqual([path, 404]);
      }
    }
  });

  it('gets strict answers only', async () => {
    const { url, post, assistant } = await closedServer({ widgetPublic: true });
    for (const body of [
      question,
      { ...question, strict: false },
      { ...question, strict: 'true' },
      [strict],
    ]) {
      const problem = await problemIn(await post('/api/answers', body, { origin: url }));
      expect([problem.status, problem.detail]).toEqual([401, expect.stringContaining('"strict": true')]);
    }
    expect(assistant.calls).toEqual([]);
  });

  it('is not one that claims to be of another site, or nothing at all', async () => {
    const { post } = await closedServer({ widgetPublic: true, allowedOrigins: [site] });
    const others = [
      'https://evil.example',
      `${site}.evil.example`,
      'null',
      'nonsense',
      'http://news.example',
    ];
    for (const origin of others) {
      expect([origin, (await post('/api/answers', strict, { origin })).status]).toEqual([origin, 401]);
    }
    expect((await post('/api/answers', strict)).status).toBe(401);
    expect((await post('/api/answers', strict, { 'sec-fetch-site': 'cross-site' })).status).toBe(401);
  });

  it('cannot do more', async () => {
    const { url, post } = await closedServer({ widgetPublic: true });
    const headers = { origin: url };
    const paths = [
      '/api/search',
      '/api/chat',
      '/api/conversations',
      '/api/answers/a/verify',
      '/v1/responses',
      '/mcp',
    ];
    for (const path of paths) {
      expect([path, (await post(path, strict, headers)).status]).toEqual([path, 401]);
    }
    for (const path of ['/api/stats', '/api/feedback', '/metrics', '/api/new-thing']) {
      expect([path, (await fetch(url + path, { headers })).status]).toEqual([path, 401]);
    }
  });

  it('has pages that anybody may open, also by a link', async () => {
    const { url } = await closedServer({ widgetPublic: true });
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect((await fetch(`${url}/`, { headers })).status).toBe(200);
    expect((await fetch(`${url}/articles`, { headers })).status).toBe(200);
  });

  it('does not save who brings a bad key', async () => {
    const { url, post } = await closedServer({ widgetPublic: true });
    expect((await post('/api/answers', strict, { origin: url, 'x-api-key': 'fn_x' })).status).toBe(401);
  });
});

describe('where keys are optional', () => {
  async function openServer() {
    const keys = await keyStore();
    return { keys, ...(await serve({ access: { keys, required: false, widgetPublic: true } })) };
  }

  it('everybody may call, also with what is no key of ours', async () => {
    const { post } = await openServer();
    expect((await post('/api/answers', question)).status).toBe(200);
    expect((await post('/api/answers', question, { authorization: 'Bearer none' })).status).toBe(200);
  });

  it('a key that is given must be good, and is held to its scope', async () => {
    const { post, keys } = await openServer();
    const { key, token } = await keys.create({ name: 'test', scopes: ['read'] });
    expect((await post('/api/answers', question, { 'x-api-key': token })).status).toBe(403);
    expect((await post('/api/search', { query: 'fair' }, { 'x-api-key': token })).status).toBe(200);
    await keys.revoke(key.id);
    expect((await post('/api/search', { query: 'fair' }, { 'x-api-key': token })).status).toBe(401);
  });
});

describe('when the keys cannot be read', () => {
  it('nobody is let in, and nothing is said about why', async () => {
    const find = () => Promise.reject(new Error('/secret/keys.sqlite is damaged'));
    const { url, failures } = await serve({ access: { keys: { find }, required: true, widgetPublic: true } });
    const response = await fetch(`${url}/api/articles`, { headers: { 'x-api-key': 'fn_x' } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
    expect(failures).toHaveLength(1);
  });
});
