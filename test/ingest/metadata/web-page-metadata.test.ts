import { describe, expect, it } from 'vitest';

import { articleOf } from '../article-of.ts';

const body =
  'The harbour office opened a second pilot station on Friday, and two thousand people came to see it. '.repeat(
    4,
  );
const page = (head: string, extra = '', lang = 'en') =>
  `<!doctype html><html lang="${lang}"><head>${head}</head><body>${extra}<article><h1>Pilot station opens</h1><p>${body}</p><p>${body}</p></article></body></html>`;
const linked = (data: unknown) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;

describe('JSON-LD', () => {
  it('is read in graphs, with lists of types and authors, and things named by their @id', () => {
    const graph = {
      '@graph': [
        { '@type': 'WebPage', name: 'Pilot station opens - Harbour Post', datePublished: '2020-01-01' },
        { '@type': 'Organization', '@id': '#org', name: 'Harbour Post' },
        {
          '@type': ['Article', 'NewsArticle'],
          headline: 'Pilot station opens &amp; ships wait less',
          datePublished: '2024-04-05T23:30:00-07:00',
          dateModified: '2024-04-09T00:00:00Z',
          author: [{ '@type': 'Person', name: 'An Pham' }, 'Jo Field', { name: 'admin' }],
          publisher: { '@id': '#org' },
        },
      ],
    };
    expect(articleOf('a.html', page(linked(graph)))).toMatchObject({
      title: 'Pilot station opens & ships wait less',
      publishedAt: '2024-04-05',
      author: 'An Pham, Jo Field',
      publisher: 'Harbour Post',
      found: { title: 'json-ld', publishedAt: 'json-ld', author: 'json-ld', publisher: 'json-ld' },
    });
  });

  it.each(['Report', 'BlogPosting', 'https://schema.org/NewsArticle', 'GovernmentService'])(
    'knows a %s',
    (type) => {
      const article = articleOf(
        'a.html',
        page(linked({ '@type': type, name: 'Pilots', datePublished: '2024-04-05' })),
      );
      expect(article).toMatchObject({ title: 'Pilots', publishedAt: '2024-04-05' });
    },
  );

  it('passes over lists of other articles and data that is broken', () => {
    const list = { '@type': 'ItemList', itemListElement: [{ '@type': 'NewsArticle', headline: 'Another' }] };
    const head = `<script type="application/ld+json">{"@type": </script>${linked(list)}<title>Pilot station opens</title>`;
    expect(articleOf('a.html', page(head))).toMatchObject({
      title: 'Pilot station opens',
      found: { title: 'page-title' },
    });
  });

  it('is read inside comment marks and with raw line ends in its strings', () => {
    const json = '<!-- {"@type": "NewsArticle", "headline": "Pilot\nstation"} -->';
    const head = `<script type="application/ld+json">${json}</script>`;
    expect(articleOf('a.html', page(head)).title).toBe('Pilot station');
  });
});

describe('other metadata of a page', () => {
  it('is read from OpenGraph and article properties', () => {
    const head = `<meta property="og:title" content="Pilot station opens | Harbour Post"><meta property="og:site_name" content="Harbour Post">
      <meta property="article:published_time" content="2024-04-05T09:15:00+07:00"><meta property="article:modified_time" content="2024-05-01">
      <meta name="author" content="By An Pham"><meta property="og:url" content="https://post.example/pilot">`;
    expect(articleOf('a.html', page(head))).toMatchObject({
      title: 'Pilot station opens',
      publisher: 'Harbour Post',
      publishedAt: '2024-04-05',
      author: 'An Pham',
      sourceUrl: 'https://post.example/pilot',
      found: { title: 'meta', publishedAt: 'meta', publisher: 'meta', author: 'meta', sourceUrl: 'meta' },
    });
  });

  it('is read from Dublin Core in any case', () => {
    const head = `<meta name="DC.Title" content="Pilots"><meta name="DC.Creator" content="An Pham"><meta name="DCTERMS.issued" content="2024-04-05">`;
    expect(articleOf('a.html', page(head))).toMatchObject({
      title: 'Pilots',
      author: 'An Pham',
      publishedAt: '2024-04-05',
    });
  });

  it('takes no account and no profile for an author', () => {
    const head = `<meta name="author" content="admin"><meta property="article:author" content="https://social.example/an">`;
    expect(articleOf('a.html', page(head))).not.toHaveProperty('author');
  });

  it('loses invisible and directional characters', () => {
    const head = `<meta property="og:title" content="Pi\u202elot\u200b sta\u0007tion"><meta name="author" content="An\u2066 Ph\ufeffam">`;
    expect(articleOf('a.html', page(head))).toMatchObject({ title: 'Pilot station', author: 'An Pham' });
  });

  it('is bounded', () => {
    const head = `<meta property="og:title" content="${'word '.repeat(500)}"><meta property="og:site_name" content="${'x'.repeat(5_000)}">`;
    const article = articleOf('a.html', page(head));
    expect(article.title.length).toBeLessThanOrEqual(301);
    expect(article.publisher?.length).toBeLessThanOrEqual(300);
  });
});

