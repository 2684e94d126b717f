import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { serve } from '../http/support/serve.ts';
import { accessibilityViolations, launchBrowser, openPage, screenshot } from '../support/browser.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});

afterAll(() => browser.close());

describe('the page about the API', () => {
  it('is whole without JavaScript, asks no other server, and leads to each operation and schema', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, `${url}/docs`, { javaScriptEnabled: false });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    expect(asked.filter((address) => !address.startsWith(url))).toEqual([]);
    expect(await page.locator('h1').textContent()).toBe('The API of Footnote');
    await page.locator('.contents a', { hasText: 'POST /api/answers' }).first().click();
    expect(new URL(page.url()).hash).toBe('#createAnswer');
    const section = page.locator('section[aria-labelledby="createAnswer"]');
    expect(await section.locator('pre', { hasText: 'curl' }).first().textContent()).toContain(
      'curl -X POST "$FOOTNOTE/api/answers"',
    );
    await section.locator('a[href="#schema-Answer"]').first().click();
    expect(await page.locator('#schema-Answer').isVisible()).toBe(true);
    const targets = await page
      .locator('.docs a[href^="#"]')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')?.slice(1) ?? ''));
    const ids = await page.locator('.docs [id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('can be read by everybody in %s colours', async (colorScheme) => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, `${url}/docs?lang=vi`, {
      colorScheme,
      viewport: { width: 390, height: 800 },
    });
    expect(await page.locator('article.docs').getAttribute('lang')).toBe('en');
    await screenshot(page, `docs-${colorScheme}`);
    for (const example of await page.locator('section[aria-labelledby="createAnswer"] summary').all()) {
      await example.click();
    }
    expect(await accessibilityViolations(page)).toEqual([]);
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(390);
    expect(complaints).toEqual([]);
  });
});
