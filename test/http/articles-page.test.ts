import express from 'express';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Article, ArticleSummary } from '../../src/domain/article.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import { createApp } from '../../src/http/app.ts';
import { articleBlocks } from '../../src/http/pages/article-blocks.ts';
import { renderArticleText } from '../../src/http/pages/article-text.ts';
import { citedSpans } from '../../src/http/pages/cite-query.ts';
import { html } from '../../src/http/pages/html.ts';
import { startServer } from '../../src/http/server.ts';
import { parseHtml, type DomElement } from '../../src/ingest/extract/dom.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import {
  addressesOf,
  articleText,
  attributesOf,
  elements,
  open,
  textOf,
  textsOf,
} from './support/open-page.ts';
import { createScriptedAssistant, type Script } from './support/scripted-assistant.ts';
import { problemIn, serve } from './support/serve.ts';

function article(text: string, known: Partial<Article> = {}): Article {
  return { id: 'a', version: 'a'.repeat(64), title: 'A title', language: 'en', text, headings: [], ...known };
}

const having = (one: Article): Script => ({ article: async () => one });

let folder: TemporaryFolder;
let server: FootnoteServer;

beforeAll(async () => {
  folder = await createFolder();
  await writeFiles(`${folder.path}/corpus`, bayArticles);
  server = await serveFootnote({
    CORPUS_DIR: `${folder.path}/corpus`,
    INDEX_DIR: `${folder.path}/index`,
    EMBEDDING_WORKERS: '1',
  });
  await server.assistant.ingest();
});

afterAll(async () => {
  await server.close();
  await folder.remove();
});

/** Texts as they are, white space included. */
const rawTexts = (page: DomElement, selector: string) =>
  elements(page, selector).map(({ textContent }) => textContent ?? '');

