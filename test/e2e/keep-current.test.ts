import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';

import {
  answerSchema,
  articleSchema,
  articlesSchema,
  type ReceivedEvent,
  searchSchema,
} from '../support/answer-schema.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { checkAnswer, quotations } from '../support/check-answer.ts';
import { startCommand } from '../support/command.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { endOf, type FootnoteServer, receivedEvents, serveFootnote } from '../support/footnote-server.ts';
import { zipBomb } from '../support/hostile-archives.ts';
import { hostilePdfs } from '../support/hostile-pdfs.ts';
import { makeDocx, wordParagraph } from '../support/make-docx.ts';
import { makePdf, pdfLines } from '../support/make-pdf.ts';
import { createGate, startOpenAiServer } from '../support/openai-server.ts';
import { pointerTo } from '../support/prompt-pointers.ts';
import { answering, htmlPage, type SiteAnswer, startWebSite, type WebSite } from '../support/web-site.ts';
import { type Editor, editorOf } from './support/editor.ts';

let folder: TemporaryFolder;
let site: WebSite;
let footnote: FootnoteServer;
let editor: Editor;

const places = (name: string) => ({
  CORPUS_DIR: join(folder.path, name, 'corpus'),
  INDEX_DIR: join(folder.path, name, 'index'),
});

async function serve(name: string, settings: Readonly<Record<string, string>> = {}) {
  await writeFiles(places(name).CORPUS_DIR, bayArticles);
  const server = await serveFootnote({ ...places(name), ...settings });
  await server.assistant.ingest();
  return server;
}

beforeAll(async () => {
  const robots = answering('User-agent: *\nDisallow: /news/Corrie\n', { 'content-type': 'text/plain' });
  [folder, site] = await Promise.all([createFolder(), startWebSite({ '/robots.txt': robots })]);
  footnote = await serve('shared', { FETCH_ALLOWED_HOSTS: site.host, FETCH_DELAY_MS: '0' });
  editor = editorOf(footnote.url);
});

afterAll(async () => {
  await footnote.close();
  await site.close();
  await folder.remove();
});

function weirPdf(pumps: number) {
  return makePdf({
    pages: [
      [
        { text: 'Report on the weir of Kestrel Hollow', x: 60, y: 780, size: 20, bold: true },
        ...pdfLines(
          [
            'The weir of Kestrel Hollow was rebuilt between March and October 2024. The new weir has',
            `${pumps} pumps, which were made in Aldmoor. Its fish ladder is 63 metres long and was paid for by`,
            'the anglers of the valley. The engineer in charge was Petra Lomond, who also built the dam.',
          ],
          { x: 60, y: 740 },
        ),
      ],
    ],
    info: { Title: 'Report on the weir of Kestrel Hollow' },
  });
}

function noticeDocx(seats: number) {
  const body = [
    wordParagraph('Thông báo về nhà văn hoá xã Đồng Sậy', { style: 'Heading1' }),
    wordParagraph(
      `Nhà văn hoá xã Đồng Sậy có ${seats} chỗ ngồi và được khánh thành ngày 12 tháng 5 năm 2024. Kiến trúc sư Lê Thị Ngàn là người thiết kế nhà văn hoá.`,
    ),
  ].join('');
  return makeDocx({ body, core: '<dc:creator>Phòng Văn hoá huyện</dc:creator>' });
}

async function statusOf(path: string, { url } = footnote): Promise<number> {
  return (await fetch(`${url}${path}`)).status;
}

const ferryQuestion = 'How many passengers does the electric ferry carry on each crossing?';

