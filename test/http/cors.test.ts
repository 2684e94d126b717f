import { describe, expect, it } from 'vitest';

import { serve } from './support/serve.ts';

const site = 'https://news.example';

const allowedOrigin = (response: Response) => response.headers.get('access-control-allow-origin');

describe('a page of another site', () => {
  it('may call nothing by default', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/articles`, { headers: { origin: site } });
    expect([response.status, allowedOrigin(response)]).toEqual([200, null]);
    const preflight = await fetch(`${url}/api/answers`, {
      method: 'OPTIONS',
      headers: { origin: site, 'access-control-request-method': 'POST' },
    });
    expect(allowedOrigin(preflight)).toBeNull();
  });

  it('may call the API where its origin is allowed, and only there', async () => {
    const { url, post } = await serve({ allowedOrigins: [site] });
    const from = (origin: string) => fetch(`${url}/api/articles`, { headers: { origin } });
    const response = await from(site);
    expect(allowedOrigin(response)).toBe(site);
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    for (const other of ['https://evil.example', `${site}.evil.example`, 'http://news.example', 'null']) {
      expect(allowedOrigin(await from(other))).toBeNull();
    }
    // Caches keep the two apart, also where no origin is given.
    expect((await fetch(`${url}/api/articles`)).headers.get('vary')).toContain('Origin');
    const answered = await post('/api/answers', { question: 'How many?' }, { origin: site });
    expect(allowedOrigin(answered)).toBe(site);
    expect(answered.headers.get('vary')).toContain('Origin');
  });

  it('can read what went wrong', async () => {
    const { url, post } = await serve({ allowedOrigins: [site] });
    expect(allowedOrigin(await post('/api/answers', '{', { origin: site }))).toBe(site);
    expect(allowedOrigin(await fetch(`${url}/api/answers/nope`, { headers: { origin: site } }))).toBe(site);
  });

  it('gets an event stream', async () => {
    const { post } = await serve({ allowedOrigins: [site] });
    const headers = { origin: site, accept: 'text/event-stream' };
    const response = await post('/api/answers', { question: 'How many?' }, headers);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(allowedOrigin(response)).toBe(site);
    await response.text();
  });

  it('asks first whether it may send JSON', async () => {
    const { url, assistant } = await serve({ allowedOrigins: [site] });
    for (const path of ['/api/answers', '/api/answers/answer-1/feedback', '/api/answers/answer-1/verify']) {
      const response = await fetch(url + path, {
        method: 'OPTIONS',
        headers: {
          origin: site,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      expect([response.status, allowedOrigin(response)]).toEqual([204, site]);
      expect(response.headers.get('access-control-allow-methods')).toContain('POST');
      expect(response.headers.get('access-control-allow-headers')).toContain('content-type');
      expect(response.headers.get('access-control-max-age')).toMatch(/^\d+$/u);
    }
    expect(assistant.calls).toEqual([]);
  });

  it('whichever it is may call with "*"', async () => {
    const { url } = await serve({ allowedOrigins: ['*'] });
    const response = await fetch(`${url}/api/articles`, { headers: { origin: 'https://any.example' } });
    expect(allowedOrigin(response)).toBe('*');
    expect(response.headers.get('vary') ?? '').not.toContain('Origin');
  });

  it('may not read the pages', async () => {
    const { url } = await serve({ allowedOrigins: [site] });
    for (const path of ['/', '/articles', '/answers/answer-1', '/healthz', '/apiary']) {
      expect(allowedOrigin(await fetch(url + path, { headers: { origin: site } }))).toBeNull();
    }
  });
});
