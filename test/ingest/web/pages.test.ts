import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answering, htmlPage, redirecting } from '../../support/web-site.ts';
import { openSite, type OpenSite } from './open-site.ts';

let at: OpenSite;

beforeEach(async () => {
  at = await openSite();
});
afterEach(() => at.close());

const add = (path: string) => at.web.add({ url: `${at.site.origin}${path}`, kind: 'auto' });
const asked = () => at.site.asked.filter((path) => path !== '/robots.txt');

describe('adding a page', () => {
  it.each(['abc', 'ftp://127.0.0.1/a.html', ''])(
    'says of what is no address that it is none: "%s"',
    async (url) => {
      const { stored, failed } = await at.web.add({ url, kind: 'page' });
      expect(stored).toEqual([]);
      expect(failed).toEqual([{ file: url, reason: expect.stringContaining('no address that begins') }]);
    },
  );

  it('keeps its bytes and what the server said of it', async () => {
    at.site.answers.set(
      '/tin/bai-1.html',
      answering(htmlPage('Một'), { 'content-type': 'text/html; charset="Windows-1258"', etag: '"v1"' }),
    );
    const { stored, failed } = await add('/tin/bai-1.html?utm_source=x&id=7#top');
    expect(failed).toEqual([]);
    expect(stored).toEqual([
      {
        file: expect.stringMatching(/^added\/web\/127\.0\.0\.1-\d+\/tin-bai-1-id-7-[0-9a-f]{8}\.html$/u),
        address: `${at.site.origin}/tin/bai-1.html?id=7`,
      },
    ]);
    const { bytes, sidecar } = await at.read(stored[0]?.file);
    expect(bytes.toString()).toBe(htmlPage('Một'));
    expect(sidecar.fetched).toEqual({
      url: `${at.site.origin}/tin/bai-1.html?utm_source=x&id=7#top`,
      finalUrl: `${at.site.origin}/tin/bai-1.html?id=7`,
      at: '2026-03-01T12:00:00.000Z',
      charset: 'windows-1258',
      etag: '"v1"',
    });
  });

  it('leaves windows-1258 bytes as they came, and passes on a charset header that contradicts the page', async () => {
    const page = Buffer.from(
      '<html><head><meta charset="windows-1258"></head><body>Ti\xea\xecng Vi\xea\xf2t</body></html>',
      'latin1',
    );
    at.site.answers.set('/vi', answering(page, { 'content-type': 'text/html; charset=iso-8859-1' }));
    const { bytes, sidecar } = await at.read((await add('/vi')).stored[0]?.file);
    expect(bytes).toEqual(page);
    expect(sidecar.fetched?.charset).toBe('iso-8859-1');
  });

  it('keeps what was given, also with the next version', async () => {
    at.site.answers.set('/a', htmlPage('one'));
    await at.web.add({ url: `${at.site.origin}/a`, kind: 'page', given: { title: 'Mine', publisher: 'Us' } });
    at.site.answers.set('/a', htmlPage('two'));
    const { sidecar } = await at.read((await add('/a')).stored[0]?.file);
    expect(sidecar.given).toEqual({ title: 'Mine', publisher: 'Us' });
  });

  it.each([
    ['a PDF, whatever it is called', '%PDF-1.7 x', 'text/html', 'pdf'],
    ['a PDF without a type', '%PDF-1.7 x', 'application/octet-stream', 'pdf'],
    ['a page without a type', '<!doctype html><p>x', '', 'html'],
    ['XHTML', '<?xml version="1.0"?><html><body>x</body></html>', 'application/xhtml+xml', 'xhtml'],
    ['plain text', 'Some words.', 'text/plain', 'txt'],
    ['Markdown', '# x', 'text/markdown', 'md'],
    ['a table', 'title,text\na,b', 'text/csv', 'csv'],
    ['lines of JSON', '{"title":"x"}', 'application/x-ndjson', 'jsonl'],
  ])('recognises %s', async (_name, body, type, extension) => {
    at.site.answers.set('/x', answering(body, { 'content-type': type }));
    expect((await add('/x')).stored[0]?.file).toMatch(new RegExp(`\\.${extension}$`, 'u'));
  });

  it('keeps one file for a page that declares its address, and believes it of the same host only', async () => {
    at.site.answers.set('/a', htmlPage('x', '<link href="/a?page=1" rel="canonical">'));
    at.site.answers.set('/b', answering(htmlPage('x'), { link: '</a?page=1>; rel="canonical"' }));
    at.site.answers.set('/c', htmlPage('x', '<link rel=canonical href="http://two.test/a">'));
    at.site.answers.set('/d', htmlPage('x', '<link rel=canonical href="/">'));
    at.site.answers.set('/e', '<html><body>x<link rel=canonical href="/a"></body></html>');
    const address = async (path: string) => {
      const report = await add(path);
      return [...report.stored, ...report.unchanged][0]?.address.slice(at.site.origin.length);
    };
    expect(await address('/a')).toBe('/a?page=1');
    expect(await address('/b')).toBe('/a?page=1');
    expect(await address('/c')).toBe('/c');
    expect(await address('/d')).toBe('/d');
    expect(await address('/e')).toBe('/e');
  });

  it('makes a safe path of any address', async () => {
    const paths = [
      '/..%2f..%2fetc/passwd',
      '/%00/%2e%2e/x',
      `/${'đường-dẫn/'.repeat(40)}`,
      '/',
      '/?q=../../a',
    ];
    for (const path of paths)
      at.site.answers.set(new URL(path, at.site.origin).pathname, htmlPage(path.slice(0, 20)));
    for (const path of paths) {
      const { stored } = await add(path);
      expect(stored[0]?.file).toMatch(/^added\/web\/127\.0\.0\.1-\d+\/[a-z0-9-]{1,90}\.html$/u);
    }
  });
});

