import { describe, expect, it } from 'vitest';

import { serve } from './support/serve.ts';

describe('GET /', () => {
  it("is a page that runs this server's scripts only", async () => {
    const { url } = await serve();
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*/u);
    expect(response.headers.has('x-powered-by')).toBe(false);
    expect(await response.text()).not.toMatch(
      /<script(?! type="module" src="widget\.js"><\/script>)|\son\w+=|style=/u,
    );
  });

  it('speaks the language of ?lang=, else of the browser, else English', async () => {
    const { url } = await serve();
    const languageOf = async (path: string, accept: string) => {
      const response = await fetch(url + path, { headers: { 'accept-language': accept } });
      const html = await response.text();
      expect(response.headers.get('content-language')).toBe(/<html lang="(\w+)"/u.exec(html)?.[1]);
      return response.headers.get('content-language');
    };
    expect(await languageOf('/', 'vi-VN,vi;q=0.9,en;q=0.5')).toBe('vi');
    expect(await languageOf('/', 'fr')).toBe('en');
    expect(await languageOf('/?lang=vi', 'en')).toBe('vi');
    expect(await languageOf('/?lang=en', 'vi')).toBe('en');
    expect(await languageOf('/?lang=%22%3E&lang=vi', 'vi')).toBe('vi');
  });

  it('suggests questions as text, whatever they hold', async () => {
    const hostile = `</button><script>alert("1")</script> & 'quoted'`;
    const { url } = await serve({ exampleQuestions: { en: [hostile], vi: ['Câu hỏi?'] } });
    const html = await (await fetch(`${url}/?lang=en`)).text();
    expect(html).toContain(
      'suggestions="[&quot;&lt;/button&gt;&lt;script&gt;alert(\\&quot;1\\&quot;)&lt;/script&gt; &amp; &#39;quoted&#39;&quot;]"',
    );
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('Câu hỏi?');
    expect(await (await fetch(`${url}/?lang=vi`)).text()).toContain('Câu hỏi?');
  });

  it('answers HEAD and OPTIONS, and refuses other methods', async () => {
    const { url } = await serve();
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect((await fetch(url, { method: 'OPTIONS' })).headers.get('allow')).toBe('GET, HEAD, OPTIONS');
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });
});

describe('GET / without JavaScript', () => {
  it('says what it needs, and leads to the articles', async () => {
    const { url } = await serve();
    const page = await (await fetch(`${url}/?lang=en`)).text();
    const without = /<noscript>([^]*)<\/noscript>/u.exec(page)?.[1] ?? '';
    expect(without).toContain('Asking needs JavaScript.');
    expect(without).toContain('href="articles?lang=en"');
  });
});

describe('the files of the chat element', () => {
  it.each(['widget.js', 'widget.module.js'])('are open to every site: /%s', async (name) => {
    const { url } = await serve();
    const response = await fetch(`${url}/${name}`, { headers: { origin: 'https://any.example' } });
    expect(response.status, 'npm run build makes the scripts').toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
    });
    const etag = response.headers.get('etag') ?? '';
    expect(etag).toMatch(/^(?:W\/)?"/u);
    const again = await fetch(`${url}/${name}`, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
    expect((await fetch(`${url}/${name}`, { method: 'POST' })).status).toBe(405);
  });

  it('share a part that browsers keep for good, since its name tells its content', async () => {
    const { url } = await serve();
    const script = await (await fetch(`${url}/widget.js`)).text();
    const part = /assets\/[\w.-]+\.js/u.exec(script)?.[0] ?? '';
    const response = await fetch(`${url}/${part}`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });
});

describe('GET /assets', () => {
  it.each([
    ['chat-page.css', 'text/css; charset=utf-8'],
    ['reader.js', 'text/javascript; charset=utf-8'],
    ['icon.svg', 'image/svg+xml'],
  ])('has %s', async (name, type) => {
    const { url } = await serve();
    const response = await fetch(`${url}/assets/${name}`);
    expect(response.status, 'npm run build makes the scripts').toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.headers.get('etag')).toMatch(/^(?:W\/)?"/u);
  });

  it('has the files of the page and no others', async () => {
    const { url } = await serve();
    for (const name of [
      'widget.ts',
      'tsconfig.json',
      'nothing.js',
      'nothing.css',
      '..%2f..%2fpackage.json',
      '.env',
    ]) {
      expect((await fetch(`${url}/assets/${name}`)).status).toBe(404);
    }
  });
});
