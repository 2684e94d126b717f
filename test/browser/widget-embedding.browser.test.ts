import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { serve } from '../http/support/serve.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { answering } from './support/answers.ts';
import { hostDocument, hostileStyles, serveHostPage } from './support/host-page.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const quote = 'The fair drew 5,400 visitors over three days.';

/** A site and a server that lets its pages ask. */
async function serveBoth(isAllowed = true) {
  const host = await serveHostPage();
  const served = await serve({ script: answering(), allowedOrigins: isAllowed ? [host.origin] : [] });
  const script = `<script type="module" src="${served.url}/widget.js"></script>`;
  return { ...served, host, script };
}

async function askIn(page: Page, id: string, question: string): Promise<void> {
  const chat = page.locator(id);
  await chat.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
  await chat.locator('.actions').last().waitFor();
}

describe('the chat element on a page of another site', () => {
  it('works with one line under a strict policy', async () => {
    const { url, host, script, assistant } = await serveBoth();
    host.show({
      html: hostDocument(`${script}<footnote-chat></footnote-chat>`),
      policy: `default-src 'none'; script-src ${url}; connect-src ${url}; base-uri 'none'; trusted-types 'none'; require-trusted-types-for 'script'`,
    });
    const { page, complaints } = await openPage(browser, host.origin);
    await page.getByRole('button', { name: 'How many visitors came to the fair?' }).click();
    await page.locator('.actions').waitFor();
    await page.locator('.reply .marker').first().hover();
    await page.getByRole('tooltip').waitFor();
    await page.locator('.reply .marker').first().click();
    expect(await page.locator('mark').innerText()).toBe(quote);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Good answer' }).click();
    await expect.poll(() => assistant.calls.some(({ method }) => method === 'addFeedback')).toBe(true);
    expect(
      await page
        .locator('.chat')
        .evaluate(
          'getComputedStyle(document.querySelector("footnote-chat").shadowRoot.querySelector(".field button")).backgroundColor',
        ),
    ).toBe('rgb(20, 89, 79)');
    // The browser asks every site for its icon, which this policy forbids.
    expect(complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([]);
    await screenshot(page, 'widget-embedded-light');
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('says that the server cannot be reached where the site may not use it', async () => {
    const { host, script } = await serveBoth(false);
    host.show({ html: hostDocument(`${script}<footnote-chat suggestions="none"></footnote-chat>`) });
    const { page } = await openPage(browser, host.origin);
    await page.getByLabel('Your question').fill('Anybody there?');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
  });

  it('looks the same whatever the styles of the page are, and leaves the page alone', async () => {
    const { host, script } = await serveBoth();
    const looks: unknown[] = [];
    for (const head of ['', hostileStyles]) {
      host.show({ html: hostDocument(`${script}<footnote-chat lang="en"></footnote-chat>`, head) });
      const { page } = await openPage(browser, host.origin);
      const before = await page.evaluate('getComputedStyle(document.querySelector("h1")).color');
      await askIn(page, 'footnote-chat', 'How many came?');
      await page.locator('.reply .marker').first().click();
      await page.locator('mark').waitFor();
      expect(await page.evaluate('getComputedStyle(document.querySelector("h1")).color')).toBe(before);
      if (head !== '') await screenshot(page, 'widget-hostile-styles');
      looks.push(
        await page.evaluate(`(() => {
          const root = document.querySelector('footnote-chat').shadowRoot;
          const names = ['.root', '.question', '.sentence', '.marker', '.field button', 'textarea', 'mark', '.source h3', '.actions button'];
          const properties = ['color', 'backgroundColor', 'fontFamily', 'fontSize', 'lineHeight', 'display', 'direction', 'textTransform', 'letterSpacing', 'visibility', 'borderTopWidth'];
          return names.map((name) => {
            const style = getComputedStyle(root.querySelector(name));
            return [name, ...properties.map((property) => style[property])].join(' | ');
          });
        })()`),
      );
    }
    expect(looks[1]).toEqual(looks[0]);
  });

  it('keeps two chats on one page apart', async () => {
    const first = await serveBoth();
    const second = await serve({ script: answering(), allowedOrigins: [first.host.origin] });
    first.host.show({
      html: hostDocument(
        `${first.script}<footnote-chat id="one"></footnote-chat><footnote-chat id="two" endpoint="${second.url}" heading="The other one" lang="vi" suggestions="Một?|Hai?"></footnote-chat>`,
      ),
    });
    const { page, complaints } = await openPage(browser, first.host.origin);
    expect(await page.locator('#two .suggestion').allInnerTexts()).toEqual(['Một?', 'Hai?']);
    await askIn(page, '#one', 'Only here?');
    expect(await page.locator('#two .exchange').count()).toBe(0);
    await page.locator('#two').getByRole('button', { name: 'Hai?' }).click();
    await page.locator('#two .actions').waitFor();
    const asked = ({ calls }: typeof second.assistant) =>
      calls.filter(({ method }) => method === 'answer').map(({ argument }) => argument);
    expect(asked(first.assistant)).toMatchObject([{ question: 'Only here?', history: [] }]);
    expect(asked(second.assistant)).toMatchObject([{ question: 'Hai?', history: [] }]);
    await page.reload();
    expect(await page.locator('#one .question').allInnerTexts()).toEqual(['Only here?']);
    expect(await page.locator('#two .question').allInnerTexts()).toEqual(['Hai?']);
    expect(await page.getByRole('heading', { name: 'The other one' }).isVisible()).toBe(true);
    expect(complaints.filter((complaint) => !complaint.includes('favicon'))).toEqual([]);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('floats: a launcher opens a window, Esc closes it and gives the focus back', async () => {
    const { host, script } = await serveBoth();
    host.show({ html: hostDocument(`${script}<footnote-chat placement="floating"></footnote-chat>`) });
    for (const width of [1200, 390]) {
      const { page } = await openPage(browser, host.origin, { viewport: { width, height: 760 } });
      const launcher = page.getByRole('button', { name: 'Ask the articles' });
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const chat = page.getByRole('dialog', { name: 'Ask the articles' });
      await chat.waitFor();
      await askIn(page, 'footnote-chat', 'How many came?');
      expect(await accessibilityViolations(page)).toEqual([]);
      await screenshot(page, `widget-floating-${width}`);
      await page.locator('.reply .marker').first().click();
      await page.locator('mark').waitFor();
      await screenshot(page, `widget-floating-source-${width}`);
      expect(await accessibilityViolations(page)).toEqual([]);
      // One Esc for each thing that is open.
      await page.keyboard.press('Escape');
      expect(await page.locator('mark').isVisible()).toBe(false);
      expect(await chat.isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await chat.isVisible()).toBe(false);
      expect(await launcher.evaluate((element) => element.matches(':focus'))).toBe(true);
    }
  });

  it('tells the page what happens, and lets it show sources itself', async () => {
    const { url, host, assistant } = await serveBoth();
    host.show({ html: hostDocument('<p id="told"></p>') });
    const { page } = await openPage(browser, host.origin);
    await page.evaluate(`(async () => {
      const module = await import('${url}/widget.module.js');
      window.wasDefined = customElements.get('footnote-chat') !== undefined;
      module.defineFootnoteChat();
      module.defineFootnoteChat();
      const chat = document.createElement('footnote-chat');
      chat.setAttribute('filters', '{"languages":["en"]}');
      chat.setAttribute('theme', 'dark');
      window.told = [];
      document.addEventListener('footnote-answer', ({ detail }) => told.push(detail.answer.id));
      document.addEventListener('footnote-citation', (event) => {
        event.preventDefault();
        told.push(event.detail.citation.n);
      });
      document.body.append(chat);
      chat.ask('How many came?');
    })()`);
    expect(await page.evaluate('window.wasDefined')).toBe(false);
    await page.locator('.actions').waitFor();
    await page.locator('.reply .marker').first().click();
    expect(await page.evaluate('window.told')).toEqual(['answer-1', 1]);
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(assistant.calls.find(({ method }) => method === 'answer')?.argument).toMatchObject({
      filters: { languages: ['en'] },
    });
    expect(
      await page.evaluate(
        'getComputedStyle(document.querySelector("footnote-chat").shadowRoot.querySelector(".frame")).backgroundColor',
      ),
    ).toBe('rgb(23, 25, 26)');
    await page.evaluate('document.querySelector("footnote-chat").setAttribute("lang", "vi")');
    await page.getByRole('button', { name: 'Cuộc trò chuyện mới' }).waitFor();
    expect(await page.locator('.question').innerText()).toBe('How many came?');
  });
});