describe('the date of a page', () => {
  it.each([
    ['microdata', '<span itemprop="datePublished" content="2024-04-05">x</span>', 'meta'],
    [
      'a time with pubdate',
      '<time datetime="2020-01-01">a</time><time pubdate datetime="2024-04-05">b</time>',
      'time-element',
    ],
    [
      'the published time of WordPress',
      '<time class="updated" datetime="2024-06-01">x</time><time class="entry-date published" datetime="2024-04-05">y</time>',
      'time-element',
    ],
    ['a Vietnamese date line', '<span class="date">Thứ sáu, 5/4/2024, 09:15 (GMT+7)</span>', 'date-line'],
  ])('is that of %s', (_, html, by) => {
    expect(articleOf('a.html', page('', html))).toMatchObject({
      publishedAt: '2024-04-05',
      found: { publishedAt: by },
    });
  });

  it('is not that of a sidebar or of a comment', () => {
    const html =
      '<aside><time datetime="2023-01-01">x</time></aside><div class="comment-list"><time datetime="2023-02-02">y</time></div>';
    expect(articleOf('a.html', page('', html))).not.toHaveProperty('publishedAt');
    const own = articleOf('a.html', page('', `${html}<main><time datetime="2024-04-05">z</time></main>`));
    expect(own.publishedAt).toBe('2024-04-05');
  });

  it('is the date of a change only where there is no other', () => {
    const changed = '<meta property="article:modified_time" content="2024-05-01">';
    expect(articleOf('a.html', page(changed)).publishedAt).toBe('2024-05-01');
    expect(articleOf('a.html', page(changed, '<time datetime="2024-04-05">x</time>')).publishedAt).toBe(
      '2024-04-05',
    );
  });

  it('is left out where month and day cannot be told apart', () => {
    const meta = '<meta name="date" content="03/04/2024">';
    expect(articleOf('a.html', page(meta, '', 'en-US'))).not.toHaveProperty('publishedAt');
    expect(articleOf('a.html', page(meta, '', 'en-GB')).publishedAt).toBe('2024-04-03');
    expect(articleOf('a.html', page(meta, '', 'vi')).publishedAt).toBe('2024-04-03');
    expect(articleOf('a.html', page('<meta name="date" content="03/24/2024">')).publishedAt).toBe(
      '2024-03-24',
    );
    const american = articleOf('a.html', page(meta), { url: 'https://www.nist.gov/a' });
    expect(american.publishedAt).toBe('2024-03-04');
  });
});

describe('the address of a page', () => {
  const url = 'https://www.post.example/news/pilot?utm=1';
  const canonical = (href: string) => page(`<link rel="canonical" href="${href}">`);

  it('is its canonical one, resolved and on the same host', () => {
    expect(articleOf('a.html', canonical('/news/pilot'), { url })).toMatchObject({
      sourceUrl: 'https://www.post.example/news/pilot',
      publisher: 'post.example',
      found: { sourceUrl: 'link', publisher: 'address' },
    });
    expect(articleOf('a.html', canonical('https://post.example/p'), { url }).sourceUrl).toBe(
      'https://post.example/p',
    );
  });

  it.each(['https://reuters.example/pilot', 'javascript:alert(1)', 'https://post.example.evil.example/'])(
    'is never %s, which is of another site',
    (href) => {
      expect(articleOf('a.html', canonical(href), { url })).toMatchObject({
        sourceUrl: url,
        publisher: 'post.example',
        found: { sourceUrl: 'address' },
      });
    },
  );

  it('is not that of a source line, which is a source it names', () => {
    const article = articleOf('a.txt', `${body}\nSource: https://other.example/x`, { url });
    expect(article).toMatchObject({ sourceUrl: url, sources: ['https://other.example/x'] });
  });
});
