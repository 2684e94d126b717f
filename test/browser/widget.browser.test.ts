import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { eventsOf, sampleAnswer } from '../http/support/sample-answer.ts';
import { deferred } from '../http/support/scripted-assistant.ts';
import { serve } from '../http/support/serve.ts';
import { launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { createTcpProxy } from '../support/tcp-proxy.ts';
import { answering, firstSentenceThen } from './support/answers.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const question = 'How many came to the fair?';
const quote = 'The fair drew 5,400 visitors over three days.';

async function ask(page: Page, words = question): Promise<void> {
  await page.getByLabel('Your question').fill(words);
  await page.keyboard.press('Enter');
}

const finished = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'complete,' }).waitFor({ state: 'attached' });
const marker = (page: Page) =>
  page.locator('.reply').getByRole('button', { name: 'Footnote 1: The tide-mill fair, counted' }).first();
/** The name of the focused element, also inside of a shadow tree. */
const focused = (page: Page) =>
  page.evaluate(`(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  })()`);

describe('the chat element on the full page', () => {
  it('shows the answer, the verdict of each sentence and the articles that it comes from', async () => {
    const { url } = await serve({ script: answering() });
    const { page, complaints } = await openPage(browser, url);
    await ask(page);
    await finished(page);
    const paragraphs = await page.locator('.reply p').allInnerTexts();
    expect(paragraphs).toEqual([
      `${quote}1 Children paid nothing.21 partly supported`,
      'It will return next year. not verified',
    ]);
    expect(await page.locator('.sureness').innerText()).toBe(
      '1 of 3 sentences fully supported by their quotations',
    );
    expect(await page.locator('.sources li').first().innerText()).toMatch(
      /1\s*The tide-mill fair, counted\s*Harbour Gazette · 14 May 2024/u,
    );
    expect(complaints).toEqual([]);
  });

  it('streams: a sentence is readable, with its footnote, before the next one exists', async () => {
    const go = deferred<void>();
    const script = { ...answering(), answer: (asked: string) => firstSentenceThen(asked, () => go.promise) };
    const { url } = await serve({ script });
    const { page } = await openPage(browser, url);
    await ask(page);
    await marker(page).click();
    await page.locator('mark').waitFor();
    expect(await page.locator('.reply').innerText()).not.toContain('Children');
    expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
    go.resolve();
    await finished(page);
    expect(await page.locator('.sentence').count()).toBe(3);
    expect(await page.locator('mark').count()).toBe(1);
  });

  it('shows a quotation while its number is pointed at or focused, until Esc', async () => {
    const { url } = await serve({ script: answering() });
    const { page } = await openPage(browser, url);
    await ask(page);
    await finished(page);
    const popover = page.getByRole('tooltip');
    await marker(page).hover();
    await popover.waitFor();
    expect(await popover.innerText()).toMatch(
      /5,400 visitors[^]*tide-mill fair[^]*Harbour Gazette · 14 May 2024[^]*supported/u,
    );
    // The pointer can move onto it, and it stays.
    await popover.hover();
    await page.waitForTimeout(400);
    expect(await popover.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await popover.isVisible()).toBe(false);
    await page.mouse.move(5, 5);
    await page.getByLabel('Your question').focus();
    for (
      let step = 0;
      step < 20 && (await focused(page)) !== 'Footnote 1: The tide-mill fair, counted';
      step += 1
    ) {
      await page.keyboard.press('Shift+Tab');
    }
    await popover.waitFor();
    const box = await popover.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  });

  it('opens the article with exactly the quotation marked, and leads back', async () => {
    const { url } = await serve({ script: answering() });
    const { page, complaints } = await openPage(browser, url);
    await ask(page);
    await finished(page);
    await marker(page).click();
    const panel = page.getByRole('dialog', { name: 'The tide-mill fair, counted' });
    await panel.locator('mark').waitFor();
    expect(await panel.locator('mark').allInnerTexts()).toEqual([quote]);
    const [mark, room] = [await panel.locator('mark').boundingBox(), await panel.boundingBox()];
    expect(mark?.y).toBeGreaterThan(room?.y ?? Infinity);
    expect(mark?.y).toBeLessThan((room?.y ?? 0) + (room?.height ?? 0) - (mark?.height ?? 0));
    expect(await focused(page)).toBe('The tide-mill fair, counted');
    expect(await panel.getByText('by Ada Quill').isVisible()).toBe(true);
    const original = panel.getByRole('link', { name: 'Original page' });
    expect(await original.getAttribute('href')).toBe(
      'https://gazette.example/fair#:~:text=The%20fair%20drew',
    );
    expect(await original.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await panel.getByRole('link', { name: 'Reading room' }).getAttribute('href')).toBe(
      `${url}/articles/article-1`,
    );
    // Beside it, the chat can still be used.
    await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).first().click();
    await page.getByRole('dialog', { name: 'What the fair costs' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Footnote 2: What the fair costs');
    expect(complaints).toEqual([]);
  });

  it('says so when the article cannot be fetched or no longer holds the quotation', async () => {
    const changed = { ...answering(), article: undefined };
    const { url } = await serve({ script: { ...(changed.answer && { answer: changed.answer }) } });
    const { page } = await openPage(browser, url);
    await ask(page);
    await finished(page);
    await marker(page).click();
    await page.getByText('The article cannot be fetched at the moment.').waitFor();
    await page.route('**/api/articles/**', (route) =>
      route.fulfill({ json: { id: 'article-2', language: 'en', text: 'Something else.', headings: [] } }),
    );
    await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).first().click();
    await page.getByText('The quotation no longer stands in the article as it is now.').waitFor();
    expect(await page.getByText('Something else.').isVisible()).toBe(true);
  });

  it('works with the keyboard alone, from the question to the source and back', async () => {
    const { url, assistant } = await serve({ script: answering() });
    const { page } = await openPage(browser, url);
    expect(await focused(page)).toBe('Your question');
    await page.keyboard.press('Enter');
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line?');
    await page.keyboard.press('Enter');
    await finished(page);
    expect(
      assistant.calls.filter(({ method }) => method === 'answer').map(({ argument }) => argument),
    ).toMatchObject([{ question: 'First line\nsecond line?' }]);
    const names: unknown[] = [];
    for (let step = 0; step < 20 && !names.includes('Conversation'); step += 1) {
      await page.keyboard.press('Shift+Tab');
      names.push(await focused(page));
    }
    expect(names).toEqual(
      expect.arrayContaining([
        'Bad answer',
        'Good answer',
        'Copy as Markdown',
        'Copy',
        'Footnote 2: What the fair costs',
        'Conversation',
      ]),
    );
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Footnote 1: The tide-mill fair, counted');
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('mark').waitFor();
    expect(await focused(page)).toBe('The tide-mill fair, counted');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Footnote 1: The tide-mill fair, counted');
    expect(await page.getByRole('tooltip').isVisible()).toBe(false);
  });

  it('stops: the server hears of it, what was said stays, and the next question can be asked', async () => {
    const aborted = deferred<boolean>();
    async function* answer(asked: string, signal: AbortSignal) {
      if (!asked.startsWith('Slow')) return yield* eventsOf(sampleAnswer({ question: asked }));
      yield* firstSentenceThen(
        asked,
        () =>
          new Promise<never>(() => {
            signal.addEventListener('abort', () => aborted.resolve(true));
          }),
      );
    }
    const { url, assistant } = await serve({ script: { answer } });
    const { page, complaints } = await openPage(browser, url);
    await ask(page, 'Slow one?');
    await page.locator('.sentence').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await aborted.promise).toBe(true);
    expect(await page.locator('.notice').innerText()).toBe('Stopped. The answer is not complete.');
    expect(await page.locator('.sentence').count()).toBe(1);
    await ask(page, 'And quickly?');
    await finished(page);
    expect(assistant.calls.at(-1)?.argument).toEqual({
      question: 'And quickly?',
      history: [
        { role: 'user', content: 'Slow one?' },
        { role: 'assistant', content: quote },
      ],
      strict: true,
    });
    expect(complaints).toEqual([]);
  });

  it('says what went wrong and tries again', async () => {
    let attempts = 0;
    async function* answer(asked: string) {
      attempts += 1;
      if (attempts === 1) throw new Error('before the first event');
      if (attempts > 2) return yield* eventsOf(sampleAnswer({ question: asked }));
      yield* firstSentenceThen(asked, async () => {
        throw new Error('in the middle');
      });
    }
    const { url } = await serve({ script: { answer } });
    const { page } = await openPage(browser, url);
    await ask(page);
    for (const sentences of [0, 1]) {
      await page.getByRole('alert').getByText('Something went wrong on the server.').waitFor();
      expect(await page.locator('.sentence').count()).toBe(sentences);
      await page.getByRole('button', { name: 'Try again' }).click();
    }
    await finished(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('.exchange').count()).toBe(1);
  });

  it('tells a lost connection from a server that cannot be reached, and both can be tried again', async () => {
    const broken = deferred<void>();
    const script = { answer: (asked: string) => firstSentenceThen(asked, () => broken.promise) };
    const proxy = await createTcpProxy((await serve({ script })).url);
    onTestFinished(() => proxy.close());
    const { page } = await openPage(browser, proxy.url.replace(/\/$/u, ''));
    await ask(page);
    await page.locator('.sentence').waitFor();
    await proxy.cut();
    await page
      .getByRole('alert')
      .getByText('The connection was lost before the answer was complete.')
      .waitFor();
    expect(await page.locator('.sentence').count()).toBe(1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
  });

  it('says when the server stops before the answer is complete', async () => {
    const never = deferred<void>();
    const { url, close } = await serve({
      script: { answer: (asked) => firstSentenceThen(asked, () => never.promise) },
    });
    const { page } = await openPage(browser, url);
    await ask(page);
    await page.locator('.sentence').waitFor();
    await close();
    await page.getByRole('alert').getByText('The articles cannot be searched at the moment.').waitFor();
    expect(await page.locator('.sentence').count()).toBe(1);
  });

  it('waits as long as the server asks for', async () => {
    const { url } = await serve({ script: answering() });
    const { page } = await openPage(browser, url);
    await page.clock.install();
    await page.route(
      '**/api/answers',
      (route) => route.fulfill({ status: 429, headers: { 'retry-after': '3' } }),
      {
        times: 1,
      },
    );
    await ask(page);
    const retry = page.getByRole('alert').getByRole('button');
    await retry.waitFor();
    expect(await retry.innerText()).toBe('Try again in 3 s');
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    await page.clock.runFor(3_500);
    expect(await retry.innerText()).toBe('Try again');
    await retry.click();
    await finished(page);
  });

  it('says when the browser is offline, and when it is back', async () => {
    const { url } = await serve({ script: answering() });
    const { page } = await openPage(browser, url);
    await page.context().setOffline(true);
    const offline = page.getByRole('status').filter({ hasText: 'You are offline.' });
    await offline.waitFor();
    await page.context().setOffline(false);
    await offline.waitFor({ state: 'detached' });
    await ask(page);
    await finished(page);
    expect(await page.locator('.sentence').count()).toBe(3);
  });

  it('keeps the conversation over a reload, sends it along, and forgets it on request', async () => {
    const { url, assistant } = await serve({ script: answering(), limits: { historyTurns: 3 } });
    const { page } = await openPage(browser, url);
    for (const words of ['One?', 'Two?']) {
      await ask(page, words);
      await page.locator('.exchange', { hasText: words }).locator('.actions').waitFor();
    }
    await page.reload();
    expect(await page.locator('.question').allInnerTexts()).toEqual(['One?', 'Two?']);
    expect(await page.locator('.sentence').count()).toBe(6);
    expect((await page.getByRole('heading', { name: 'Two?' }).boundingBox())?.y).toBeLessThan(200);
    await marker(page).click();
    expect(await page.locator('mark').innerText()).toBe(quote);
    await page.keyboard.press('Escape');
    await ask(page, 'Three?');
    await finished(page);
    const last = () => assistant.calls.findLast(({ method }) => method === 'answer')?.argument;
    expect(last()).toMatchObject({
      history: [{ role: 'assistant' }, { role: 'user', content: 'Two?' }, { role: 'assistant' }],
    });
    await page.getByRole('button', { name: 'New conversation' }).click();
    expect(await page.getByText('What would you like to know?').isVisible()).toBe(true);
    await page.reload();
    expect(await page.locator('.exchange').count()).toBe(0);
    await ask(page, 'Four?');
    await finished(page);
    expect(last()).toEqual({ question: 'Four?', history: [], strict: true });
  });

  it('copies the answer with its footnotes, as text and as Markdown', async () => {
    const { url } = await serve({ script: answering() });
    const { page } = await openPage(browser, url, { permissions: ['clipboard-read', 'clipboard-write'] });
    await ask(page);
    await finished(page);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied.' }).waitFor();
    const clipboard = () => page.evaluate('navigator.clipboard.readText()');
    expect(await clipboard()).toContain(`${quote}[1] Children paid nothing.[2][1] (partly supported)`);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect
      .poll(clipboard)
      .toContain(
        `[^1]: “${quote}” — [The tide-mill fair, counted](<https://gazette.example/fair#:~:text=The%20fair%20drew>), Harbour Gazette, 14 May 2024`,
      );
  });

  it('sends what the reader thinks of an answer', async () => {
    const { url, assistant } = await serve({ script: answering() });
    const { page } = await openPage(browser, url);
    await ask(page);
    await finished(page);
    const feedback = () =>
      assistant.calls.filter(({ method }) => method === 'addFeedback').map(({ argument }) => argument);
    await page.getByRole('button', { name: 'Good answer' }).click();
    await page.getByRole('status').filter({ hasText: 'Thank you.' }).waitFor({ state: 'attached' });
    expect(feedback()).toEqual([{ answerId: 'answer-1', feedback: { rating: 'up' } }]);
    await page.getByRole('button', { name: 'Bad answer' }).click();
    await page.getByLabel('It is out of date').check();
    await page.getByLabel('Comment (optional)').fill('There is a newer count.');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect
      .poll(() => feedback().at(-1))
      .toEqual({
        answerId: 'answer-1',
        feedback: { rating: 'down', reason: 'outdated', comment: 'There is a newer count.' },
      });
    await page.locator('[aria-pressed="true"]').waitFor();
    await page.reload();
    expect(await page.getByRole('button', { name: 'Bad answer' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('speaks Vietnamese to Vietnamese browsers', async () => {
    const { url } = await serve({ script: answering() });
    const { page, complaints } = await openPage(browser, url, { locale: 'vi-VN' });
    await page.getByRole('button', { name: 'Có bao nhiêu người đến hội chợ?' }).click();
    await page.getByText('có căn cứ một phần').first().waitFor();
    expect(await page.getByRole('heading', { name: 'Nguồn' }).isVisible()).toBe(true);
    expect(await page.locator('time').first().innerText()).toContain('tháng 5');
    await page.getByRole('button', { name: 'Sao chép', exact: true }).waitFor();
    await screenshot(page, 'widget-answer-vietnamese');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByLabel('Your question').waitFor();
    expect(await page.locator('.exchange').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('fills a phone with the source, and closes it again', async () => {
    const { url } = await serve({ script: answering() });
    for (const width of [320, 390]) {
      const { page } = await openPage(browser, url, {
        viewport: { width, height: 700 },
        hasTouch: true,
        isMobile: true,
      });
      await page
        .getByRole('textbox')
        .fill('What about Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch?'.repeat(2));
      await page.getByRole('button', { name: 'Ask' }).tap();
      await finished(page);
      await marker(page).tap();
      await page.locator('mark').waitFor();
      const box = await page.getByRole('dialog').boundingBox();
      expect(box).toEqual({ x: 0, y: 0, width, height: 700 });
      expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
      await page.getByRole('button', { name: 'Close' }).tap();
      expect(await page.getByRole('dialog').count()).toBe(0);
    }
  });

  it('shows whatever articles, questions and answers hold as text', async () => {
    const hostile =
      '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'"> & [1] \u202E"\'> **b** [l](javascript:alert(1))';
    const quoted = { quote: hostile, title: hostile, publisher: hostile, publishedAt: '2024-13-45' };
    const script = answering({
      sentences: [{ text: hostile, cites: [1, 2] }],
      quotes: [
        { ...quoted, before: `${hostile} `, original: 'javascript:alert(1)' },
        { ...quoted, original: 'data:text/html,<script>alert(1)</script>' },
      ],
      nearest: [{ ...quoted, original: 'javascript:alert(1)' }],
    });
    const { url } = await serve({ script: { ...script, suggestions: async () => [hostile] } });
    const { page, complaints } = await openPage(browser, url);
    await page.getByRole('button', { name: hostile }).click();
    await finished(page);
    expect(await page.locator('.question').innerText()).toBe(hostile);
    expect(await page.locator('.sentence').innerText()).toBe(`${hostile}12`);
    await page.locator('.reply .marker').first().click();
    await page.locator('mark').waitFor();
    expect(await page.locator('mark').innerText()).toBe(hostile);
    expect(await page.locator('footnote-chat img, footnote-chat script').count()).toBe(0);
    expect(await page.locator('footnote-chat a:not([href^="http"])').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Original page' }).count()).toBe(0);
    await page.reload();
    expect(await page.locator('.question').innerText()).toBe(hostile);
    expect(await page.title()).toBe('Footnote');
    expect(complaints).toEqual([]);
  });
});
