import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, type TestContext } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { createFolder, writeFiles } from '../support/folders.ts';
import { htmlPage, startWebSite } from '../support/web-site.ts';

type OnFinished = TestContext['onTestFinished'];

/** A folder with a corpus of two articles, and the command in it. */
async function createPlace(onTestFinished: OnFinished, env: Readonly<Record<string, string>> = {}) {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const path = (...names: string[]) => join(folder.path, ...names);
  const args = ['--corpus', 'corpus', '--index', 'index'];
  const options = { cwd: folder.path, env };
  await writeFiles(path('corpus'), {
    'lighthouse.md': bayArticles['lighthouse.md'],
    'market.txt': bayArticles['market.txt'],
  });
  return {
    path,
    inCorpus: (files: Readonly<Record<string, string>>) => writeFiles(path('corpus'), files),
    ingest: (...more: string[]) => runCommand('ingest', [...args, ...more], options),
    start: (...more: string[]) => startCommand('ingest', [...args, ...more], options),
    asked: async (question: string) => (await runCommand('ask', [...args, question], options)).stdout,
  };
}

const lighthouseQuestion = 'When was the lighthouse of Lantern Island built?';

describe.concurrent('ingest', { timeout: 120_000 }, () => {
  it('takes an article out and keeps it out until it is restored', async ({ onTestFinished }) => {
    const { ingest, asked } = await createPlace(onTestFinished);
    await ingest();
    const deleted = await ingest('--delete', 'lighthouse');
    expect(deleted).toMatchObject({
      code: 0,
      stdout: 'Articles: 0 added, 0 changed, 0 unchanged, 1 removed, 0 failed.\n  removed lighthouse\n',
    });
    expect((await ingest()).stdout).toContain('0 added, 0 changed, 1 unchanged, 0 removed');
    expect(await asked(lighthouseQuestion)).not.toContain('1904');

    expect(await ingest('--delete', 'lighthouse')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('There is no article with the id "lighthouse".'),
    });
    expect((await ingest('--restore', 'lighthouse')).stdout).toContain('  added lighthouse\n');
    expect(await asked(lighthouseQuestion)).toContain('1904');
  });

  it('adds a page of the web that the operator allows, and says why it adds no other', async ({
    onTestFinished,
  }) => {
    const site = await startWebSite({
      '/ferry': htmlPage(
        'The new ferry of Gull Bay carries 312 passengers on each crossing. It was built in 1998 in Harlow.',
        '<meta property="og:title" content="Gull Bay has a new ferry">',
      ),
    });
    onTestFinished(() => site.close());
    const refusing = await createPlace(onTestFinished);
    const refused = await refusing.ingest('--url', `${site.origin}/ferry`);
    expect(refused.code).toBe(1);
    expect(refused.stdout + refused.stderr).toMatch(/not public.*FETCH_ALLOWED_HOSTS/su);
    expect(site.asked).toEqual([]);

    const place = await createPlace(onTestFinished, {
      FETCH_ALLOWED_HOSTS: site.host,
      FETCH_DELAY_MS: '0',
    });
    const added = await place.ingest('--url', `${site.origin}/ferry`);
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('1 added') });
    const answer = await place.asked('How many passengers does the new ferry of Gull Bay carry?');
    expect(answer).toContain('312 passengers');
    expect(answer).toContain('Gull Bay has a new ferry');
  });

  it('follows the folder until it is stopped, and reports what changes', async ({ onTestFinished }) => {
    const { start, path, inCorpus, asked } = await createPlace(onTestFinished);
    const following = start('--watch');
    await following.printed(/Following .*corpus/u);
    await inCorpus({ 'ferry.md': bayArticles['ferry-2023.md'] });
    await following.printed(/Articles: 1 added, 0 changed, 2 unchanged, 0 removed/u);
    await inCorpus({ 'market.txt': bayArticles['market.txt'].replace('62 stalls', '71 stalls') });
    await following.printed(/Articles: 0 added, 1 changed, 2 unchanged, 0 removed/u);
    await rm(path('corpus', 'lighthouse.md'));
    await following.printed(/Articles: 0 added, 0 changed, 2 unchanged, 1 removed/u);
    following.signal('SIGINT');
    expect(await following.finished).toMatchObject({ code: 0 });
    expect(await asked('How many stalls does the market have?')).toContain('71 stalls');
  });

  it('refuses what cannot be done together, or is no kind of source', async ({ onTestFinished }) => {
    const { ingest } = await createPlace(onTestFinished);
    const both = await ingest('--delete', 'lighthouse', '--restore', 'market');
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('Only one of') });
    const odd = await ingest('--url', 'https://example.org/', '--kind', 'magazine');
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('no kind "magazine"') });
  });

  it('never touches a file of the operator, and says that the text is still there', async ({
    onTestFinished,
  }) => {
    const { ingest, path } = await createPlace(onTestFinished);
    await ingest();
    expect(await ingest('--delete', 'lighthouse', '--purge')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/1 removed, 1 failed\.\n {2}lighthouse\.md: .*still holds its text/u),
    });
    expect(await readFile(path('corpus', 'lighthouse.md'), 'utf8')).toBe(bayArticles['lighthouse.md']);
    expect((await ingest()).stdout).toContain('0 added, 0 changed, 1 unchanged, 0 removed');
  });
});
