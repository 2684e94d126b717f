import { Buffer } from 'node:buffer';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import type { Article } from '../../src/domain/article.ts';
import { bearer, keyStore } from '../http/support/keys.ts';
import { serve, type ServeOptions } from '../http/support/serve.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { createFolder } from '../support/folders.ts';
import { createMemoryIngestAdmin } from '../support/memory-ingest-admin.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const longTitle =
  'Nghị quyết về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trên địa bàn tỉnh giai đoạn 2026–2030';

const article: Article = {
  id: 'ferry',
  version: 'a'.repeat(64),
  title: 'The ferry sails again',
  language: 'en',
  publishedAt: '2024-05-06',
  publisher: 'Bay Courier',
  author: 'M. Tran',
  text: `The ferry sails again\n\n${'It carries 300 passengers to Lantern Island every hour. '.repeat(60)}`,
  headings: [],
  found: { title: 'json-ld', publishedAt: 'dateline', language: 'page-language', author: 'byline' },
};

const page = `<!doctype html><meta charset="utf-8"><title>Ferry</title><style>h1 { color: teal }</style>
<h1>The ferry sails again</h1><p>It carries 300 passengers.</p>
<script>document.body.textContent = 'A script of the original ran.'</script><img src="/healthz?image">`;

const pdf = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length 41>>stream
BT /F1 20 Tf 20 100 Td (Ferry sails) Tj ET
endstream endobj
trailer<</Root 1 0 R>>
%%EOF`;

/** The page with some sources, as it is shown to whoever looks after them. */
async function serveAdmin(options: ServeOptions & { isHeld?: boolean; isEmpty?: boolean } = {}) {
  const { isHeld = false, isEmpty = false, ...rest } = options;
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const admin = createMemoryIngestAdmin({ isHeld });
  if (!isEmpty) {
    const { id, title, language, publishedAt = '', found = {} } = article;
    const base = { bytes: 2_345, failures: [], withdrawn: false, articles: [] };
    admin.keepArticle(article);
    admin.keep(
      {
        ...base,
        path: 'added/web/bay.example/ferry-1a2b3c4d.html',
        address: 'https://bay.example/2024/05/ferry-sails-again.html',
        articles: [{ id, title, language, publishedAt, found }],
      },
      page,
      'text/html',
    );
    admin.keep(
      {
        ...base,
        path: 'damaged/report.pdf',
        failures: ['The file is cut off: it has no end. Add it again.'],
      },
      '%PDF-1.7',
      'application/octet-stream',
    );
    for (let n = 0; n < 30; n += 1) {
      const path = `news/${String(n).padStart(2, '0')}.md`;
      const entry = { id: `news-${n}`, title: n % 2 === 0 ? longTitle : 'A note', language: 'vi' } as const;
      admin.keep({ ...base, path, articles: [entry] }, `# ${longTitle}`, 'text/markdown');
      admin.keepArticle({ ...article, ...entry });
    }
  }
  const uploads = { dir: `${folder.path}/uploads`, maxFileBytes: 5_000, maxBytes: 2_000_000 };
  const script = { article: (id: string) => admin.article(id) };
  const served = await serve({ ingestAdmin: admin, uploads, script, ...rest });
  return { ...served, admin };
}

const file = (name: string, content: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
});
const job = (opened: Page, text: string) => opened.locator('#jobs > li', { hasText: text });

