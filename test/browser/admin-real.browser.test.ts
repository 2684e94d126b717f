import { Buffer } from 'node:buffer';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { makeDocx, wordParagraph } from '../support/make-docx.ts';
import { makePdf } from '../support/make-pdf.ts';

let browser: Browser;
let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  [browser, folder] = await Promise.all([launchBrowser(), createFolder()]);
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, bayArticles);
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await browser.close();
  await footnote.close();
  await folder.remove();
});

const title = 'Trung tâm Một cửa xã Đồng Sậy đổi giờ làm việc';
const notice = makeDocx({
  body: [
    wordParagraph(title, { style: 'Heading1' }),
    wordParagraph('(Ngày 12/06/2024)'),
    wordParagraph(
      'Trung tâm Một cửa xã Đồng Sậy mở cửa lúc 7 giờ 30 từ thứ Hai đến thứ Bảy. Người dân nộp hồ sơ tại quầy số 4.',
    ),
  ].join(''),
});
const page = `<!doctype html><html lang="en"><head><title>Permits for the beach of Osprey Bay</title></head>
<body><nav><a href="/">Home</a></nav><article><h1>Permits for the beach of Osprey Bay</h1>
<p>A permit for a stall on the beach of Osprey Bay costs 45 euros a year. The harbour office issues 30 of them every spring.</p>
</article><footer>All rights reserved</footer></body></html>`;

const file = (name: string, content: Uint8Array | string) => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(content),
});
const job = (opened: Page, text: string) => opened.locator('#jobs > li', { hasText: text });

async function answerTo(question: string): Promise<string> {
  return (await footnote.askAndCheck({ question })).text;
}

describe('the admin page of a real server', () => {
  it('takes files in, shows what was made of them, and deletes', async () => {
    const { page: opened, complaints } = await openPage(browser, `${footnote.url}/admin`, {
      viewport: { width: 1200, height: 900 },
    });
    await opened
      .locator('#files')
      .setInputFiles([
        file('Thông báo.docx', notice),
        file('permits.html', page),
        file('scan.pdf', makePdf({ pages: [[]] })),
      ]);
    await job(opened, 'Thông báo.docx').getByText('2 added').waitFor();
    expect(await job(opened, 'Thông báo.docx').textContent()).toContain('added/scan.pdf: ');
    await opened.locator('#sources h3', { hasText: title }).waitFor();
    expect(await answerTo('Người dân nộp hồ sơ tại quầy số mấy?')).toContain('quầy số 4');
    expect(await answerTo('What does a permit for a stall on the beach cost?')).toContain('45 euros');
    await screenshot(opened, 'admin-real-added');

    await opened.getByRole('button', { name: 'Compare with the original: Permits' }).click();
    const original = opened.frameLocator('#original iframe');
    await original.getByText('All rights reserved').waitFor();
    const extracted = await opened.locator('#extracted').textContent();
    expect(extracted).toContain('A permit for a stall on the beach of Osprey Bay costs 45 euros a year.');
    expect(extracted).not.toContain('All rights reserved');
    await screenshot(opened, 'admin-real-beside');
    expect(await accessibilityViolations(opened)).toEqual([]);
    await opened.keyboard.press('Escape');
    await opened.getByRole('button', { name: `Compare with the original: ${title}` }).click();
    await opened.locator('#extracted').getByText('12 June 2024').waitFor();
    await screenshot(opened, 'admin-real-beside-docx');
    await opened.keyboard.press('Escape');

    await opened.getByRole('button', { name: 'Delete: Permits' }).click();
    await screenshot(opened, 'admin-real-deletion');
    await opened.locator('#deletion').getByRole('button', { name: 'Delete' }).click();
    await opened.locator('#sources h3', { hasText: 'Permits' }).waitFor({ state: 'detached' });
    await opened.getByRole('button', { name: 'Restore: Permits' }).waitFor();
    expect(await answerTo('What does a permit for a stall on the beach cost?')).not.toContain('45 euros');
    await opened.setViewportSize({ width: 390, height: 844 });
    await screenshot(opened, 'admin-real-phone');
    expect(complaints).toEqual([]);
  });

  it('withdraws a file of the operator, and restores it', async () => {
    const { page: opened, complaints } = await openPage(browser, `${footnote.url}/admin?lang=vi`);
    await opened.getByRole('button', { name: 'Xóa: Chợ đêm' }).click();
    await opened.locator('#deletion').getByRole('button', { name: 'Xóa' }).click();
    await opened.locator('#withdrawn-section').getByText('Chợ đêm Mũi Sếu').waitFor();
    expect(await answerTo('Chợ đêm Mũi Sếu có bao nhiêu gian hàng?')).not.toContain('85');
    await screenshot(opened, 'admin-real-withdrawn');
    const restore = opened.getByRole('button', { name: 'Khôi phục: Chợ đêm' });
    await restore.click();
    await restore.waitFor({ state: 'detached' });
    await expect.poll(() => answerTo('Chợ đêm Mũi Sếu có bao nhiêu gian hàng?')).toContain('85');
    expect(complaints).toEqual([]);
  });
});
