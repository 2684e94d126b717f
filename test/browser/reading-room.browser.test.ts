import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer } from '../../src/domain/answer.ts';
import { sampleAnswer } from '../http/support/sample-answer.ts';
import type { Script } from '../http/support/scripted-assistant.ts';
import { serve } from '../http/support/serve.ts';
import { bayArticles } from '../support/bay-articles.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { createFolder, type TemporaryFolder, writeFiles } from '../support/folders.ts';
import { type FootnoteServer, serveFootnote } from '../support/footnote-server.ts';
import { articleOf, longAnswer } from './support/answers.ts';

let folder: TemporaryFolder;
let server: FootnoteServer;
let browser: Browser;
let answer: Answer;

beforeAll(async () => {
  folder = await createFolder();
  // Long enough that the passage is far below the first screen.
  const filler = 'The bay lies open to the west. Its water is cold in spring. '.repeat(4).trim();
  const before = Array.from({ length: 12 }, () => filler).join('\n\n');
  const files = {
    ...bayArticles,
    'lighthouse.md': bayArticles['lighthouse.md'].replace('---\nThe', `---\n${before}\n\nThe`),
  };
  await writeFiles(`${folder.path}/corpus`, files);
  server = await serveFootnote({
    CORPUS_DIR: `${folder.path}/corpus`,
    INDEX_DIR: `${folder.path}/index`,
    EMBEDDING_WORKERS: '1',
  });
  await server.assistant.ingest();
  answer = await server.askAndCheck({ question: 'Who built the lighthouse of Lantern Island?' });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await server.close();
  await folder.remove();
});

const isInView = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top >= 0 && bottom <= element.ownerDocument.documentElement.clientHeight;
  });

describe('the reading room in a browser', () => {
  it('leads from a sentence to its footnote, to the passage in its article, and back', async () => {
    const [citation] = answer.citations;
    const { page, complaints } = await openPage(browser, `${server.url}/answers/${answer.id}`);
    await page.locator('.reply .number a').first().click();
    expect(new URL(page.url()).hash).toBe('#footnote-1');
    await page.locator('#footnote-1 .ways a').first().click();
    await page.waitForURL('**/articles/lighthouse?**');
    await page.locator('mark#cite:focus').waitFor();
    expect(await page.locator('mark#cite').textContent()).toBe(citation?.quote);
    expect(await isInView(page, 'mark#cite')).toBe(true);
    await page.locator('.text .number a').first().click();
    await page.waitForURL(`**/answers/${answer.id}#footnote-1`);
    expect(complaints).toEqual([]);
  });

  it('brings the passage into view where the address names it without its place', async () => {
    const address = `${server.url}${answer.citations[0]?.links.reader}`;
    const { page, complaints } = await openPage(browser, address, { viewport: { width: 390, height: 700 } });
    await page.locator('mark#cite:focus').waitFor();
    expect(await isInView(page, 'mark#cite')).toBe(true);
    expect(complaints).toEqual([]);
    const plain = await openPage(browser, `${address}#cite`, { javaScriptEnabled: false });
    expect(await isInView(plain.page, 'mark#cite')).toBe(true);
  });

  it('checks an answer again in place, and as a page without JavaScript', async () => {
    const address = `${server.url}/answers/${answer.id}`;
    const { page, complaints } = await openPage(browser, address);
    await page.getByRole('button', { name: 'Check this answer again' }).click();
    await page.locator('#result:focus').waitFor();
    expect(await page.locator('.result .outcome').textContent()).toContain('Everything holds');
    expect(page.url()).toBe(address);
    await page.getByRole('button', { name: 'Check this answer again' }).click();
    await page.locator('#check[aria-busy="false"]').waitFor();
    expect(await page.locator('.result').count()).toBe(1);
    await page.route('**/verify', (route) => route.fulfill({ status: 503, body: '' }));
    await page.getByRole('button', { name: 'Check this answer again' }).click();
    await page.getByText('The check could not be made.').waitFor();
    expect(complaints.filter((complaint) => !complaint.includes('503'))).toEqual([]);

    const plain = await openPage(browser, address, { javaScriptEnabled: false });
    await plain.page.getByRole('button', { name: 'Check this answer again' }).click();
    await plain.page.waitForURL('**/verify#check');
    expect(await plain.page.locator('.result .outcome').textContent()).toContain('Everything holds');
    expect(await isInView(plain.page, '#check h2')).toBe(true);
  });

  it('can be used with the keyboard alone', async () => {
    const { page } = await openPage(browser, `${server.url}/articles`);
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await screenshot(page, 'reading-room-skip-link');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('second vessel');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/articles?q=second+vessel**');
    await page.locator('.listing blockquote a').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/articles/ferry-2024?cite=**');
    await page.locator('mark#cite:focus').waitFor();
    expect(await page.locator('mark#cite').textContent()).toContain('second vessel');
  });

  it('filters and pages the list without JavaScript', async () => {
    const { page } = await openPage(browser, `${server.url}/articles`, { javaScriptEnabled: false });
    await page.getByText('Filters').click();
    await page.getByLabel('Language').selectOption('vi');
    await page.getByRole('button', { name: 'Apply' }).click();
    expect(await page.locator('.listing h3').count()).toBe(2);
    await page.getByRole('link', { name: 'Show all articles' }).click();
    expect(await page.locator('.listing h3').count()).toBe(6);
  });
});

