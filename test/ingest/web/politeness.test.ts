import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answering, htmlPage, redirecting } from '../../support/web-site.ts';
import { openSite, type OpenSite } from './open-site.ts';

let at: OpenSite;

beforeEach(async () => {
  at = await openSite();
});
afterEach(() => at.close());

const add = (path: string, web = at.web) => web.add({ url: `${at.site.origin}${path}`, kind: 'auto' });
const robots = (text: string) =>
  at.site.answers.set('/robots.txt', answering(text, { 'content-type': 'text/plain' }));

describe('robots.txt', () => {
  it('is read once and obeyed, by the group for Footnote where there is one', async () => {
    robots('User-agent: *\nDisallow: /\n\nUser-agent: footnote\nDisallow: /private\nAllow: /private/open\n');
    for (const path of ['/a', '/private/b', '/private/open']) at.site.answers.set(path, htmlPage(path));
    expect((await add('/a')).stored).toHaveLength(1);
    expect((await add('/private/open')).stored).toHaveLength(1);
    expect((await add('/private/b')).failed).toEqual([
      {
        file: `${at.site.origin}/private/b`,
        reason: expect.stringContaining('robots.txt asks not to fetch it'),
      },
    ]);
    expect(at.site.asked).toEqual(['/robots.txt', '/a', '/private/open']);
    at.pass(25 * 3_600_000);
    await add('/a');
    expect(at.site.asked.filter((path) => path === '/robots.txt')).toHaveLength(2);
  });

  it('counts for what a redirect leads to', async () => {
    robots('User-agent: *\nDisallow: /b\n');
    at.site.answers.set('/a', redirecting('/b'));
    at.site.answers.set('/b', htmlPage('b'));
    expect((await add('/a')).failed).toHaveLength(1);
    expect(at.site.asked).toEqual(['/robots.txt', '/a']);
  });

  it.each([
    ['is missing', 404, true],
    ['may not be seen', 403, true],
    ['cannot be had', 503, false],
    ['is asked for too often', 429, false],
  ])('lets everything or nothing be fetched when it %s', async (_name, status, allowed) => {
    at.site.answers.set('/robots.txt', answering('', {}, status));
    at.site.answers.set('/a', htmlPage('a'));
    const { stored, failed } = await add('/a');
    expect(stored).toHaveLength(allowed ? 1 : 0);
    const reasons = failed.map(({ reason }) => /robots\.txt answered \d+/u.exec(reason)?.[0]);
    expect(reasons).toEqual(allowed ? [] : [`robots.txt answered ${status}`]);
    // Not for a day: it is looked at again soon.
    robots('');
    at.pass(11 * 60_000);
    expect((await add('/a')).failed).toEqual([]);
  });

  it('may be large or elsewhere, and asks for pauses that are kept within reason', async () => {
    at.site.answers.set('/robots.txt', redirecting('/rules'));
    const rules = `User-agent: *\nCrawl-delay: 7\nDisallow: /no\n#${'x'.repeat(600_000)}\nDisallow: /\n`;
    at.site.answers.set('/rules', answering(rules, { 'content-type': 'text/plain' }));
    at.site.answers.set('/a', htmlPage('a'));
    expect((await add('/a')).stored).toHaveLength(1);
    expect((await add('/no')).failed).toHaveLength(1);
    expect(at.waits).toEqual([7_000]);
    at.pass(25 * 3_600_000);
    at.site.answers.set(
      '/rules',
      answering('User-agent: *\nCrawl-delay: 86400\n', { 'content-type': 'text/plain' }),
    );
    await add('/a');
    expect(at.waits).toEqual([7_000, 30_000]);
  });
});

describe('a page that asks not to be kept', () => {
  it.each([
    ['in its header', { 'x-robots-tag': 'noindex' }, ''],
    [
      'in its header, for Footnote',
      { 'x-robots-tag': 'otherbot: nofollow, footnote: noindex, nofollow' },
      '',
    ],
    ['in its head', {}, '<META content="nofollow, NOINDEX" NAME=Robots>'],
    ['in its head, for Footnote', {}, "<meta name='footnote' content='none'>"],
  ])('%s is not kept', async (_name, headers, head) => {
    at.site.answers.set('/a', answering(htmlPage('a', head), headers));
    expect((await add('/a')).skipped[0]?.reason).toContain('asks not to be indexed');
  });

  it.each([
    [
      'to be kept by another',
      { 'x-robots-tag': 'otherbot: noindex' },
      '<meta name="otherbot" content="noindex">',
    ],
    [
      'to have its links left alone',
      { 'x-robots-tag': 'nofollow, max-snippet: 5' },
      '<!-- <meta name="robots" content="noindex"> -->',
    ],
  ])('%s is kept', async (_name, headers, head) => {
    at.site.answers.set('/a', answering(htmlPage('a', head), headers));
    expect((await add('/a')).stored).toHaveLength(1);
  });
});

describe('the pace', () => {
  it('is one request at a time for each host, with pauses', async () => {
    const polite = at.reopen({ delayMs: 500 });
    let open = 0;
    let most = 0;
    for (let page = 0; page < 5; page += 1) {
      at.site.answers.set(`/${page}`, (_request, response) => {
        open += 1;
        most = Math.max(most, open);
        setTimeout(() => {
          open -= 1;
          response.writeHead(200, { 'content-type': 'text/html' }).end(htmlPage(`page ${page}`));
        }, 5);
      });
    }
    const list = [0, 1, 2, 3, 4].map((page) => `${at.site.origin}/${page}`).join('\n');
    at.site.answers.set('/list', answering(list, { 'content-type': 'text/plain' }));
    expect((await add('/list', polite)).stored).toHaveLength(5);
    expect(most).toBe(1);
    expect(at.waits).toEqual([500, 500, 500, 500, 500, 500]);
  });

  it('leaves a server alone for as long as it asks, once', async () => {
    let asked = 0;
    at.site.answers.set('/a', (_request, response) => {
      asked += 1;
      response
        .writeHead(asked === 1 ? 429 : 200, { 'retry-after': '20', 'content-type': 'text/html' })
        .end(htmlPage('a'));
    });
    expect((await add('/a')).stored).toHaveLength(1);
    expect(at.waits).toEqual([20_000]);
    at.site.answers.set('/b', answering('', { 'retry-after': '5' }, 503));
    expect((await add('/b')).failed[0]?.reason).toMatch(
      /answered 503, and asks to be left alone for 5 seconds/u,
    );
    at.site.answers.set('/c', answering('', { 'retry-after': 'Sun, 01 Mar 2026 13:00:00 GMT' }, 503));
    expect((await add('/c')).failed[0]?.reason).toMatch(
      /answered 503, and asks to be left alone for 35\d\d seconds/u,
    );
    expect(at.waits).toEqual([20_000, 5_000]);
  });

  it('is left at once when the work is stopped', async () => {
    const stop = new AbortController();
    at.site.answers.set('/a', (_request, response) => {
      stop.abort(new Error('enough'));
      response.end();
    });
    const added = at.web.add({ url: `${at.site.origin}/a`, kind: 'page' }, { signal: stop.signal });
    await expect(added).rejects.toThrow('enough');
  });
});