describe('the page of an article', () => {
  it.each([
    ['How many passengers does the electric ferry carry, and what does a ticket cost?', 'en'],
    ['Chợ đêm Mũi Sếu có bao nhiêu gian hàng?', 'vi'],
  ])('marks exactly the words that an answer quotes: %s', async (question, language) => {
    const answer = await server.askAndCheck({ question });
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const { n, articleId, links, quote } of answer.citations) {
      const { response, document } = await open(server.url + links.reader);
      expect(response.status).toBe(200);
      expect(textOf(document, 'mark#cite')).toBe(quote);
      expect(elements(document, 'mark')).toHaveLength(1);
      expect(document.querySelector('article')?.getAttribute('lang')).toBe(language);
      expect(articleText(document)).toBe((await server.assistant.article(articleId)).text);

      const address = `${server.url}${links.reader}&answer=${answer.id}`;
      const numbered = (await open(address)).document;
      expect(textOf(numbered, 'mark#cite')).toBe(quote);
      expect(textsOf(numbered, `mark[data-footnote="${n}"]`)).toEqual([quote]);
      const number = numbered.querySelector(`a[href$="#footnote-${n}"]`);
      const target = new URL(number?.getAttribute('href') ?? '', address);
      expect(target.pathname).toBe(`/answers/${answer.id}`);
      expect(textOf((await open(target.href)).document, `${target.hash} blockquote`)).toBe(quote);
    }
  });

  it('shows all passages that an answer cites, and the way back to it', async () => {
    const answer = await server.askAndCheck({
      question: 'How many passengers does the electric ferry carry?',
    });
    const [first] = answer.citations;
    if (!first) throw new Error('The answer cites nothing.');
    const { document } = await open(`${server.url}/articles/${first.articleId}?answer=${answer.id}`);
    const cited = answer.citations.filter(({ articleId }) => articleId === first.articleId);
    for (const { n, quote } of cited) {
      expect(textsOf(document, `mark[data-footnote~="${n}"]`).join('')).toBe(quote);
    }
    expect(textOf(document, '.notice')).toContain(answer.question);
    expect(document.querySelector(`.notice a[href="../answers/${answer.id}"]`)).not.toBeNull();
    const gone = (await open(`${server.url}/articles/${first.articleId}?answer=nope`)).document;
    expect(textOf(gone, '.notice')).toContain('is not stored');
    const other = answer.citations.some(({ articleId }) => articleId === 'market') ? 'hai-dang' : 'market';
    const unquoted = (await open(`${server.url}/articles/${other}?answer=${answer.id}`)).document;
    expect(textOf(unquoted, '.notice')).toContain('quotes nothing from this article');
  });

  it('tells what is known of the article, and links to its original', async () => {
    const { document } = await open(`${server.url}/articles/ferry-2023?lang=vi`);
    const stored = await server.assistant.article('ferry-2023');
    expect(attributesOf(document, 'html', 'lang')[0]).toBe('vi');
    expect(textOf(document, 'h1')).toBe(stored.title);
    const metadata = textOf(document, '.metadata') ?? '';
    for (const part of ['Bay Courier', 'Tiếng Anh', stored.version.slice(0, 8), '12 tháng 4, 2023']) {
      expect(metadata).toContain(part);
    }
    expect(document.querySelector('.metadata a')?.getAttribute('href')).toBe(
      'https://courier.example/2023/ferry?page=1#top',
    );
    expect(textsOf(document, '.text h2')).toEqual(['The route']);
  });

  it('shows an earlier version that an answer quotes, says so and leads to the present one', async () => {
    const place = await createFolder();
    onTestFinished(() => place.remove());
    const file = 'corpus/lighthouse.md';
    await writeFiles(place.path, { [file]: bayArticles['lighthouse.md'] });
    const own = await serveFootnote({
      CORPUS_DIR: `${place.path}/corpus`,
      INDEX_DIR: `${place.path}/index`,
      EMBEDDING_WORKERS: '1',
    });
    onTestFinished(() => own.close());
    await own.assistant.ingest();
    const answer = await own.askAndCheck({ question: 'Who built the lighthouse of Lantern Island?' });
    const [citation] = answer.citations;
    if (!citation) throw new Error('The answer cites nothing.');
    const changed = bayArticles['lighthouse.md'].replace(
      'The lighthouse of',
      'It is told that the lighthouse of',
    );
    await writeFiles(place.path, { [file]: changed });
    await own.assistant.ingest();

    const old = `${own.url}/articles/lighthouse?version=${citation.articleVersion}`;
    for (const address of [
      `${own.url}${citation.links.reader}&answer=${answer.id}`,
      `${old}&cite=${citation.source.start}-${citation.source.end}`,
    ]) {
      const { document } = await open(address);
      expect(textOf(document, 'mark#cite')).toBe(citation.quote);
      expect(textOf(document, '.notice')).toContain('earlier version');
      const present = attributesOf(document, '.notice a', 'href').at(-1);
      expect(present).toBe('../articles/lighthouse');
    }
    const now = (await open(`${own.url}/articles/lighthouse`)).document;
    expect(articleText(now)).toContain('It is told');
    expect(now.querySelector('.notice')).toBeNull();

    const unknown = await open(`${own.url}/articles/lighthouse?version=${'0'.repeat(64)}`);
    expect(unknown.response.status).toBe(404);
    expect(unknown.document.querySelector('main .button')?.getAttribute('href')).toBe(
      '../articles/lighthouse',
    );
  });

  it('shows whatever an article holds as text', async () => {
    const text = [
      '<script>alert(1)</script> & <img src=x onerror="alert(2)"> **bold** [link](javascript:alert(3))',
      '\u202eright to left\u2066 \'quoted\' "twice" &lt;b&gt; </div></article><style>*{display:none}</style>',
      '```html <b>x</b>```',
    ].join('\n\n');
    const hostile = '"><script>alert(4)</script>';
    const { url } = await serve({
      script: having(
        article(text, {
          title: hostile,
          publisher: hostile,
          author: hostile,
          sourceUrl: 'javascript:alert(5)',
          sources: ['javascript:alert(6)', 'https://ok.example/', hostile],
        }),
      ),
    });
    const start = text.indexOf('<script>');
    const { document } = await open(
      `${url}/articles/a?cite=${start}-${start + 25}&answer=${encodeURIComponent(hostile)}`,
    );
    expect(articleText(document)).toBe(text);
    expect(textOf(document, 'mark')).toBe('<script>alert(1)</script>');
    expect(textOf(document, 'h1')).toBe(hostile);
    expect(elements(document, 'script:not([src]), style, img, .text a, [onerror]')).toHaveLength(0);
    const links = attributesOf(document, 'a', 'href');
    expect(links.filter((link) => /^[a-z]+:/iu.test(link))).toEqual(['https://ok.example/']);
    expect(document.querySelector('h1 bdi')).not.toBeNull();
  });

  it('shows the article without a mark, and says so, where the address names no passage of it', async () => {
    const text = 'One 😀 two.\n\nThree.';
    const { url } = await serve({ script: having(article(text)) });
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '5-6',
        '0-5',
        '4-5',
        '11-13',
        '0-0',
        '9-3',
        '0-99',
        '-1-3',
        '1e0-2',
        '0x0-4',
        ' 0-3',
        '00-3',
        '0-3-4',
        '٠-٣',
      ),
      fc.tuple(fc.integer(), fc.integer()).map((pair) => pair.join('-')),
      fc.tuple(fc.nat(text.length), fc.nat(text.length)).map((pair) => pair.join('-')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (values) => {
        const query = new URLSearchParams(values.map((one): [string, string] => ['cite', one]));
        const { response, document } = await open(`${url}/articles/a?${query.toString()}`);
        expect(response.status).toBe(200);
        expect(articleText(document)).toBe(text);
        const { spans, invalid } = citedSpans(query.getAll('cite'), text);
        expect(elements(document, '.notice').length > 0).toBe(spans.length + invalid > 0);
        expect(textOf(document, '.notice')?.includes('not in the text') ?? false).toBe(invalid > 0);
        for (const [index, { start, end }] of spans.entries()) {
          const marked = textsOf(document, `mark[data-cite~="${index + 1}"]`).join('');
          expect(marked.replace(/\s/gu, '')).toBe(text.slice(start, end).replace(/\s/gu, ''));
        }
      }),
      { numRuns: 60 },
    );
    expect(citedSpans(['5-6', '0-5', '0-6', '11-13', '0-99', '0-0'], text)).toEqual({
      spans: [{ start: 0, end: 6 }],
      invalid: 5,
    });
  });

  it('cuts marks that overlap into segments, and keeps every character in its place', () => {
    const lines = fc.array(fc.stringMatching(/^\S(?:[^\n\r\u2028\u2029]{0,12}\S)?$/u), {
      minLength: 1,
      maxLength: 6,
    });
    const texts = fc.tuple(lines, fc.array(fc.constantFrom('\n', '\n\n'), { minLength: 6, maxLength: 6 }));
    fc.assert(
      fc.property(texts, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 5 }), ([parts, gaps], ends) => {
        const text = parts
          .map((part, index) => part + (index < parts.length - 1 ? gaps[index] : ''))
          .join('');
        const marks = ends.map(([a, b], index) => {
          const [start, end] = [a % text.length, b % text.length].toSorted((x, y) => x - y);
          return { start: start ?? 0, end: (end ?? 0) + 1, cite: index + 1 };
        });
        const rendered = renderArticleText(article(text), marks, (n) => html`<sup>${n}</sup>`);
        const document = parseHtml(`<html><body><div class="text">${rendered.markup}</div></body></html>`);
        expect(textOf(document, '.text')).toBe(text);
        const covered = articleBlocks(article(text)).flatMap((block) =>
          block.kind === 'list' ? block.items : [block],
        );
        for (const { start, end, cite } of marks) {
          const inBlocks = covered.map((block) =>
            text.slice(Math.max(start, block.start), Math.max(start, block.start, Math.min(end, block.end))),
          );
          const segments = rawTexts(document, `mark[data-cite~="${cite}"]`);
          expect(segments.join('')).toBe(inBlocks.join(''));
        }
        const ids = attributesOf(document, 'mark[id]', 'id');
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('tells headings, list items and paragraphs apart, and skips no level of heading', async () => {
    const text = 'Intro.\n\nTop\n\nFirst item.\nSecond item.\n\n1. One.\n2. Two.\n\nDeep\n\nThe end.';
    const headingAt = (words: string, level: number) => {
      const start = text.indexOf(words);
      return { start, end: start + words.length, level };
    };
    const { url } = await serve({
      script: having(article(text, { headings: [headingAt('Top', 3), headingAt('Deep', 6)] })),
    });
    const { document } = await open(`${url}/articles/a`);
    expect(elements(document, '.text > *').map(({ localName }) => localName.toUpperCase())).toEqual([
      'P',
      'H2',
      'UL',
      'UL',
      'H3',
      'P',
    ]);
    expect(textsOf(document, '.text li')).toEqual(['First item.', 'Second item.', '1. One.', '2. Two.']);
    expect(articleText(document)).toBe(text);
  });

  it('is a page for people where there is no such article', async () => {
    const { response, document } = await open(`${server.url}/articles/nope`);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'text/html; charset=utf-8',
    ]);
    expect(textOf(document, 'h1')).toBe('There is no such article');
    const nowhere = await open(`${server.url}/no/such/page`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(nowhere.response.status).toBe(404);
    expect(textOf(nowhere.document, 'h1')).toBe('There is no such page');
    expect(nowhere.document.querySelector('.site')?.getAttribute('href')).toBe('../../');
    expect((await problemIn(await fetch(`${server.url}/no/such/page`))).status).toBe(404);
    const api = await fetch(`${server.url}/api/nope`, { headers: { accept: 'text/html' } });
    expect((await problemIn(api)).status).toBe(404);
    expect((await open(`${server.url}/articles/%E0%A4%A`)).response.status).toBe(404);
  });

  it('says what failed without its details', async () => {
    const { url, failures } = await serve({
      script: {
        articles: () => Promise.reject(new FootnoteError('index-unusable', 'No index in /srv/secret.')),
      },
    });
    const { response, document } = await open(`${url}/articles`);
    expect(response.status).toBe(503);
    expect(textOf(document, 'h1')).toBe('The articles cannot be read at the moment');
    expect(textOf(document, 'body')).not.toContain('/srv/secret');
    expect(textOf(document, '.message code')).toBe(failures[0]?.context.instance);
  });
});