const longTitle =
  'Nghị quyết về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số trên địa bàn tỉnh giai đoạn 2026–2030, tầm nhìn đến năm 2045';

/** Pages that the real articles do not have. */
const scripted = (given: Answer): Script => ({
  storedAnswer: async () => given,
  article: async (id) => articleOf(given, id),
  articles: async () =>
    Array.from({ length: 30 }, (_, index) => ({
      id: `article-${index}`,
      version: 'c'.repeat(64),
      title: index % 2 === 0 ? longTitle : 'A short title',
      language: index % 2 === 0 ? 'vi' : 'en',
      length: 900 * (index + 1),
      ...(index % 3 > 0 && { publishedAt: '2025-08-26', publisher: 'Ban Biên tập Minh họa Footnote' }),
    })),
  verifyAnswer: async () => ({
    answerId: given.id,
    holds: false,
    hash: 'ok',
    citations: given.citations.map(({ n, articleId, articleVersion }) => ({
      n,
      articleId,
      articleVersion,
      status: n === 2 ? 'missing-text' : 'exact',
      present: { status: 'moved' },
    })),
    nearest: [],
    sentences: given.sentences.map(({ verdict }, index) => ({
      index,
      verdict,
      before: verdict,
      holds: true,
    })),
    checkedAt: '2024-06-02T08:30:00.000Z',
  }),
});

const declined = sampleAnswer({
  question: 'Who won the race at the tide-mill fair, and by how many lengths?',
  sentences: [],
  quotes: [],
  text: 'The articles do not say who won the race.',
  abstained: true,
  nearest: [
    {
      quote: 'The fair drew 5,400 visitors over three days.',
      title: longTitle,
      publisher: 'Harbour Gazette',
      publishedAt: '2024-05-14',
      original: 'https://gazette.example/fair#:~:text=The%20fair%20drew',
    },
  ],
});

interface State {
  readonly path: () => string;
  /** A scripted server's answer; the real server without it. */
  readonly given?: () => Answer;
  readonly script?: Script;
  readonly reach?: (page: Page) => Promise<void>;
}

const check = async (page: Page) => {
  await page.locator('#check button').click();
  await page.locator('#result').waitFor();
};

