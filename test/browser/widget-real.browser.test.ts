import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';

const hostileArticle = `---
title: The kiosk of <b>Fern Quay</b>
publishedAt: 2024-03-02
---
The kiosk of Fern Quay sells 34 kinds of <script>document.title='owned'</script> toffee & <img src=x onerror=alert(1)> **fudge**. It opened in 1987.
`;

let browser: Browser;
let folder: TemporaryFolder;
let footnote: FootnoteServer;

beforeAll(async () => {
  browser = await launchBrowser();
  folder = await createFolder();
  const corpus = join(folder.path, 'corpus');
  await writeFiles(corpus, { ...bayArticles, 'kiosk.txt': hostileArticle });
  footnote = await serveFootnote({ CORPUS_DIR: corpus, INDEX_DIR: join(folder.path, 'index') });
  await footnote.assistant.ingest();
});

afterAll(async () => {
  await browser.close();
  await footnote.close();
  await folder.remove();
});

/** Asks, and returns the text of the reply. */
async function ask(page: Page, question: string): Promise<string> {
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  const exchange = page.locator('.exchange').filter({ has: page.getByRole('heading', { name: question }) });
  await exchange.locator('.actions').waitFor();
  return exchange.locator('.reply').innerText();
}

/** What is marked after a click on the last reply's first footnote. */
async function markedText(page: Page): Promise<string> {
  const marker = page.locator('.exchange').last().locator('.reply .marker').first();
  await marker.click();
  await page.locator('mark').waitFor();
  return page.locator('mark').innerText();
}

describe('the chat element with real articles', () => {
  it('answers in English, follows up, and marks the quoted words in their article', async () => {
    const { page, complaints } = await openPage(browser, footnote.url);
    expect(await ask(page, 'Who built the lighthouse of Lantern Island?')).toContain('Amos Pellow');
    expect(await markedText(page)).toBe(
      'The lighthouse of Lantern Island was built in 1904 by the engineer Amos Pellow.',
    );
    expect(await page.getByRole('dialog').innerText()).toContain('Bay Courier · 30 September 2022');
    await page.keyboard.press('Escape');
    expect(await ask(page, 'How long did its restoration take?')).toContain('14 months');
    expect(complaints).toEqual([]);
  });

  it('answers in Vietnamese', async () => {
    const { page, complaints } = await openPage(browser, `${footnote.url}/?lang=vi`);
    expect(await ask(page, 'Chợ đêm Mũi Sếu có bao nhiêu gian hàng?')).toContain('85 gian hàng');
    expect(await markedText(page)).toBe('Chợ đêm Mũi Sếu có 85 gian hàng bán hải sản và đồ thủ công.');
    expect(await page.getByRole('dialog').innerText()).toMatch(/Báo Mũi Sếu · .*tháng 2.*2024/u);
    expect(complaints).toEqual([]);
  });

  it('says so when the articles do not answer', async () => {
    const { page } = await openPage(browser, footnote.url);
    expect(await ask(page, 'What is the boiling point of tungsten?')).toContain('do not');
    expect(await page.locator('.sureness').count()).toBe(0);
  });

  it('keeps markup of an article text', async () => {
    const { page, complaints } = await openPage(browser, footnote.url);
    await ask(page, 'How many kinds does the kiosk of Fern Quay sell?');
    const marked = await markedText(page);
    expect(marked).toContain('34 kinds of');
    expect(marked).toContain('<img src=x onerror=alert(1)>');
    expect(await page.locator('footnote-chat :is(img, script, b)').count()).toBe(0);
    expect(await page.title()).toBe('Footnote');
    expect(complaints).toEqual([]);
  });

  it('takes what the reader thinks of an answer', async () => {
    const { page } = await openPage(browser, footnote.url);
    await ask(page, 'How many passengers does the electric ferry carry?');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor({ state: 'attached' });
    await page.reload();
    expect(await page.getByRole('button', { name: 'Good answer' }).getAttribute('aria-pressed')).toBe('true');
  });
});
