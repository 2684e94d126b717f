import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { deferred, type Script } from '../http/support/scripted-assistant.ts';
import { serve, type ServeOptions } from '../http/support/serve.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';
import { answering, firstSentenceThen, longAnswer } from './support/answers.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
});

interface State {
  readonly script?: () => Script;
  readonly options?: ServeOptions;
  /** Leads to the state. */
  readonly reach: (page: Page) => Promise<void>;
}

async function ask(page: Page, question = 'How many people came to the fair, and what did they pay?') {
  await page.getByRole('textbox').first().fill(question);
  await page.keyboard.press('Enter');
}

const finished = (page: Page) => page.locator('.actions').last().waitFor();
const failing = (status: number, headers: Record<string, string>) => async (page: Page) => {
  await page.route('**/api/answers', (route) => route.fulfill({ status, headers, body: '{}' }));
  await ask(page);
  await page.getByRole('alert').waitFor();
};
const near = {
  quote: 'The fair drew 5,400 visitors over three days.',
  title: 'The tide-mill fair, counted',
  publisher: 'Harbour Gazette',
  publishedAt: '2024-05-14',
};

const states: Readonly<Record<string, State>> = {
  welcome: { reach: (page) => page.locator('.suggestion').first().waitFor() },
  answer: {
    async reach(page) {
      await ask(page);
      await finished(page);
    },
  },
  streaming: {
    script: () => {
      const gate = deferred<void>();
      onTestFinished(() => gate.resolve());
      return { answer: (question) => firstSentenceThen(question, () => gate.promise) };
    },
    async reach(page) {
      await ask(page);
      await page.locator('.sentence').first().waitFor();
    },
  },
  popover: {
    async reach(page) {
      await ask(page);
      await finished(page);
      await page.locator('.reply .marker').first().hover();
      await page.getByRole('tooltip').waitFor();
    },
  },
  source: {
    async reach(page) {
      await ask(page);
      await finished(page);
      await page.locator('.reply .marker').first().click();
      await page.locator('mark').waitFor();
    },
  },
  long: {
    script: () => answering(longAnswer, (answer) => ({ ...answer, asOf: '2024-05-14' })),
    async reach(page) {
      await ask(page);
      await finished(page);
    },
  },
  sources: {
    script: () => answering(longAnswer),
    async reach(page) {
      await ask(page);
      await finished(page);
      await page.getByRole('button', { name: 'Bad answer' }).click();
      await page.getByRole('radio').last().scrollIntoViewIfNeeded();
    },
  },
  declined: {
    script: () =>
      answering({
        abstained: true,
        sentences: [],
        quotes: [],
        text: 'The articles do not answer this question.',
        nearest: [near, { ...near, title: 'What the fair costs', quote: 'Entry was free for children.' }],
      }),
    async reach(page) {
      await ask(page, 'Who paid for the fair?');
      await finished(page);
    },
  },
  partial: {
    script: () =>
      answering(
        {
          degraded: true,
          unanswered: ['who paid for it'],
          remark: 'The articles do not say: who paid for it.',
          nearest: [near],
        },
        (answer) => ({
          ...answer,
          asOf: '2024-05-14',
          sentences: answer.sentences.map((sentence) => ({ ...sentence, judgedBy: 'chat' })),
          citations: answer.citations.map((citation) => ({
            ...citation,
            alsoIn: [
              { articleId: 'copy', passageId: 'p', title: 'Fair counted twice', publisher: 'Bay Courier' },
            ],
            translation: {
              text: 'Hội chợ đón 5.400 khách.',
              language: 'vi' as const,
              by: 'chat' as const,
              model: 'scripted:x',
            },
          })),
        }),
      ),
    async reach(page) {
      await ask(page, 'How many came, and who paid for it?');
      await finished(page);
      await page.locator('.reply .marker').first().focus();
    },
  },
  limited: { reach: failing(429, { 'retry-after': '40' }) },
  failed: { reach: failing(500, {}) },
  offline: {
    async reach(page) {
      await page.context().setOffline(true);
      await ask(page);
      await page.getByRole('alert').waitFor();
    },
  },
  stopped: {
    script: () => ({ answer: (question) => firstSentenceThen(question, () => new Promise<never>(() => {})) }),
    async reach(page) {
      await ask(page);
      await page.locator('.sentence').first().waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.locator('.notice').waitFor();
    },
  },
};

interface Look {
  readonly name: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

/** A page is brought into its state once for each kind of device, and then looked at in several ways. */
const devices: Readonly<Record<string, { readonly options: BrowserContextOptions; readonly looks: Look[] }>> =
  {
    desktop: {
      options: {},
      looks: [
        { name: 'light', viewport: { width: 1280, height: 860 }, colorScheme: 'light' },
        { name: 'dark', viewport: { width: 1280, height: 860 }, colorScheme: 'dark' },
      ],
    },
    handset: {
      options: { hasTouch: true, isMobile: true },
      looks: [
        { name: 'phone', viewport: { width: 390, height: 780 }, colorScheme: 'light' },
        { name: 'small', viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
      ],
    },
  };

describe.each(Object.entries(states))('the state "%s"', (name, { script, reach }) => {
  it.each(Object.entries(devices))('is accessible and fits on a %s', async (_device, { options, looks }) => {
    const { url } = await serve({ script: { ...answering(), ...script?.() } });
    const [first] = looks;
    const { page } = await openPage(browser, url, { ...options, ...first });
    await reach(page);
    const found: Record<string, unknown> = {};
    for (const look of looks) {
      await page.setViewportSize(look.viewport);
      await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
      await screenshot(page, `widget-${name}-${look.name}`);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      found[look.name] = { overflow, violations: await accessibilityViolations(page) };
    }
    expect(found).toEqual(
      Object.fromEntries(looks.map((look) => [look.name, { overflow: 0, violations: [] }])),
    );
  });
});