const states: Readonly<Record<string, State>> = {
  list: { path: () => '/articles' },
  search: { path: () => '/articles?q=ferry+passengers&lang=vi' },
  'search-nothing': { path: () => '/articles?q=zxqwv+blorfk&from=nonsense' },
  'list-filtered': { path: () => '/articles?language=vi&lang=vi' },
  'list-empty': { path: () => '/articles', script: {} },
  'list-long': { path: () => '/articles?page=2', given: () => sampleAnswer() },
  article: { path: () => `${answer.citations[0]?.links.reader}&answer=${answer.id}` },
  'article-notices': { path: () => '/articles/cho-dem?cite=0-9999&answer=nope&lang=vi' },
  answer: { path: () => `/answers/${answer.id}` },
  'answer-checked': { path: () => `/answers/${answer.id}`, reach: check },
  'answer-long': {
    path: () => '/answers/answer-1?lang=vi',
    given: () => sampleAnswer({ ...longAnswer, degraded: true }),
  },
  'answer-long-checked': {
    path: () => '/answers/answer-1',
    given: () => sampleAnswer(longAnswer),
    reach: check,
  },
  'article-long': {
    path: () => '/articles/article-1?answer=answer-1&cite=100-140',
    given: () => sampleAnswer(longAnswer),
  },
  'answer-declined': { path: () => '/answers/answer-1', given: () => declined },
  'not-found': { path: () => '/articles/nope' },
};

interface Look {
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: 'light', viewport: { width: 1200, height: 850 } },
  dark: { colorScheme: 'dark', viewport: { width: 1200, height: 850 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
};

/** Controls that a finger hardly hits; links inside sentences are as high as their line, but footnote numbers count. */
const smallTargets = `
  Array.from(document.querySelectorAll('main a, main button, main input, main select, main summary, header a'))
    .filter((element) => element.closest('.number') || !element.closest('.reply p, .text, .notice p'))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 0 && (width < 24 || height < 23.9))
    .map(([element]) => element.outerHTML)`;

const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('each state of the reading room', () => {
  it.each(Object.entries(states))('has no barrier, light, dark or small: %s', async (name, state) => {
    const { path, given, script, reach } = state;
    const isReal = !given && !script;
    const url = isReal ? server.url : (await serve({ script: script ?? scripted(given?.() ?? answer) })).url;
    const { page } = await openPage(browser, url + path());
    await reach?.(page);
    for (const [look, { colorScheme, viewport }] of Object.entries(looks)) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(await page.evaluate(overflow)).toBe(0);
      expect(await page.evaluate(smallTargets)).toEqual([]);
      await screenshot(page, `reading-room-${name}-${look}`);
    }
  });
});

describe('the reading room on paper and in forced colours', () => {
  it('prints the text with its footnotes and their addresses, and nothing to click', async () => {
    const given = sampleAnswer();
    const withSource = given.citations.map((citation) => ({
      ...citation,
      sourceUrl: 'https://gazette.example/fair',
    }));
    const { url } = await serve({ script: scripted({ ...given, citations: withSource }) });
    const { page } = await openPage(browser, `${url}/answers/answer-1`);
    await page.emulateMedia({ media: 'print' });
    for (const selector of ['.masthead nav', '#check', '.ways', '.skip']) {
      expect(await page.locator(selector).first().isVisible()).toBe(false);
    }
    expect(await page.getByText('https://gazette.example/fair').first().isVisible()).toBe(true);
    await screenshot(page, 'reading-room-answer-print');
    await page.goto(`${url}/articles/article-1?cite=100-140&answer=answer-1`);
    const edge = await page.evaluate("getComputedStyle(document.querySelector('mark')).borderBottomWidth");
    expect(Number.parseFloat(String(edge))).toBeGreaterThan(1);
    await screenshot(page, 'reading-room-article-print');
  });

  it('keeps its marks in forced colours', async () => {
    const address = `${server.url}${answer.citations[0]?.links.reader}&answer=${answer.id}`;
    const { page } = await openPage(browser, address, { forcedColors: 'active' });
    await page.locator('mark#cite').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await screenshot(page, 'reading-room-article-forced-colours');
  });
});