describe('the list of articles', () => {
  const summary = (index: number, known: Partial<ArticleSummary> = {}): ArticleSummary => ({
    id: `article-${index}`,
    version: 'b'.repeat(64),
    title: `Article ${index}`,
    language: index % 2 === 0 ? 'en' : 'vi',
    length: 2_000,
    ...known,
  });
  const many = Array.from({ length: 45 }, (_, index) =>
    summary(index, { publisher: index < 5 ? 'Báo, Một & "Hai"' : 'Gazette' }),
  );
  const titles = (page: DomElement) => textsOf(page, '.listing h3');

  it('shows the newest first, with what is known of each', async () => {
    const { document } = await open(`${server.url}/articles`);
    expect(textOf(document, '.count')).toBe('6 articles, newest first');
    const stored = await server.assistant.articles();
    expect(titles(document)).toEqual(stored.map(({ title }) => title));
    expect(textsOf(document, '.listing li:first-child .facts li')).toEqual([
      '3 June 2024',
      'Harbour Weekly',
      'English',
      '1 min read',
    ]);
    expect(document.querySelector('.listing a')?.getAttribute('href')).toBe('./articles/ferry-2024');
  });

  it('filters by date, language and publisher, and counts', async () => {
    const query = 'from=2023-01-01&to=2023-12-31&language=vi';
    const { document } = await open(`${server.url}/articles?${query}`);
    expect(titles(document)).toEqual(['Hải đăng Mũi Sếu tròn một trăm hai mươi tuổi']);
    expect(textOf(document, '.count')).toBe('1 of 6 articles, newest first');
    expect(document.querySelector('input[name="from"]')?.getAttribute('value')).toBe('2023-01-01');
    expect(document.querySelector('option[value="vi"][selected]')).not.toBeNull();
    expect(textsOf(document, 'select[name="publisher"] option')).toEqual([
      'Any',
      'Báo Mũi Sếu (2)',
      'Bay Courier (2)',
      'Harbour Weekly (1)',
    ]);
    const none = (await open(`${server.url}/articles?publisher=Nobody%22%3E`)).document;
    expect(textOf(none, '.empty h2')).toBe('No article matches these filters.');
    expect(textOf(none, 'select[name="publisher"] option[selected]')).toBe('Nobody">');
    const comma = await serve({ script: { articles: async () => many } });
    await fetch(`${comma.url}/articles?${new URLSearchParams({ publisher: 'Báo, Một & "Hai"' }).toString()}`);
    expect(comma.assistant.calls.findLast(({ method }) => method === 'articles')?.argument).toEqual({
      publishers: ['Báo, Một & "Hai"'],
    });
  });

  it('leaves out of the address what says nothing, and says so', async () => {
    const { document } = await open(
      `${server.url}/articles?from=yesterday&to=2023-02-30&language=fr&page=-1`,
    );
    expect(textsOf(document, '.notice p')).toHaveLength(3);
    expect(titles(document)).toHaveLength(6);
    const reversed = (await open(`${server.url}/articles?from=2024-01-01&to=2023-01-01`)).document;
    expect(textOf(reversed, '.notice')).toContain('before the first');
    expect(titles(reversed)).toEqual([]);
  });

  it('finds articles with their best sentences, which lead into the text', async () => {
    const { document } = await open(`${server.url}/articles?q=second+vessel+Kittiwake`);
    expect(titles(document)[0]).toBe('Osprey Bay ferry counts its passengers');
    expect(textOf(document, '.listing blockquote')?.trim()).toBe(
      'The second vessel will be named Kittiwake.',
    );
    const link = document.querySelector('.listing blockquote a')?.getAttribute('href') ?? '';
    const target = (await open(new URL(link, `${server.url}/articles`).href)).document;
    expect(textOf(target, '#cite')).toBe('The second vessel will be named Kittiwake.');
    const vietnamese = (await open(`${server.url}/articles?q=cho+dem+gian+hang&lang=vi`)).document;
    expect(titles(vietnamese)[0]).toBe('Chợ đêm Mũi Sếu mở cửa trở lại');
    expect(vietnamese.querySelector('.listing a')?.getAttribute('href')).toBe('./articles/cho-dem?lang=vi');
    const none = (await open(`${server.url}/articles?q=zxqwv+blorfk`)).document;
    expect(textOf(none, '.empty h2')).toBe('Nothing in the articles matches this search.');
    const long = (await open(`${server.url}/articles?q=${'x'.repeat(3_000)}`)).document;
    expect(textOf(long, '.notice')).toContain('too long');
  });

  it('has pages that keep the filters', async () => {
    const { url } = await serve({ script: { articles: async () => many } });
    const { document } = await open(`${url}/articles?language=en&page=2&lang=vi`);
    expect(titles(document)).toEqual(many.slice(20, 40).map(({ title }) => title));
    expect(textOf(document, '.pager')).toContain('Trang 2/3');
    const links = attributesOf(document, '.pager a', 'href');
    expect(links).toEqual(['./articles?language=en&lang=vi', './articles?language=en&page=3&lang=vi']);
    const last = (await open(`${url}/articles?page=99999999999`)).document;
    expect(titles(last)).toHaveLength(5);
  });

  it('says so where there are no articles', async () => {
    const { url } = await serve();
    const { document } = await open(`${url}/articles`);
    expect(textOf(document, '.empty h2')).toBe('There are no articles yet.');
    expect(document.querySelector('form')).toBeNull();
  });
});