describe('a file that is sent', () => {
  it('is answered from when its job is done, and its article says how its metadata were found', async () => {
    const job = await editor.upload({ 'weir.pdf': weirPdf(17), 'Thông báo.docx': noticeDocx(450) });
    const states = await editor.followed(job);
    expect(states.at(-1)).toMatchObject({ state: 'done', result: { failed: [], changed: [] } });
    expect(states.every(({ id, subject }) => id === job.id && subject.length === 2)).toBe(true);
    const added = states.at(-1)?.result?.added ?? [];
    expect(added).toHaveLength(2);

    const pumps = await footnote.askAndCheck({ question: 'How many pumps does the new weir have?' });
    expect(quotations(pumps)).toContain('The new weir has 17 pumps, which were made in Aldmoor.');
    expect(pumps.receipt.indexGeneration).toBe(states.at(-1)?.result?.generation);
    const seats = await footnote.askAndCheck({ question: 'Nhà văn hoá xã Đồng Sậy có bao nhiêu chỗ ngồi?' });
    expect(quotations(seats)).toContain('Nhà văn hoá xã Đồng Sậy có 450 chỗ ngồi');

    const articles = await Promise.all(added.map((id) => footnote.get(`/api/articles/${id}`, articleSchema)));
    expect(articles).toMatchObject([
      { title: 'Thông báo về nhà văn hoá xã Đồng Sậy', language: 'vi', found: { language: 'detected' } },
      { title: 'Report on the weir of Kestrel Hollow', language: 'en', found: { title: 'properties' } },
    ]);
  });

  it('is corrected by sending one of the same name', async () => {
    const result = await editor.done(await editor.upload({ 'weir.pdf': weirPdf(19) }));
    expect(result).toMatchObject({ added: [], removed: [], failed: [] });
    expect(result.changed).toHaveLength(1);
    const answer = await footnote.askAndCheck({ question: 'How many pumps does the new weir have?' });
    expect(quotations(answer)).toContain('19 pumps');
    expect(quotations(answer)).not.toContain('17 pumps');
    const same = await editor.done(await editor.upload({ 'weir.pdf': weirPdf(19) }));
    expect(same).toMatchObject({ changed: [], unchanged: result.changed, generation: result.generation });
  });

  it('leaves an answer under way on the generation that it began with', async () => {
    const capacity = 'The electric ferry carries 240 passengers on each crossing.';
    const gate = createGate();
    const model = await startOpenAiServer((request) => ({
      steps: [
        `It takes 240 passengers ${pointerTo(request, capacity)}. It`,
        gate.opened,
        ` opened on 10 April 2023 ${pointerTo(request, '10 April 2023')}.`,
      ],
    }));
    const chat = await serve('chat', { CHAT_MODEL: 'openai:test', OPENAI_BASE_URL: model.baseUrl });
    try {
      const before = await chat.assistant.generation();
      const headers = { accept: 'text/event-stream' };
      // Not `stream`, which checks with the articles as they are.
      const response = await chat.post('/api/answers', { question: ferryQuestion }, { headers });
      const events: ReceivedEvent[] = [];
      for await (const event of receivedEvents(response)) {
        events.push(event);
        if (event.type !== 'sentence-verdict' || event.sentence.start !== 0) continue;
        const sent = editorOf(chat.url);
        await sent.done(await sent.remove('ferry-2023'));
        expect(await statusOf('/api/articles/ferry-2023', chat)).toBe(404);
        gate.open();
      }
      const answer = endOf(events);
      expect(answer.receipt.indexGeneration).toBe(before.id);
      expect((await chat.assistant.generation()).id).not.toBe(before.id);
      expect(quotations(answer)).toContain('10 April 2023');
      // The version that it quotes is kept with it; the other articles are still there.
      await checkAnswer(answer, (id) => {
        const version = answer.receipt.articleVersions[id];
        return chat.get(`/api/articles/${id}?version=${version}`, articleSchema);
      });
    } finally {
      await chat.close();
      await model.close();
    }
  });
});

/** An answer with an ETag, or 304 for whoever has it. */
function tagged(body: string, type: string, seen: number[]): SiteAnswer {
  return (request, response) => {
    const isKnown = request.headers['if-none-match'] === '"one"';
    seen.push(isKnown ? 304 : 200);
    if (isKnown) response.writeHead(304, { etag: '"one"' }).end();
    else response.writeHead(200, { 'content-type': type, etag: '"one"' }).end(body);
  };
}

