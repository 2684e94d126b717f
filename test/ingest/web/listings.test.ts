import { gzipSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answering, htmlPage } from '../../support/web-site.ts';
import { openSite, type OpenSite } from './open-site.ts';

let at: OpenSite;

beforeEach(async () => {
  at = await openSite();
});
afterEach(() => at.close());

const add = (path: string, more: { limit?: number; include?: string[]; exclude?: string[] } = {}) =>
  at.web.add({ url: `${at.site.origin}${path}`, kind: 'auto', ...more });
const asked = () => at.site.asked.filter((path) => path !== '/robots.txt');
const serve = (path: string, body: string | Uint8Array, type = 'text/xml') =>
  at.site.answers.set(path, answering(body, { 'content-type': type }));
const pages = (...paths: string[]) => {
  for (const path of paths) at.site.answers.set(path, htmlPage(path));
};

function rss(items: readonly string[], head = ''): string {
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tin &amp; News</title>${head}${items.join('')}</channel></rss>`;
}

function sitemap(entries: readonly string[]): string {
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>`;
}

describe('a feed', () => {
  it('leads to its pages, and what it says of them is kept beside them', async () => {
    pages('/1');
    const item = `<item><title><![CDATA[Cá &amp; <b>tôm</b>]]></title><link>/1</link><dc:creator>An</dc:creator><pubDate>Fri, 05 Apr 2024 00:30:00 +0700</pubDate></item>`;
    serve('/feed', rss([item], '<language>vi-VN</language>'), 'text/html');
    const { stored } = await add('/feed');
    const { sidecar } = await at.read(stored[0]?.file);
    expect(sidecar.feed).toEqual({
      title: 'Cá & tôm',
      publishedAt: '2024-04-05',
      author: 'An',
      publisher: 'Tin & News',
      language: 'vi',
    });
  });

  it('may be Atom with relative addresses', async () => {
    pages('/blog/2024/one', '/other');
    serve(
      '/atom',
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/blog/"><title>T</title>
        <entry xml:base="2024/"><title>One</title><link rel="self" href="x"/><link href="one"/><updated>2024-01-02T03:04:05Z</updated></entry>
        <entry><title>Two</title><link rel="alternate" href="/other"/><updated>2024-01-01T00:00:00Z</updated></entry>
        <entry><title>No link</title></entry></feed>`,
    );
    expect((await add('/atom')).stored.map(({ address }) => new URL(address).pathname)).toEqual([
      '/blog/2024/one',
      '/other',
    ]);
  });

  it('may be RSS 1.0 or JSON, and name pages of other sites, which do not get its name', async () => {
    pages('/1', '/2');
    serve(
      '/rdf',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>R</title></channel>
        <item rdf:about="x"><title>One</title><link>http://two.test:${at.site.port}/1</link></item></rdf:RDF>`,
    );
    const { sidecar } = await at.read((await add('/rdf')).stored[0]?.file);
    expect(sidecar).toMatchObject({
      feed: { title: 'One' },
      fetched: { url: `http://two.test:${at.site.port}/1` },
    });
    expect(sidecar.feed?.publisher).toBeUndefined();
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      title: 'J',
      items: [{ id: '2', url: '/2', title: 'Two' }],
    };
    serve('/json', JSON.stringify(json, undefined, 1), 'application/json');
    expect((await add('/json')).stored).toHaveLength(1);
  });

  it('of a thousand entries gives as many of the newest as are wanted, and says that there were more', async () => {
    const items = Array.from({ length: 1_000 }, (_, index) => {
      const path = `/n/${index}`;
      pages(path);
      return `<item><link>${at.site.origin}${path}</link><pubDate>${new Date(Date.UTC(2024, 0, 1) + index * 3_600_000).toUTCString()}</pubDate></item>`;
    });
    serve('/feed', rss(items));
    const { stored, skipped } = await add('/feed', { limit: 3 });
    expect(stored.map(({ address }) => new URL(address).pathname)).toEqual(['/n/999', '/n/998', '/n/997']);
    expect(skipped).toEqual([
      { file: `${at.site.origin}/feed`, reason: '997 older pages were left out: at most 3 are taken.' },
    ]);
    const chosen = await add('/feed', { include: [`${at.site.origin}/n/1*0`], exclude: ['/n/19'], limit: 2 });
    expect(chosen.stored.map(({ address }) => new URL(address).pathname)).toEqual(['/n/180', '/n/170']);
  });

  it('does not have pages fetched again that it says have not changed', async () => {
    pages('/1');
    const item = (date: string) => rss([`<item><link>/1</link><pubDate>${date}</pubDate></item>`]);
    serve('/feed', item('Fri, 05 Apr 2024 00:00:00 GMT'));
    await add('/feed');
    expect((await add('/feed')).unchanged).toHaveLength(1);
    expect(asked()).toEqual(['/feed', '/1', '/feed']);
    serve('/feed', item('Sun, 01 Mar 2026 13:00:00 GMT'));
    await add('/feed');
    expect(asked()).toEqual(['/feed', '/1', '/feed', '/feed', '/1']);
  });

  it('with entities of its own, deep nesting, or nothing of a feed is refused', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${rss(['<item><title>&b;</title><link>/1</link></item>'])}`;
    serve('/bomb', bomb);
    serve('/hidden', `<!DOCTYPE rss [ <!-- ] --> <!ENTITY a "b"> ]>${rss([])}`);
    serve('/deep', `<rss version="2.0"><channel>${'<a>'.repeat(20_000)}`);
    for (const path of ['/bomb', '/hidden'])
      expect((await add(path)).failed[0]?.reason).toContain('entities of its own');
    expect((await add('/deep')).failed[0]?.reason).toContain('nested deeper');
    pages('/page');
    const { failed } = await at.web.add({ url: `${at.site.origin}/page`, kind: 'feed' });
    expect(failed[0]?.reason).toContain('no feed');
  });

  it('takes nothing from addresses that are not public', async () => {
    pages('/1');
    serve(
      '/feed',
      rss([
        `<item><link>http://127.0.0.1:1/x</link></item>`,
        '<item><link>file:///etc/passwd</link></item>',
        '<item><link>/1</link></item>',
      ]),
    );
    const { stored, failed } = await add('/feed');
    expect(stored).toHaveLength(1);
    expect(failed).toEqual([
      { file: 'http://127.0.0.1:1/x', reason: expect.stringContaining('is not public') },
    ]);
  });
});

