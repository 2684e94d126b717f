import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fits } from '../../../src/ingest/web/sources/pattern.ts';
import { readSourcesFile } from '../../../src/ingest/web/sources/sources-file.ts';
import type { WebSource } from '../../../src/ingest/web/sources/web-source.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../../support/folders.ts';
import { answering, htmlPage } from '../../support/web-site.ts';
import { openSite, type OpenSite } from './open-site.ts';

describe('sources.yml', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await createFolder();
  });
  afterEach(() => folder.remove());
  const read = async (text: string) => {
    await writeFiles(folder.path, { 'sources.yml': text });
    return readSourcesFile(folder.path);
  };

  it('names what is looked at again and again', async () => {
    const text = `
- feed: https://example.com/feed.xml
  every: 15m
  include: /news/
  exclude: ['*.pdf', /sport/]
  limit: 20
  publisher: Báo
  language: vi
- sitemap: https://example.com/sitemap.xml
  every: 2h
- list: https://example.com/list.txt
- url: https://example.com/page
`;
    expect(await read(text)).toEqual([
      {
        kind: 'feed',
        url: 'https://example.com/feed.xml',
        everyMs: 900_000,
        include: ['/news/'],
        exclude: ['*.pdf', '/sport/'],
        limit: 20,
        given: { publisher: 'Báo', language: 'vi' },
      },
      { kind: 'sitemap', url: 'https://example.com/sitemap.xml', everyMs: 7_200_000 },
      { kind: 'list', url: 'https://example.com/list.txt' },
      { kind: 'page', url: 'https://example.com/page' },
    ]);
  });

  it('may be missing or empty', async () => {
    expect(await readSourcesFile(folder.path)).toEqual([]);
    expect(await read('# nothing yet\n')).toEqual([]);
  });

  it.each([
    ['- feed: ftp://example.com/', 'entry 1 (feed: ftp://example.com/): feed: must be an address'],
    [
      '- feed: https://a.example/\n- feed: https://a.example/\n  every: 5s',
      'entry 2 (feed: https://a.example/): every: must be a number with m, h or d',
    ],
    [
      '- feed: https://a.example/\n  url: https://a.example/',
      'entry 1 (feed: https://a.example/): must have one of url, feed, sitemap and list',
    ],
    ['- every: 5m', 'must have one of'],
    ['- feed: https://a.example/\n  limit: 0', 'limit: '],
    ['- feed: https://a.example/\n  evry: 5m', 'evry'],
    ['feed: https://a.example/', 'must be a list of entries'],
    ['- feed: [', 'cannot be used'],
    ['- &a [x]\n- *b', 'cannot be used'],
  ])('%j is refused with its entry', async (text, message) => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining(message),
    });
  });
});

describe('a pattern', () => {
  it.each([
    ['https://a.example/news/1', '/news/', true],
    ['https://a.example/news/1', 'https://*/news/*', true],
    ['https://a.example/news/1', '*/news', false],
    ['https://a.example/a.pdf', '*.pdf', true],
    ['https://a.example/a.pdf?x', '*.pdf', false],
    ['https://a.example/?a=1', 'https://a.example/?a=*', true],
    ['abc', '*c*b*', false],
    ['aba', 'ab*ba', false],
    ['x', '*', true],
  ])('%s against %s: %s', (address, pattern, expected) => {
    expect(fits(address, pattern)).toBe(expected);
  });

  it('takes no time that anybody would notice, however it is written', () => {
    expect(fits('a'.repeat(2_000), `${'*a'.repeat(99)}*b`)).toBe(false);
  });
});

describe('refreshing sources', () => {
  let at: OpenSite;
  beforeEach(async () => {
    at = await openSite();
  });
  afterEach(() => at.close());
  const asked = () => at.site.asked.filter((path) => path !== '/robots.txt');
  const source = (path: string, more: Partial<WebSource> = {}): WebSource => ({
    kind: 'feed',
    url: `${at.site.origin}${path}`,
    ...more,
  });

  function serveFeed(...paths: string[]) {
    const items = paths.map(
      (path) => `<item><link>${path}</link><pubDate>Fri, 05 Apr 2024 00:00:00 GMT</pubDate></item>`,
    );
    const body = `<rss version="2.0"><channel><title>T</title>${items.join('')}</channel></rss>`;
    const etag = `"${paths.length}"`;
    at.site.answers.set('/feed', (request, response) => {
      const isSame = request.headers['if-none-match'] === etag;
      response
        .writeHead(isSame ? 304 : 200, { 'content-type': 'application/rss+xml', etag })
        .end(isSame ? undefined : body);
    });
    for (const path of paths) at.site.answers.set(path, htmlPage(path));
  }

  it('looks when it is time, also after a restart, and asks whether anything has changed', async () => {
    serveFeed('/1');
    const sources = [source('/feed', { everyMs: 900_000, given: { publisher: 'Us' } })];
    expect(await at.web.nextLook([])).toBeUndefined();
    expect(await at.web.nextLook(sources)).toBe(0);
    const { stored } = await at.web.refresh(sources);
    expect((await at.read(stored[0]?.file)).sidecar.given).toEqual({ publisher: 'Us' });
    expect(await at.web.nextLook(sources)).toBe(Date.parse('2026-03-01T12:15:00Z'));
    at.pass(899_000);
    const restarted = at.reopen();
    expect(await restarted.refresh(sources)).toEqual({
      stored: [],
      unchanged: [],
      gone: [],
      skipped: [],
      failed: [],
    });
    expect(asked()).toEqual(['/feed', '/1']);
    at.pass(1_000);
    await restarted.refresh(sources);
    expect(asked()).toEqual(['/feed', '/1', '/feed']);
    serveFeed('/1', '/2');
    at.pass(900_000);
    expect(await restarted.refresh(sources)).toMatchObject({
      stored: [{ address: `${at.site.origin}/2` }],
      unchanged: [{ address: `${at.site.origin}/1` }],
    });
  });

  it('tries again what failed although the feed has not changed', async () => {
    serveFeed('/1', '/2');
    at.site.answers.set('/2', answering('', {}, 500));
    const sources = [source('/feed')];
    expect((await at.web.refresh(sources)).failed).toHaveLength(1);
    at.site.answers.set('/2', htmlPage('two'));
    at.pass(60_000);
    expect((await at.web.refresh(sources)).stored).toHaveLength(1);
  });

  it('looks anew when other pages are wanted than before', async () => {
    serveFeed('/1', '/2');
    expect((await at.web.refresh([source('/feed', { include: ['*/1'] })])).stored).toHaveLength(1);
    expect((await at.web.refresh([source('/feed')])).stored).toHaveLength(1);
  });

  it('goes on with the others when one fails, and leaves that one alone until its time', async () => {
    serveFeed('/1');
    const sources = [source('/none'), source('/1', { kind: 'page' })];
    const { failed, stored } = await at.web.refresh(sources);
    expect(failed).toEqual([
      { file: `${at.site.origin}/none`, reason: `${at.site.origin}/none answered 404.` },
    ]);
    expect(stored).toHaveLength(1);
    await at.web.refresh(sources);
    expect(asked()).toEqual(['/none', '/1']);
  });

  it('begins anew where what it remembers is damaged', async () => {
    serveFeed('/1');
    await at.web.refresh([source('/feed')]);
    const file = join(at.dir, 'web', '.state.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({});
    await writeFile(file, '{"half');
    const { unchanged } = await at.reopen().refresh([source('/feed')]);
    expect(unchanged).toHaveLength(1);
  });
});
