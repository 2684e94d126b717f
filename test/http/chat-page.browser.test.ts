import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { launchBrowser, openPage } from './support/browser.ts';
import { eventsOf, sampleAnswer, type SampleOptions } from './support/sample-answer.ts';
import { deferred, streamOf } from './support/scripted-assistant.ts';
import { serve } from './support/serve.ts';

const screenshots = join(import.meta.dirname, '..', 'screenshots');
const exampleQuestions = {
  en: [
    'How many visitors came to the fair?',
    'What does entry cost, and for whom?',
    'Where do the boats land?',
  ],
  vi: ['Có bao nhiêu người đến hội chợ?', 'Vé vào cửa giá bao nhiêu?'],
};

let browser: Browser;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

const answering = (options: SampleOptions) => ({
  answer: (question: string) => streamOf(eventsOf(sampleAnswer({ question, ...options }))),
});

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

const finished = (page: Page) =>
  page.getByRole('status').filter({ hasText: 'complete' }).waitFor({ state: 'attached' });
const screenshot = (page: Page, name: string) => page.screenshot({ path: join(screenshots, `${name}.png`) });

describe('the chat page', () => {
  it('shows an answer with its footnotes, and what each of them rests on', async () => {
    const { url } = await serve({ exampleQuestions });
    const { page, complaints } = await openPage(browser, url);
    await screenshot(page, 'welcome-light');
    await ask(page, 'How many came to the fair?');
    await finished(page);

    const paragraphs = await page.locator('.reply p').allInnerTexts();
    expect(paragraphs.map((text) => text.replaceAll('\u2060', ''))).toEqual([
      'The fair drew 5,400 visitors over three days.1 Children paid nothing.21 partly supported',
      'It will return next year. not supported',
    ]);
    const footnotes = page.getByRole('listitem').filter({ has: page.locator('blockquote') });
    expect(await footnotes.count()).toBe(2);
    const first = await footnotes.first().innerText();
    expect(first).toContain('The fair drew 5,400 visitors over three days.');
    expect(first).toContain('The tide-mill fair, counted · Harbour Gazette · 14 May 2024 · Original page');
    const link = page.getByRole('link', { name: 'Original page' });
    expect(await link.getAttribute('href')).toBe('https://gazette.example/fair#:~:text=The%20fair%20drew');
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    await page.getByText('Show the passage').click();
    expect(await page.locator('details p').innerText()).toContain('It rained on Saturday.');
    expect(await page.locator('mark').innerText()).toBe('The fair drew 5,400 visitors over three days.');
    await page.getByText('Show the passage').click();
    await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).click();
    await screenshot(page, 'answer-light');
    expect(complaints).toEqual([]);
  });

  it('leads from a marker to its footnote and back', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, url);
    await ask(page, 'How many came to the fair?');
    await finished(page);
    const marker = page.getByRole('button', { name: 'Footnote 1: The tide-mill fair, counted' }).last();
    await marker.click();
    const focused = page.locator('li:focus');
    expect(await focused.innerText()).toContain('5,400 visitors');
    expect(await focused.getAttribute('class')).toBe('is-shown');
    await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).click();
    expect(await page.locator('li.is-shown').allInnerTexts()).toEqual([
      expect.stringContaining('Entry was free'),
    ]);
    await marker.click();
    await focused.getByRole('button', { name: 'Back to footnote 1 in the text' }).click();
    expect(await marker.evaluate((element) => element.matches(':focus'))).toBe(true);
  });

  it('streams: a sentence is readable, with its footnote, before the next one exists', async () => {
    const go = deferred<void>();
    async function* answer(question: string) {
      for (const event of eventsOf(sampleAnswer({ question }))) {
        yield event;
        if (event.type === 'sentence-verdict' && event.sentence.start === 0) await go.promise;
      }
    }
    const { url } = await serve({ script: { answer } });
    const { page } = await openPage(browser, url);
    await ask(page, 'How many came to the fair?');
    await page.getByRole('button', { name: 'Footnote 1: The tide-mill fair, counted' }).click();
    expect(await page.locator('li:focus').innerText()).toContain('5,400');
    expect(await page.locator('.reply').innerText()).not.toContain('Children');
    expect(await page.getByRole('button', { name: 'Stop' }).isVisible()).toBe(true);
    await screenshot(page, 'streaming-light');
    go.resolve();
    await finished(page);
    expect(await page.locator('.sentence').count()).toBe(3);
    expect(await page.locator('li:focus').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Ask' }).isVisible()).toBe(true);
  });

  it('shows whatever articles, questions and answers hold as text', async () => {
    const hostile =
      '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'"> & [1] \u202E"\'>';
    const { url } = await serve({
      exampleQuestions: { en: [hostile] },
      script: answering({
        sentences: [{ text: hostile, cites: [1, 2] }],
        quotes: [
          {
            quote: hostile,
            title: hostile,
            before: `${hostile} `,
            publisher: hostile,
            publishedAt: '2024-13-45',
            original: 'javascript:alert(1)',
          },
          { quote: hostile, title: hostile, original: 'data:text/html,<script>alert(1)</script>' },
        ],
      }),
    });
    const { page, complaints } = await openPage(browser, url);
    await page.getByRole('button', { name: hostile }).click();
    await finished(page);
    expect(await page.locator('.question').innerText()).toBe(hostile);
    expect(await page.locator('.sentence').innerText()).toBe(hostile);
    expect(await page.locator('blockquote').allInnerTexts()).toEqual([hostile, hostile]);
    expect(await page.locator('main img, main script, main a').count()).toBe(0);
    expect(await page.title()).toBe('Footnote');
    expect(complaints).toEqual([]);
  });

  it('says plainly when the articles do not answer, and when the model failed', async () => {
    const reply = 'The articles say nothing about the population.\nAsk about something else.';
    const { url } = await serve({
      script: answering({ abstained: true, degraded: true, sentences: [], quotes: [], text: reply }),
    });
    const { page } = await openPage(browser, url);
    await ask(page, 'How many people live there?');
    await page.getByRole('status').filter({ hasText: 'do not answer' }).waitFor({ state: 'attached' });
    expect(await page.locator('.reply p').allInnerTexts()).toEqual(reply.split('\n'));
    expect(await page.locator('.notice').allInnerTexts()).toEqual([
      'The language model failed, so this answer is put together from sentences of the articles.',
    ]);
    expect(await page.getByText('Footnotes', { exact: true }).isVisible()).toBe(false);
    await screenshot(page, 'abstained-light');
  });

  it('marks sentences without a source, but not those of a reply that declines', async () => {
    const sentences = [{ text: 'Here is what the articles say.', verdict: 'uncited' }] as const;
    for (const abstained of [false, true]) {
      const { url } = await serve({ script: answering({ sentences, quotes: [], abstained }) });
      const { page } = await openPage(browser, url);
      await ask(page, 'What do they say?');
      await page
        .getByRole('status')
        .filter({ hasText: /complete|do not/u })
        .waitFor({ state: 'attached' });
      expect(await page.getByText('no source').count()).toBe(abstained ? 0 : 1);
    }
  });

  it('stops: the server hears of it, what was said stays, and the next question can be asked', async () => {
    const aborted = deferred<boolean>();
    async function* answer(question: string, signal: AbortSignal) {
      const events = eventsOf(sampleAnswer({ question }));
      if (!question.startsWith('Slow')) return yield* events;
      yield* events.slice(0, 5);
      return await new Promise<never>(() => {
        signal.addEventListener('abort', () => aborted.resolve(true));
      });
    }
    const { url, assistant } = await serve({ script: { answer } });
    const { page, complaints } = await openPage(browser, url);
    await ask(page, 'Slow one?');
    await page.locator('.sentence').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await aborted.promise).toBe(true);
    expect(await page.locator('.notice').innerText()).toBe('Stopped.');
    expect(await page.locator('.sentence').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Ask' }).isVisible()).toBe(true);
    await ask(page, 'And quickly?');
    await finished(page);
    expect(assistant.calls.at(-1)?.argument).toEqual({
      question: 'And quickly?',
      history: [
        { role: 'user', content: 'Slow one?' },
        { role: 'assistant', content: 'The fair drew 5,400 visitors over three days.' },
      ],
      strict: true,
    });
    expect(complaints).toEqual([]);
  });

  it('says what went wrong and tries again', async () => {
    let attempts = 0;
    async function* answer(question: string) {
      attempts += 1;
      const events = eventsOf(sampleAnswer({ question }));
      if (attempts === 1) throw new Error('before the first event');
      if (attempts === 2) {
        yield* events.slice(0, 5);
        throw new Error('in the middle');
      }
      yield* events;
    }
    const { url, assistant } = await serve({ script: { answer } });
    const { page } = await openPage(browser, url);
    await ask(page, 'How many came to the fair?');
    for (const sentences of [0, 1]) {
      await page.getByRole('alert').getByText('Something went wrong on the server.').waitFor();
      expect(await page.locator('.sentence').count()).toBe(sentences);
      await screenshot(page, 'failure-light');
      await page.getByRole('button', { name: 'Try again' }).click();
    }
    await finished(page);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await page.locator('.exchange').count()).toBe(1);
    expect(assistant.calls.map(({ argument }) => argument)).toEqual(
      Array.from({ length: 3 }, () => ({
        question: 'How many came to the fair?',
        history: [],
        strict: true,
      })),
    );
  });

  it('says when the server cannot be reached', async () => {
    const { url, close } = await serve();
    const { page } = await openPage(browser, url);
    await close();
    await ask(page, 'Anybody there?');
    await page.getByRole('alert').getByText('The server cannot be reached.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).isVisible()).toBe(true);
  });

  it('sends as many earlier turns as the server takes, and none after starting over', async () => {
    const { url, assistant } = await serve({ limits: { historyTurns: 3 } });
    const { page } = await openPage(browser, url);
    for (const question of ['One?', 'Two?', 'Three?']) {
      await ask(page, question);
      await page.locator('.exchange', { hasText: question }).locator('.sentence').nth(2).waitFor();
      await page.getByRole('button', { name: 'Ask' }).waitFor();
    }
    expect(assistant.calls.at(-1)?.argument).toMatchObject({
      history: [{ role: 'assistant' }, { role: 'user', content: 'Two?' }, { role: 'assistant' }],
    });
    await page.getByRole('button', { name: 'New conversation' }).click();
    expect(await page.getByText('What would you like to know?').isVisible()).toBe(true);
    await ask(page, 'Four?');
    await finished(page);
    expect(assistant.calls.at(-1)?.argument).toEqual({ question: 'Four?', history: [], strict: true });
    expect(await page.locator('.exchange').count()).toBe(1);
  });

  it('works with the keyboard alone', async () => {
    const { url, assistant } = await serve({ exampleQuestions });
    const { page } = await openPage(browser, url);
    const focusedName = () =>
      page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.id');
    expect(await focusedName()).toBe('question');
    await page.keyboard.press('Enter');
    await page.keyboard.type('First line');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('second line?');
    await page.keyboard.press('Enter');
    await finished(page);
    expect(assistant.calls.map(({ argument }) => argument)).toMatchObject([
      { question: 'First line\nsecond line?' },
    ]);

    const names: unknown[] = [];
    for (let step = 0; step < 12 && !names.includes('Footnote 1: The tide-mill fair, counted'); step += 1) {
      await page.keyboard.press('Shift+Tab');
      names.push(await focusedName());
    }
    expect(names).toContain('Back to footnote 2 in the text');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).toBe('solid');
    await page.keyboard.press('Enter');
    expect(await page.locator('li:focus').innerText()).toContain('5,400');
    const back = 'Back to footnote 1 in the text';
    for (let step = 0; step < 5 && (await focusedName()) !== back; step += 1)
      await page.keyboard.press('Tab');
    expect(await focusedName()).toBe(back);
    await page.keyboard.press('Enter');
    expect(await focusedName()).toBe('Footnote 1: The tide-mill fair, counted');
  });

  it('speaks Vietnamese to Vietnamese browsers', async () => {
    const { url } = await serve({ exampleQuestions });
    const { page, complaints } = await openPage(browser, url, { locale: 'vi-VN' });
    await page.getByRole('button', { name: 'Có bao nhiêu người đến hội chợ?' }).click();
    await page.getByText('có căn cứ một phần').waitFor();
    expect(await page.getByRole('heading', { name: 'Chú thích' }).isVisible()).toBe(true);
    expect(await page.locator('time').first().innerText()).toContain('tháng 5');
    await screenshot(page, 'answer-vietnamese');
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByText('What would you like to know?').waitFor();
    expect(complaints).toEqual([]);
  });

  it('looks after itself in the dark', async () => {
    const { url } = await serve({ exampleQuestions });
    const { page } = await openPage(browser, url, { colorScheme: 'dark', reducedMotion: 'reduce' });
    await screenshot(page, 'welcome-dark');
    await ask(page, 'How many came to the fair?');
    await finished(page);
    await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).click();
    await screenshot(page, 'answer-dark');
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(23, 25, 26)');
  });

  it('fits a phone', async () => {
    const long = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch'.repeat(3);
    const { url } = await serve({
      exampleQuestions,
      script: answering({
        sentences: [
          { text: 'The fair drew 5,400 visitors over three days.', cites: [1] },
          { text: `It stands in ${long}.`, cites: [2], verdict: 'partial' },
        ],
        quotes: [
          {
            quote: `They met in ${long}.`,
            title: long,
            publisher: 'Harbour Gazette',
            publishedAt: '2024-05-14',
          },
          { quote: 'Entry was free for children.', title: 'What the fair costs', publishedAt: '2024-04-30' },
        ],
      }),
    });
    for (const width of [320, 390]) {
      const { page } = await openPage(browser, url, {
        viewport: { width, height: 780 },
        hasTouch: true,
        isMobile: true,
      });
      const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      expect(await overflow()).toBe(0);
      await screenshot(page, `welcome-phone-${width}`);
      await ask(page, `What about ${long}?`);
      await finished(page);
      await page.getByRole('button', { name: 'Footnote 2: What the fair costs' }).tap();
      expect(await overflow()).toBe(0);
      const hiddenPart = async () => {
        const target = await page.locator('li:focus').boundingBox();
        const composer = await page.locator('.composer').boundingBox();
        return (target?.y ?? Infinity) + (target?.height ?? 0) - (composer?.y ?? 0);
      };
      // The page scrolls there smoothly.
      await expect.poll(hiddenPart).toBeLessThanOrEqual(0);
      await screenshot(page, `answer-phone-${width}`);
    }
  });
});