describe('what is typed in, or fetched from the web', () => {
  it('is an article as soon as its job is done: typed in', async () => {
    const result = await editor.done(
      await editor.add({
        title: 'Trạm y tế xã Bãi Cát có bác sĩ mới',
        text: 'Trạm y tế xã Bãi Cát có 6 giường bệnh. Bác sĩ Hồ Văn Mẫn nhận công tác tại trạm y tế xã Bãi Cát ngày 3 tháng 6 năm 2024.',
        publishedAt: '2024-06-05',
        publisher: 'Báo Bãi Cát',
      }),
    );
    expect(result.failed).toEqual([]);
    const answer = await footnote.askAndCheck({ question: 'Trạm y tế xã Bãi Cát có bao nhiêu giường bệnh?' });
    expect(answer.citations[0]).toMatchObject({
      quote: 'Trạm y tế xã Bãi Cát có 6 giường bệnh.',
      publisher: 'Báo Bãi Cát',
      publishedAt: '2024-06-05',
    });
  });

  it('is an article as soon as its job is done: a page of a host that the operator allows', async () => {
    const text =
      'The planetarium of Alder Ridge has a dome of 21 metres. It was opened by the astronomer Ruth Calloway.';
    const head = '<meta property="og:title" content="Alder Ridge has a planetarium">';
    const seen: number[] = [];
    site.answers.set('/planetarium', tagged(htmlPage(text, head), 'text/html', seen));
    const url = `${site.origin}/planetarium`;
    const { added, failed } = await editor.done(await editor.add({ url }));
    expect(failed).toEqual([]);
    const answer = await footnote.askAndCheck({
      question: 'How wide is the dome of the planetarium of Alder Ridge?',
    });
    expect(quotations(answer)).toContain('a dome of 21 metres');
    expect(await footnote.get(`/api/articles/${added.join()}`, articleSchema)).toMatchObject({
      title: 'Alder Ridge has a planetarium',
      sourceUrl: url,
      found: { title: 'meta' },
    });
    const again = await editor.done(await editor.add({ url }));
    expect(again).toMatchObject({ added: [], changed: [], unchanged: added, failed: [] });
    expect(seen).toEqual([200, 304]);
    const refused = await editor.done(await editor.add({ url: `http://127.0.0.1:9/planetarium` }));
    expect(refused).toMatchObject({ added: [], failed: [{ reason: expect.stringContaining('not public') }] });
  });

  it('is taken from a feed, but for what robots.txt forbids, and not again where nothing is new', async () => {
    const villages = ['Amberly', 'Brackwater', 'Corrie'];
    const pages: number[] = [];
    for (const [index, village] of villages.entries()) {
      const text = `The village library of ${village} lends ${3_000 + index * 110} books. Its readers meet on Thursdays at the baker's.`;
      site.answers.set(`/news/${village}`, tagged(htmlPage(text), 'text/html', pages));
    }
    const items = villages.map(
      (village) =>
        `<item><title>The library of ${village}</title><link>${site.origin}/news/${village}</link><pubDate>Tue, 04 Jun 2024 08:00:00 GMT</pubDate></item>`,
    );
    const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Valley News</title><link>${site.origin}/</link>${items.join('')}</channel></rss>`;
    const feeds: number[] = [];
    site.answers.set('/feed.xml', tagged(rss, 'application/rss+xml', feeds));

    const feed = { url: `${site.origin}/feed.xml`, kind: 'feed' } as const;
    const first = await editor.done(await editor.add(feed));
    expect(first.added).toHaveLength(2);
    expect(first.failed).toEqual([
      { file: `${site.origin}/news/Corrie`, reason: expect.stringContaining('robots.txt') },
    ]);
    expect(site.asked).not.toContain('/news/Corrie');
    const answer = await footnote.askAndCheck({
      question: 'How many books does the village library of Brackwater lend?',
    });
    expect(quotations(answer)).toContain('lends 3110 books');
    expect(answer.citations[0]).toMatchObject({ publishedAt: '2024-06-04' });

    const again = await editor.done(await editor.add(feed));
    expect(again).toMatchObject({ added: [], changed: [], removed: [], generation: first.generation });
    expect(again.unchanged.toSorted()).toEqual(first.added.toSorted());
    // What the feed says of its pages tells that they are as they were.
    expect(feeds).toEqual([200, 200]);
    expect(pages).toEqual([200, 200]);
  });
});

const wire = `The tram depot of Gull Point has room for 48 trams. It was designed by the architect Mara Lindqvist, who also drew the town library. The roof of the depot collects rain, which washes the trams at night. The old depot near the harbour becomes a market hall. Traders may rent a stall there from the autumn on. The tram depot of Gull Point cost 12 million crowns, which the town borrowed.`;

describe('a wire story that is sent once and fetched once', () => {
  it('is cited once, and the other copy is named with it and in the article', async () => {
    site.answers.set(
      '/wire/depot',
      `<!doctype html><html lang="en"><head><title>Gull Point opens its tram depot</title>
<meta property="og:site_name" content="Harbour Weekly"><meta property="article:published_time" content="2024-03-04T08:00:00Z">
</head><body><article><h1>Gull Point opens its tram depot</h1><p>${wire}</p></article></body></html>`,
    );
    const sent = await editor.upload(
      { 'depot.txt': `Gull Point opens its tram depot\n\n${wire}\n` },
      { publisher: 'Bay Courier', publishedAt: '2024-03-01' },
    );
    const fetched = await editor.add({ url: `${site.origin}/wire/depot` });
    const [original] = (await editor.done(sent)).added;
    const [copy] = (await editor.done(fetched)).added;
    const answer = await footnote.askAndCheck({
      question: 'How many trams does the tram depot of Gull Point have room for?',
    });
    const cited = answer.citations.filter(({ quote }) => quote.includes('48 trams'));
    expect(cited).toMatchObject([
      {
        articleId: copy,
        publisher: 'Harbour Weekly',
        alsoIn: [{ articleId: original, publisher: 'Bay Courier', publishedAt: '2024-03-01' }],
      },
    ]);
    for (const id of [original, copy]) {
      expect(await footnote.get(`/api/articles/${id}`, articleSchema)).toMatchObject({
        copies: { leader: { id: copy }, others: [{ id: original }] },
      });
    }
  });
});

/** The files of the index folder with these words, but those of the answer store. */
async function indexFilesWith(words: string, dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const holding = await Promise.all(
    files.map(async (file) => ((await readFile(file)).includes(words) ? [file.slice(dir.length + 1)] : [])),
  );
  return holding.flat().filter((file) => !file.startsWith('answers'));
}

describe('an article that is deleted', () => {
  const question = 'How many lamps does the tunnel of Oxbow Heath have?';
  const secret = 'wired by Zanderholm and Sons';
  const text = `The tunnel of Oxbow Heath has 733 lamps. They were ${secret} in 2021.`;
  const indexDir = () => places('shared').INDEX_DIR;

  it('is found no more, while answers that cite it can be checked until it is purged', async () => {
    const { added } = await editor.done(await editor.add({ title: 'The tunnel of Oxbow Heath', text }));
    const id = added.join();
    const answer = await footnote.askAndCheck({ question });
    expect(quotations(answer)).toContain('733 lamps');
    expect(await indexFilesWith(secret, indexDir())).not.toEqual([]);

    expect(await editor.done(await editor.remove(id))).toMatchObject({ removed: [id], failed: [] });
    const { results } = searchSchema.parse(
      await (await footnote.post('/api/search', { query: question })).json(),
    );
    expect(results.map(({ articleId }) => articleId)).not.toContain(id);
    const { articles } = await footnote.get('/api/articles', articlesSchema);
    expect(articles.map((article) => article.id)).not.toContain(id);
    expect(await statusOf(`/api/articles/${id}`)).toBe(404);
    expect(quotations(await footnote.askAndCheck({ question }))).not.toContain('733 lamps');
    expect(await indexFilesWith(secret, indexDir())).toEqual([]);
    expect(await indexFilesWith('zanderholm', indexDir())).toEqual([]);
    const check = await footnote.post(`/api/answers/${answer.id}/verify`, {});
    expect(await check.json()).toMatchObject({ holds: true, hash: 'ok' });
    expect(await footnote.get(`/api/answers/${answer.id}`, answerSchema)).toEqual(answer);

    await editor.done(await editor.remove(id, { purge: true }));
    expect(await statusOf(`/api/answers/${answer.id}`)).toBe(404);
    const dir = indexDir();
    const left = await readdir(dir);
    for (const file of left.filter((name) => name.startsWith('answers'))) {
      const bytes = await readFile(join(dir, file));
      expect([file, bytes.includes('733 lamps')]).toEqual([file, false]);
    }
  });

  it('comes back when it is restored: of a file of the operator, of one that was sent, of a page', async () => {
    const cabins = 'The cable car of Pike Summit has 9 cabins. It was drawn by the engineer Otto Brandl.';
    site.answers.set('/cable-car', htmlPage(cabins));
    const page = await editor.done(await editor.add({ url: `${site.origin}/cable-car` }));
    const sent = await editor.done(
      await editor.upload({
        'kiosk.txt': 'The kiosk of Fern Quay\n\nThe kiosk of Fern Quay sells 34 kinds of toffee.\n',
      }),
    );
    const ids = ['lighthouse', ...page.added, ...sent.added];
    expect(ids).toHaveLength(3);
    for (const id of ids) {
      expect(await editor.done(await editor.remove(id))).toMatchObject({ removed: [id], failed: [] });
    }
    expect(await Promise.all(ids.map((id) => statusOf(`/api/articles/${id}`)))).toEqual([404, 404, 404]);
    const asked = site.asked.length;
    for (const id of ids) {
      expect(await editor.done(await editor.restore(id))).toMatchObject({ added: [id], failed: [] });
    }
    expect(site.asked).toHaveLength(asked);
    const built = await footnote.askAndCheck({
      question: 'When was the lighthouse of Lantern Island built?',
    });
    expect(quotations(built)).toContain('built in 1904');
    const sold = await footnote.askAndCheck({ question: 'How many kinds of toffee does the kiosk sell?' });
    expect(quotations(sold)).toContain('34 kinds of toffee');
  });
});

describe('a file that cannot be read', () => {
  it('is reported with the reason, and what was there of its name stays', async () => {
    const scan = makePdf({ pages: [[], []] });
    const files = { 'scan.pdf': scan, 'bomb.docx': zipBomb('docx', 1_000_000_000), 'weir.pdf': scan };
    const { added, changed, failed } = await editor.done(await editor.upload(files));
    expect([added, changed]).toEqual([[], []]);
    const reasons = new Map(failed.map(({ file, reason }) => [file, reason]));
    expect(reasons.get('added/scan.pdf')).toMatch(/no text|scan/iu);
    expect(reasons.get('added/bomb.docx')).toMatch(/^The file is refused: /u);
    expect(reasons.get('added/weir.pdf')).toMatch(/The earlier file of this name stays as it is\.$/u);
    const answer = await footnote.askAndCheck({ question: 'How many pumps does the new weir have?' });
    expect(quotations(answer)).toContain('19 pumps');
  });

  it('does not keep the server from answering while it is read', async () => {
    const slow = await serve('slow', { PARSE_TIMEOUT_MS: '3000', PARSE_MEMORY_MB: '2000' });
    try {
      const sender = editorOf(slow.url);
      await slow.askAndCheck({ question: ferryQuestion });
      const job = await sender.upload({ 'bomb.pdf': hostilePdfs.deflateBomb() });
      await expect.poll(async () => (await sender.job(job.id)).state).toBe('running');
      const answer = await slow.askAndCheck({ question: ferryQuestion });
      expect(quotations(answer)).toContain('240 passengers');
      expect((await sender.job(job.id)).state).toBe('running');
      const { failed } = await sender.done(job);
      expect(failed).toMatchObject([{ file: 'added/bomb.pdf', reason: expect.stringContaining('seconds') }]);
    } finally {
      await slow.close();
    }
  });
});

describe.concurrent('the server as it is started', { timeout: 60_000 }, () => {
  /** Starts the server over a corpus of one article, or what it has become. */
  async function start(
    name: string,
    onTestFinished: TestContext['onTestFinished'],
    env: Readonly<Record<string, string>> = {},
  ) {
    const command = startCommand('serve', ['--port', '0'], {
      cwd: folder.path,
      env: { ...places(name), RATE_LIMIT: 'off', ...env },
    });
    const kill = async () => {
      command.signal('SIGKILL');
      await command.finished;
    };
    onTestFinished(kill);
    const [, url = ''] = await command.printed(/Footnote answers on (http:\S+)\n/u);
    const ask = async (question: string) => {
      const response = await fetch(`${url}/api/answers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ question }),
      });
      return quotations(answerSchema.parse(await response.json()));
    };
    return { editor: editorOf(url), ask, kill };
  }

  it('does after a crash what it had accepted before', async ({ onTestFinished }) => {
    const { CORPUS_DIR } = places('crash');
    await writeFiles(CORPUS_DIR, { 'lighthouse.md': bayArticles['lighthouse.md'] });
    const first = await start('crash', onTestFinished);
    const jobs = [
      await first.editor.upload({ 'weir.pdf': weirPdf(23) }),
      await first.editor.remove('lighthouse'),
    ];
    await first.kill();
    expect(await readdir(join(CORPUS_DIR, 'added', '.incoming'))).toHaveLength(2);

    const second = await start('crash', onTestFinished);
    const [sent, removed] = await Promise.all(jobs.map((job) => second.editor.done(job)));
    expect(sent).toMatchObject({ added: [expect.stringContaining('weir')], failed: [] });
    expect(removed).toMatchObject({ removed: ['lighthouse'] });
    expect(await second.ask('How many pumps does the new weir have?')).toContain('23 pumps');
    expect(await readdir(join(CORPUS_DIR, 'added', '.incoming'))).toEqual([]);
  });

  it('follows its folder and its sources on the web', async ({ onTestFinished }) => {
    const text =
      'The observatory of Fenwick Moor owns 14 telescopes. Its director is the astronomer Ana Bell.';
    site.answers.set('/followed/page', htmlPage(text));
    const link = `${site.origin}/followed/page`;
    site.answers.set(
      '/followed.xml',
      answering(
        `<rss version="2.0"><channel><title>Moor</title><item><title>An observatory</title><link>${link}</link></item></channel></rss>`,
        { 'content-type': 'application/rss+xml' },
      ),
    );
    const { CORPUS_DIR } = places('followed');
    await writeFiles(CORPUS_DIR, {
      'lighthouse.md': bayArticles['lighthouse.md'],
      'sources.yml': `- feed: ${site.origin}/followed.xml\n  every: 1m\n  publisher: Moor News\n`,
    });
    const { ask } = await start('followed', onTestFinished, {
      FOLLOW: 'true',
      REFRESH_MINUTES: '1',
      FETCH_ALLOWED_HOSTS: site.host,
      FETCH_DELAY_MS: '0',
    });
    const soon = { timeout: 10_000, interval: 500 };
    const observatory = () => ask('How many telescopes does the observatory of Fenwick Moor own?');
    await expect.poll(observatory, soon).toContain('14 telescopes');
    await writeFiles(CORPUS_DIR, { 'market.txt': bayArticles['market.txt'] });
    const market = () => ask('How many stalls does the Saturday market of Osprey Bay have?');
    await expect.poll(market, soon).toContain('62 stalls');
  });
});
