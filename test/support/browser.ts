import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

import { projectDir } from './folders.ts';

/** The shell draws pages with the same engine for half the work of the whole browser, so it is taken where it is. */
const installed = ['/usr/lib/chromium/chromium-headless-shell', '/usr/bin/chromium'];
const executablePath =
  process.env['CHROMIUM'] ?? installed.find((path) => existsSync(path)) ?? '/usr/bin/chromium';

/** Starts Chromium. @throws Error with the command that installs it. */
export async function launchBrowser(): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}. Install it (Debian: apt-get install -y chromium-headless-shell), or set CHROMIUM to the path of one.`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page at `url`, and what went wrong in it: errors, warnings of its console and violations of its policy. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** With SCREENSHOTS=1, writes what the page looks like to `test/screenshots/<name>.png`, for people to look at. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] !== '1') return;
  const folder = join(projectDir, 'test', 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const axeResult = z.object({
  violations: z.array(
    z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
  ),
});

/** Ends what moves or fades: halfway through, colours are not those that people read. What moves for ever goes on. */
const settle = `Promise.all(
  document
    .getAnimations()
    .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished.catch(() => undefined)),
).then(() => undefined)`;

/** What axe-core finds wrong with the page once it has settled, a line for each element; shadow trees included. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  await page.evaluate(settle);
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axe.source);
  const result: unknown = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return axeResult
    .parse(result)
    .violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
}