describe('the admin page', () => {
  it('takes files that are chosen, shows how the job goes on, and what came of it', async () => {
    const { url, admin } = await serveAdmin({ isHeld: true });
    const { page: opened, complaints } = await openPage(browser, `${url}/admin`);
    await opened
      .locator('#files')
      .setInputFiles([
        file('harbour.md', 'The harbour is full.'),
        file('empty.md', ''),
        file('large.md', 'x'.repeat(6_000)),
      ]);
    await job(opened, 'harbour.md').locator('progress').waitFor();
    expect(await opened.locator('#failure').textContent()).toContain('large.md is larger than 5 kB');
    await screenshot(opened, 'admin-running');
    admin.release();
    await job(opened, 'done').waitFor();
    expect(await job(opened, 'harbour.md').textContent()).toContain('1 added, 1 could not be read');
    expect(await job(opened, 'harbour.md').textContent()).toContain('added/empty.md: The file is empty.');
    await expect.poll(() => opened.locator('#announcement').textContent()).toContain('done');
    await opened.locator('#sources h3', { hasText: 'The harbour is full.' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('takes files that are dropped, an address, and a text', async () => {
    const { url, admin } = await serveAdmin();
    const { page: opened, complaints } = await openPage(browser, `${url}/admin`);
    await opened.locator('#jobs li').first().waitFor();
    const data = await opened.evaluateHandle(
      "(() => { const t = new DataTransfer(); t.items.add(new File(['Dropped.'], 'dropped.md')); return t; })()",
    );
    await opened.dispatchEvent('#drop', 'drop', { dataTransfer: data });
    await job(opened, 'dropped.md').waitFor();
    await opened.getByLabel('Address on the web').fill('https://bay.example/feed.xml');
    await opened.getByLabel('What is there').selectOption('feed');
    await opened.getByRole('button', { name: 'Fetch' }).click();
    await job(opened, 'There is no network here.').waitFor();
    await opened.getByText('Paste a text').click();
    await opened.getByLabel('Title', { exact: true }).fill('Phà điện');
    await opened.getByLabel('Text', { exact: true }).fill('Phà điện chạy lại.');
    await opened.getByLabel('Published').fill('2024-05-06');
    await opened.getByLabel('Language').selectOption('vi');
    await opened.getByRole('button', { name: 'Add this text' }).click();
    await job(opened, 'Phà điện').waitFor();
    expect(admin.additions).toMatchObject([
      { files: [{ name: 'dropped.md' }] },
      { url: 'https://bay.example/feed.xml', kind: 'feed' },
      { article: { title: 'Phà điện', publishedAt: '2024-05-06', language: 'vi' } },
    ]);
    expect(complaints).toEqual([]);
  });

  it('shows what was extracted beside the original, in which nothing runs', async () => {
    const { url } = await serveAdmin();
    const asked: string[] = [];
    const { page: opened } = await openPage(browser, `${url}/admin`);
    opened.on('request', (request) => asked.push(request.url()));
    const compare = opened.getByRole('button', { name: 'Compare with the original: The ferry' });
    await compare.click();
    await opened.frameLocator('#original iframe').getByText('It carries 300 passengers.').waitFor();
    const extracted = await opened.locator('#extracted').textContent();
    expect(extracted).toContain('The ferry sails again from JSON-LD');
    expect(extracted).toContain('6 May 2024 from the dateline');
    expect(await opened.locator('#original iframe').getAttribute('sandbox')).toBe('');
    expect(await opened.frameLocator('#original iframe').getByText('A script of').count()).toBe(0);
    expect(asked.filter((address) => address.includes('image'))).toEqual([]);
    expect(await opened.getByText('Save the original').getAttribute('download')).toBe('ferry-1a2b3c4d.html');
    await screenshot(opened, 'admin-beside');
    await opened.keyboard.press('Escape');
    expect(await compare.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('shows other originals as text or in the viewer for PDF, and offers to save what browsers cannot show', async () => {
    const { url, admin } = await serveAdmin({ isEmpty: true });
    const base = { bytes: 10, articles: [], failures: ['No.'], withdrawn: false };
    admin.keep({ ...base, path: 'a.md' }, '# <b>Marked</b> down', 'text/markdown; charset=utf-8');
    admin.keep({ ...base, path: 'b.pdf' }, pdf, 'application/pdf');
    admin.keep(
      { ...base, path: 'c.docx' },
      'PK',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
    const { page: opened, complaints } = await openPage(browser, `${url}/admin`);
    const compare = async (path: string) => {
      await opened.getByRole('button', { name: `Compare with the original: ${path}` }).click();
      await opened.locator('#save').waitFor();
      expect(await opened.locator('#extracted').textContent()).toBe('Nothing could be extracted.');
    };
    await compare('a.md');
    expect(await opened.locator('#original pre').textContent()).toBe('# <b>Marked</b> down');
    await opened.getByRole('button', { name: 'Close' }).click();
    await compare('b.pdf');
    const isShown = await opened.evaluate('navigator.pdfViewerEnabled');
    expect(await opened.locator('#original iframe').count()).toBe(isShown === true ? 1 : 0);
    await screenshot(opened, 'admin-pdf');
    await opened.getByRole('button', { name: 'Close' }).click();
    await compare('c.docx');
    await opened.getByText('Browsers cannot show this kind of file').waitFor();
    const downloading = opened.waitForEvent('download');
    await opened.getByText('Save the original').click();
    expect((await downloading).suggestedFilename()).toBe('c.docx');
    expect(complaints).toEqual([]);
  });

  it('finds sources, shows more of them, and only those with failures', async () => {
    const { url } = await serveAdmin();
    const { page: opened, complaints } = await openPage(browser, `${url}/admin`);
    await opened.locator('#count', { hasText: '25 of 32' }).waitFor();
    await opened.getByRole('button', { name: 'Show more' }).click();
    await opened.locator('#count', { hasText: '32 of 32' }).waitFor();
    expect(await opened.locator('#sources > li').count()).toBe(32);
    await opened.locator('#sources > li').nth(25).locator('button:focus').waitFor();
    await opened.getByLabel('Show').selectOption('failed');
    await opened.getByRole('button', { name: 'Apply' }).click();
    await opened.locator('#count', { hasText: '1 of 1' }).waitFor();
    expect(await opened.locator('#sources').textContent()).toContain('The file is cut off');
    await opened.getByLabel('Show').selectOption('');
    await opened.getByLabel('Find in paths and titles').fill('FERRY');
    await opened.keyboard.press('Enter');
    await opened.locator('#count', { hasText: '1 of 1' }).waitFor();
    await opened.locator('#sources h3', { hasText: 'The ferry sails again' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks before it deletes, restores, and re-indexes', async () => {
    const { url, admin } = await serveAdmin();
    const { page: opened, complaints } = await openPage(browser, `${url}/admin`);
    const deletion = opened.getByRole('button', { name: 'Delete: The ferry' });
    await deletion.click();
    await opened.keyboard.press('Enter');
    expect(await opened.locator('#deletion').isVisible()).toBe(false);
    expect(await admin.jobs()).toEqual([]);
    await deletion.click();
    await screenshot(opened, 'admin-deletion');
    await opened.locator('#deletion').getByRole('button', { name: 'Delete' }).click();
    const restore = opened.getByRole('button', { name: 'Restore: The ferry' });
    await restore.click();
    await job(opened, 'Restore').waitFor();
    await opened.locator('#withdrawn-section').waitFor({ state: 'hidden' });
    await opened.getByRole('button', { name: 'Delete: A note' }).first().click();
    await opened.getByText('Also remove its file').click();
    await opened.locator('#deletion').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => admin.purged).toEqual(['news-1']);
    await opened.getByRole('button', { name: 'Re-index' }).click();
    await job(opened, 'nothing has changed').waitFor();
    expect(complaints).toEqual([]);
  });

  it('asks for a key where one is needed, and keeps it for the tab alone', async () => {
    const keys = await keyStore();
    const access = { keys, required: true, widgetPublic: true };
    const { url } = await serveAdmin({ access });
    const [reader, admin] = [await bearer(keys, 'read'), await bearer(keys, 'admin')];
    const token = (headers: Record<string, string>) => headers['authorization']?.replace('Bearer ', '') ?? '';
    const { page: opened } = await openPage(browser, `${url}/admin`);
    await opened.locator('#key-value:focus').waitFor();
    await screenshot(opened, 'admin-key');
    await opened.keyboard.type(token(reader));
    await opened.keyboard.press('Enter');
    await opened.getByText('That key cannot be used').waitFor();
    await opened.keyboard.type(token(admin));
    await opened.keyboard.press('Enter');
    await opened.locator('#count', { hasText: '25 of 32' }).waitFor();
    await opened.reload();
    await opened.locator('#count', { hasText: '25 of 32' }).waitFor();
    await opened.getByRole('button', { name: 'Re-index' }).click();
    await job(opened, 'nothing has changed').waitFor();
    expect(opened.url()).toBe(`${url}/admin`);
    expect(await opened.context().cookies()).toEqual([]);
    expect(await opened.evaluate('localStorage.length')).toBe(0);
  });

  it('works below a prefix, in Vietnamese, and says what it needs without JavaScript', async () => {
    const { url } = await serveAdmin({ proxy: { trusted: false, basePath: '/footnote' } });
    const { page: opened, complaints } = await openPage(browser, `${url}/footnote/admin?lang=vi`);
    await opened.getByText('25/32').waitFor();
    expect(await opened.locator('h1').textContent()).toBe('Quản lý bài viết');
    await opened.getByRole('button', { name: 'Lập lại chỉ mục' }).click();
    await job(opened, 'không có gì thay đổi').waitFor();
    expect(complaints).toEqual([]);
    const plain = await openPage(browser, `${url}/admin`, { javaScriptEnabled: false });
    await screenshot(plain.page, 'admin-no-script');
    expect(await plain.page.locator('noscript .notice').isVisible()).toBe(true);
    expect(await plain.page.locator('#admin').isVisible()).toBe(false);
  });
});

interface State {
  readonly options?: Parameters<typeof serveAdmin>[0];
  readonly query?: string;
  readonly reach?: (opened: Page) => Promise<void>;
}

const states: Readonly<Record<string, State>> = {
  full: {
    query: '?lang=vi',
    async reach(opened) {
      await opened
        .locator('#files')
        .setInputFiles([file('harbour.md', 'The harbour is full.'), file('empty.md', '')]);
      await job(opened, 'xong').waitFor();
      await opened.locator('details summary').click();
    },
  },
  empty: { options: { isEmpty: true } },
  beside: {
    async reach(opened) {
      await opened.getByRole('button', { name: /^Compare.*The ferry/u }).click();
      await opened.frameLocator('#original iframe').getByText('It carries').waitFor();
    },
  },
  deletion: {
    async reach(opened) {
      await opened.getByRole('button', { name: /^Delete: The ferry/u }).click();
    },
  },
};

const looks = {
  light: { colorScheme: 'light', viewport: { width: 1200, height: 850 } },
  dark: { colorScheme: 'dark', viewport: { width: 1200, height: 850 } },
  phone: { colorScheme: 'light', viewport: { width: 390, height: 800 } },
  small: { colorScheme: 'dark', viewport: { width: 320, height: 640 } },
} as const;

/** Controls that a finger hardly hits. */
const smallTargets = `
  Array.from(document.querySelectorAll('main a, main button, main input:not(.unseen), main select, main summary, main textarea'))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 23.9))
    .map(([element]) => element.outerHTML)`;

const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('each state of the admin page', () => {
  it.each(Object.entries(states))('has no barrier, light, dark or small: %s', async (name, state) => {
    const { options, query = '', reach } = state;
    const { url } = await serveAdmin(options);
    const { page: opened } = await openPage(browser, `${url}/admin${query}`);
    await opened.locator('#disk dd').first().waitFor();
    await reach?.(opened);
    for (const [look, { colorScheme, viewport }] of Object.entries(looks)) {
      await opened.emulateMedia({ colorScheme });
      await opened.setViewportSize(viewport);
      expect(await accessibilityViolations(opened)).toEqual([]);
      expect(await opened.evaluate(overflow)).toBe(0);
      expect(await opened.evaluate(smallTargets)).toEqual([]);
      await screenshot(opened, `admin-${name}-${look}`);
    }
  });
});