describe('a sitemap', () => {
  it('leads to the pages of its own host, through its index, packed or not', async () => {
    pages('/1', '/2', '/3');
    const { origin } = at.site;
    serve(
      '/sitemap.xml',
      `<?xml version="1.0"?><s:sitemapindex xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9">
        <s:sitemap><s:loc>${origin}/old.xml.gz</s:loc><s:lastmod>2023-01-01</s:lastmod></s:sitemap>
        <s:sitemap><s:loc>${origin}/new.xml</s:loc><s:lastmod>2024-01-01</s:lastmod></s:sitemap>
        <s:sitemap><s:loc>${origin}/sitemap.xml</s:loc></s:sitemap>
        <s:sitemap><s:loc>${origin}/none.xml</s:loc></s:sitemap></s:sitemapindex>`,
    );
    const old = sitemap([
      `<url><loc>${origin}/1?a=1&amp;b=2</loc><lastmod>2023-01-01</lastmod></url>`,
      '<url><loc>http://two.test/x</loc></url>',
    ]);
    serve('/old.xml.gz', gzipSync(old), 'application/x-gzip');
    serve(
      '/new.xml',
      sitemap([
        `<url><loc> ${origin}/2 </loc><lastmod>2024-02-01T00:00:00+07:00</lastmod><image:image><image:loc>${origin}/i.png</image:loc></image:image></url>`,
        `<url><loc><![CDATA[${origin}/3]]></loc></url>`,
      ]),
    );
    const { stored, skipped, failed } = await add('/sitemap.xml');
    expect(stored.map(({ address }) => address.slice(origin.length))).toEqual(['/2', '/1?a=1&b=2', '/3']);
    expect(skipped.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('1 addresses of other hosts'),
    ]);
    expect(failed).toEqual([{ file: `${origin}/none.xml`, reason: `${origin}/none.xml answered 404.` }]);
    expect(asked().slice(0, 4)).toEqual(['/sitemap.xml', '/new.xml', '/old.xml.gz', '/none.xml']);
  });

  it('has only new and changed pages fetched', async () => {
    pages('/1', '/2');
    const { origin } = at.site;
    const entry = (path: string, day: string) =>
      `<url><loc>${origin}${path}</loc><lastmod>${day}</lastmod></url>`;
    serve('/s', sitemap([entry('/1', '2024-01-01'), entry('/2', '2024-01-01')]));
    await add('/s');
    at.site.asked.length = 0;
    at.site.answers.set('/2', htmlPage('changed'));
    serve('/s', sitemap([entry('/1', '2024-01-01'), entry('/2', '2026-03-01')]));
    const { stored, unchanged } = await add('/s');
    expect([stored.length, unchanged.length]).toEqual([1, 1]);
    expect(asked()).toEqual(['/s', '/2']);
  });

  it('that unpacks to too much, or declares entities, is refused', async () => {
    serve('/bomb.xml.gz', gzipSync(Buffer.alloc(21_000_000)), 'application/gzip');
    expect((await add('/bomb.xml.gz')).failed[0]?.reason).toContain('could not be unpacked');
    serve(
      '/s',
      `<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sitemap(['<url><loc>&x;</loc></url>'])}`,
    );
    expect((await add('/s')).failed[0]?.reason).toContain('entities of its own');
  });
});

describe('a list of addresses', () => {
  it('may have comments, and says which lines are no addresses', async () => {
    pages('/1', '/2');
    const { origin } = at.site;
    serve('/list', `# ours\r\n${origin}/1\r\n\r\n${origin}/2\n${origin}/1#again\n`, 'text/plain');
    expect((await add('/list')).stored).toHaveLength(2);
    serve('/mixed', `${origin}/1\nnot an address\n`, 'text/plain');
    const { failed, unchanged } = await at.web.add({ url: `${origin}/mixed`, kind: 'list' });
    expect([failed.length, unchanged.length]).toEqual([1, 1]);
    // Left to itself, such a text is an article.
    expect((await add('/mixed')).stored[0]?.file).toMatch(/mixed-[0-9a-f]{8}\.txt$/u);
  });

  it('tells how far it has come', async () => {
    pages('/1', '/2');
    serve('/list', `${at.site.origin}/1\n${at.site.origin}/2\n`, 'text/plain');
    const told: string[] = [];
    await at.web.add(
      { url: `${at.site.origin}/list`, kind: 'list' },
      { onProgress: ({ phase, done, total }) => told.push(`${phase} ${done}/${total}`) },
    );
    expect(told).toEqual(['fetching 0/1', 'fetching 0/3', 'fetching 1/3', 'fetching 2/3', 'fetching 3/3']);
  });
});