describe('looking at a page again', () => {
  it('asks whether it has changed, and takes no for an answer', async () => {
    const conditions: unknown[] = [];
    at.site.answers.set('/a', (request, response) => {
      conditions.push(request.headers['if-none-match'], request.headers['if-modified-since']);
      const isSame = request.headers['if-none-match'] === '"1"';
      response.writeHead(isSame ? 304 : 200, {
        'content-type': 'text/html',
        etag: '"1"',
        'last-modified': 'Fri, 05 Apr 2024 03:00:00 GMT',
      });
      response.end(isSame ? undefined : htmlPage('x'));
    });
    const { stored } = await add('/a');
    at.pass(1_000);
    // Another start of the program knows it from the files alone.
    const again = await at.reopen().add({ url: `${at.site.origin}/a?fbclid=1`, kind: 'page' });
    expect(again).toMatchObject({ unchanged: stored, stored: [] });
    expect(conditions).toEqual([undefined, undefined, '"1"', 'Fri, 05 Apr 2024 03:00:00 GMT']);
    expect((await at.read(stored[0]?.file)).sidecar.fetched?.at).toBe('2026-03-01T12:00:01.000Z');
  });

  it('replaces it by a new version, and by one in another format', async () => {
    at.site.answers.set('/a', htmlPage('one'));
    const { stored } = await add('/a');
    expect((await add('/a')).unchanged).toEqual(stored);
    at.site.answers.set('/a', htmlPage('two'));
    expect((await add('/a')).stored).toEqual(stored);
    expect((await at.read(stored[0]?.file)).bytes.toString()).toBe(htmlPage('two'));
    at.site.answers.set('/a', answering('%PDF-1.7', { 'content-type': 'application/pdf' }));
    const pdf = (await add('/a')).stored[0]?.file ?? '';
    const names = await readdir(join(at.dir, 'web', `127.0.0.1-${at.site.port}`));
    expect(names.toSorted()).toEqual(
      [pdf, `${pdf}.meta.json`].map((name) => name.slice(name.lastIndexOf('/') + 1)),
    );
    expect(await readdir(join(at.dir, 'web', '.incoming'))).toEqual([]);
  });

  it.each([
    ['is gone', answering('', {}, 410), 'gone'],
    ['is not found', answering('', {}, 404), 'gone'],
    ['answers with an error', answering('broken', {}, 500), 'failed'],
    ['is empty', answering(''), 'failed'],
    [
      'has no text',
      answering('<html><head><title>x</title></head><body><script>var a = 1</script></body></html>'),
      'failed',
    ],
    ['has become a picture', answering('x', { 'content-type': 'image/png' }), 'failed'],
    ['leads to where nothing may be fetched', redirecting('http://10.0.0.5/'), 'failed'],
    ['asks not to be kept', answering(htmlPage('x', '<meta name="robots" content="noindex">')), 'skipped'],
  ] as const)('keeps what there was when it %s', async (_name, answer, list) => {
    at.site.answers.set('/a', htmlPage('good'));
    const { stored } = await add('/a');
    at.site.answers.set('/a', answer);
    const report = await add('/a');
    expect(report[list]).toHaveLength(1);
    expect(report.stored).toEqual([]);
    expect((await at.read(stored[0]?.file)).bytes.toString()).toBe(htmlPage('good'));
  });

  it('fetches again what was deleted, and not what is withdrawn', async () => {
    at.site.answers.set('/a', answering(htmlPage('x'), { etag: '"1"' }));
    const { stored } = await add('/a');
    const path = join(at.dir, (stored[0]?.file ?? '').slice('added/'.length));
    await rm(path);
    expect((await add('/a')).stored).toEqual(stored);
    at.withdrawn.add(`${at.site.origin}/a`);
    at.site.asked.length = 0;
    expect((await add('/a?utm_source=z')).skipped).toEqual([
      { file: `${at.site.origin}/a?utm_source=z`, reason: expect.stringContaining('withdrawn') },
    ]);
    expect(asked()).toEqual([]);
    at.site.answers.set('/b', redirecting('/a'));
    expect((await add('/b')).skipped).toHaveLength(1);
  });
});