describe('every page of the reading room', () => {
  it('is sent again only when it changed, and runs nothing inline', async () => {
    for (const path of ['/articles', '/articles/ferry-2023?cite=0-20']) {
      const first = await fetch(server.url + path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^(?:W\/)?"/u);
      expect(first.headers.get('cache-control')).toBe('no-cache');
      expect(first.headers.get('vary')).toContain('Accept-Language');
      const policy = first.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(policy).not.toMatch(/unsafe|\*/u);
      expect(await first.text()).not.toMatch(/<script(?! type="module" src=)|\son\w+=|style=/u);
      const again = await fetch(server.url + path, {
        headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
      });
      expect(again.status).toBe(304);
      const other = await fetch(server.url + path, {
        headers: { 'if-none-match': etag, 'cache-control': 'max-age=0', 'accept-language': 'vi' },
      });
      expect([other.status, other.headers.get('content-language')]).toEqual([200, 'vi']);
      expect((await fetch(server.url + path, { method: 'POST' })).status).toBe(405);
      expect((await fetch(server.url + path, { method: 'HEAD' })).status).toBe(200);
    }
    const css = await fetch(`${server.url}/assets/pages.css`);
    expect([css.status, css.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
  });

  it('links relatively, so that it works below a prefix', async () => {
    const app = express();
    const assistant = createScriptedAssistant({
      articles: async () => [{ ...article('Words.'), length: 6 }],
      article: async () => article('Words.'),
    });
    const limits = { bodyBytes: 1_000, questionLength: 100, historyTurns: 1, answerTimeoutMs: 5_000 };
    app.use('/some/prefix', createApp({ assistant, limits }));
    const running = await startServer({ app, host: '127.0.0.1', port: 0, shutdownTimeoutMs: 50 });
    onTestFinished(() => running.close());
    for (const path of ['articles', 'articles/', 'articles/a', 'articles/a/', 'nope/nope/nope']) {
      const address = `${running.address}/some/prefix/${path}`;
      const { document } = await open(address, { headers: { accept: 'text/html' } });
      const links = addressesOf(document);
      expect(links.length).toBeGreaterThan(5);
      for (const link of links) {
        const { pathname } = new URL(link, address);
        expect(pathname).toMatch(/^\/some\/prefix\//u);
        if (pathname.endsWith('.js') || path.startsWith('nope')) continue;
        expect((await fetch(new URL(link, address))).status).toBe(200);
      }
    }
  });
});

describe('an article with near copies', () => {
  const summary = (id: string, publishedAt: string, publisher: string): ArticleSummary => ({
    id,
    version: 'a'.repeat(64),
    title: `Ferry <${id}>`,
    language: 'en',
    publishedAt,
    publisher,
    length: 900,
  });
  const leader = summary('weekly', '2023-04-14', 'Harbour Weekly');
  const others = [summary('courier', '2023-04-12', 'Bay Courier'), summary('old', '2022-01-01', 'Old News')];
  const script: Script = {
    articles: async () => [leader, ...others, summary('alone', '2020-01-01', 'Bay Courier')],
    article: async (id) => article('One text.', { id }),
    copyGroup: async (id) => (id === 'alone' ? undefined : { leader, others }),
  };

  it.each([
    ['en', 'Nearly the same as Ferry <weekly> (Harbour Weekly, 14 April 2023).'],
    ['vi', 'Gần giống với bài Ferry <weekly> (Harbour Weekly, 14 tháng 4, 2023).'],
  ])('says on the page of a copy which one stands for it (%s)', async (language, words) => {
    const { url } = await serve({ script });
    const { document } = await open(`${url}/articles/courier?lang=${language}`);
    const notice = textOf(document, '.notice')?.replaceAll(/\s+/gu, ' ').trim();
    expect(notice).toBe(words);
    expect(attributesOf(document, '.notice a', 'href')).toEqual([`../articles/weekly?lang=${language}`]);
    expect(elements(document, '#copies')).toHaveLength(0);
  });

  it('lists the others on the page of the one that stands for them', async () => {
    const { url } = await serve({ script });
    const { document } = await open(`${url}/articles/weekly`);
    const section = document.querySelector('section[aria-labelledby="copies"]');
    expect(section && textsOf(section, 'h2')).toEqual(['Nearly the same article also in']);
    expect(section && attributesOf(section, 'a', 'href')).toEqual(['../articles/courier', '../articles/old']);
    expect(section && textsOf(section, 'li')).toEqual([
      'Ferry <courier> (Bay Courier, 12 April 2023)',
      'Ferry <old> (Old News, 1 January 2022)',
    ]);
    expect(elements(document, '.notice')).toHaveLength(0);
  });

  it('says nothing of it on other pages, or of an earlier version', async () => {
    const { url } = await serve({
      script: {
        ...script,
        article: async (id, { version } = {}) =>
          article('One.', { id, ...(version !== undefined && { version }) }),
      },
    });
    for (const path of ['alone', `courier?version=${'b'.repeat(64)}`]) {
      const { document } = await open(`${url}/articles/${path}`);
      expect(textOf(document, 'main')).not.toContain('early the same');
    }
  });

  it('is marked in the list', async () => {
    const { url } = await serve({ script });
    const facts = (lang: string) =>
      open(`${url}/articles?lang=${lang}`).then(({ document }) =>
        elements(document, '.listing > li').map((item) => textsOf(item, '.facts li').at(-1)),
      );
    expect(await facts('en')).toEqual([
      '2 near copies',
      'nearly the same as another article',
      'nearly the same as another article',
      '1 min read',
    ]);
    expect(await facts('vi')).toEqual([
      'có 2 bản gần giống',
      'gần giống một bài khác',
      'gần giống một bài khác',
      'đọc 1 phút',
    ]);
  });

  it('comes with them from the API, but not in another version', async () => {
    const { url } = await serve({ script });
    const read = async (path: string): Promise<unknown> =>
      (await fetch(`${url}/api/articles/${path}`)).json();
    expect(await read('courier')).toMatchObject({ id: 'courier', copies: { leader, others } });
    expect(await read('alone')).not.toHaveProperty('copies');
    const earlier = await serve({
      script: { ...script, article: async (id) => article('One.', { id, version: 'b'.repeat(64) }) },
    });
    const response = await fetch(`${earlier.url}/api/articles/courier?version=${'b'.repeat(64)}`);
    expect(await response.json()).not.toHaveProperty('copies');
  });
});
