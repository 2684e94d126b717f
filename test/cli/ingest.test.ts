import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { bayArticles } from '../support/bay-articles.ts';
import { quotations } from '../support/check-answer.ts';
import { runCommand, startCommand } from '../support/command.ts';
import { createFolder, writeFiles } from '../support/folders.ts';
import { assistantFor } from '../support/footnote-server.ts';

const lighthouse = bayArticles['lighthouse.md'];
const market = bayArticles['market.txt'];

/** A folder for one test, with what the tests do in it. */
async function createPlace(onTestFinished: (remove: () => Promise<void>) => void) {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const path = (...names: string[]) => join(folder.path, ...names);
  const args = ['--corpus', 'corpus', '--index', 'index'];
  return {
    path,
    ingest: () => runCommand('ingest', args, { cwd: folder.path }),
    start: () => startCommand('ingest', args, { cwd: folder.path }),
    inCorpus: (files: Readonly<Record<string, string | Uint8Array>>) => writeFiles(path('corpus'), files),
    /** What the index answers about the lighthouse. */
    quotedOfLighthouse: async () => {
      const assistant = await assistantFor({ INDEX_DIR: path('index') });
      try {
        const question = 'When was the lighthouse of Lantern Island built?';
        return quotations(await assistant.ask({ question }));
      } finally {
        await assistant.close();
      }
    },
  };
}

describe.concurrent('ingest', { timeout: 120_000 }, () => {
  it('closes with what was added, changed, unchanged and removed, run after run', async ({
    onTestFinished,
  }) => {
    const { ingest, inCorpus, path } = await createPlace(onTestFinished);
    await inCorpus({
      'lighthouse.md': lighthouse,
      'market.txt': market,
      'deep/er/ferry.md': bayArticles['ferry-2023.md'],
    });
    const first = await ingest();
    expect(first).toMatchObject({
      code: 0,
      stdout: 'Articles: 3 added, 0 changed, 0 unchanged, 0 removed, 0 failed.\n',
    });
    expect(first.stderr).toMatch(/Embedding 100 %/u);

    const second = await ingest();
    expect(second.stdout).toBe('Articles: 0 added, 0 changed, 3 unchanged, 0 removed, 0 failed.\n');
    expect(second.stderr).not.toContain('Embedding 10');

    await inCorpus({ 'market.txt': market.replace('62 stalls', '71 stalls') });
    await rm(path('corpus', 'deep'), { recursive: true });
    const third = await ingest();
    expect(third.stdout).toBe('Articles: 0 added, 1 changed, 1 unchanged, 1 removed, 0 failed.\n');

    // A file that has become bad: the article stays as it was.
    await inCorpus({ 'lighthouse.md': lighthouse.replace('2022-09-30', 'last autumn') });
    const fourth = await ingest();
    expect(fourth.stdout).toMatch(
      /^Articles: 0 added, 0 changed, 1 unchanged, 0 removed, 1 failed\.\n {2}lighthouse\.md: /u,
    );
  });

  it('names each bad file with its reason, and reads the rest', async ({ onTestFinished }) => {
    const { ingest, inCorpus, quotedOfLighthouse } = await createPlace(onTestFinished);
    await inCorpus({
      'bad-date.md': '---\ntitle: Bad\npublishedAt: 2024-13-45\n---\nA sentence that nobody will read.\n',
      'bad-yaml.md': '---\ntitle: [unclosed\n---\nA sentence that nobody will read.\n',
      'empty.txt': ' \n\n',
      'lighthouse.md': lighthouse,
      'noise.txt': Uint8Array.from({ length: 4_000 }, (_, index) => (index * 7919) % 256),
      'photo.jpg': Uint8Array.of(0xff, 0xd8, 0xff),
      'twin.md': lighthouse,
    });
    const { code, stdout, stderr } = await ingest();
    expect({ code, stderr: stderr.includes('Unexpected') }).toEqual({ code: 0, stderr: false });
    const [counts, ...rest] = stdout.trimEnd().split('\n');
    expect(rest.at(-1)).toBe('Skipped 1 other files.');
    const reasons = rest.slice(0, -1);
    expect(counts).toBe('Articles: 1 added, 0 changed, 0 unchanged, 0 removed, 5 failed.');
    expect(reasons).toEqual([
      expect.stringMatching(/^ {2}bad-date\.md: .*publishedAt.*2024-04-05/u),
      expect.stringMatching(/^ {2}bad-yaml\.md: .*front matter/u),
      expect.stringMatching(/^ {2}empty\.txt: .*no text/u),
      expect.stringMatching(/^ {2}noise\.txt: \S/u),
      expect.stringMatching(/^ {2}twin\.md: .*"lighthouse".*lighthouse\.md/u),
    ]);
    expect(await quotedOfLighthouse()).toContain('1904');
  });

  it('interrupted or killed, leaves the index that was there, ready to answer and to go on', async ({
    onTestFinished,
  }) => {
    const { ingest, start, inCorpus, path, quotedOfLighthouse } = await createPlace(onTestFinished);
    await inCorpus({ 'lighthouse.md': lighthouse });
    await ingest();
    const generations = await readdir(path('index', 'generations'));
    const many = manyArticles(40);
    await inCorpus(many);

    const interrupted = start();
    await interrupted.printed(/Embedding/u);
    interrupted.signal('SIGINT');
    const { code, stdout, stderr } = await interrupted.finished;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/Interrupted/u);
    expect(await readdir(path('index', 'generations'))).toEqual(generations);

    const killed = start();
    await killed.printed(/Embedding/u);
    killed.signal('SIGKILL');
    expect((await killed.finished).code).toBeNull();
    expect(await quotedOfLighthouse()).toContain('1904');

    await Promise.all(Object.keys(many).map((file) => rm(path('corpus', file))));
    expect(await ingest()).toMatchObject({
      code: 0,
      stdout: 'Articles: 0 added, 0 changed, 1 unchanged, 0 removed, 0 failed.\n',
    });
  });

  it('says which folder cannot be read and what to do, with exit code 2', async ({ onTestFinished }) => {
    const { ingest, path } = await createPlace(onTestFinished);
    const { code, stdout, stderr } = await ingest();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(path('corpus'));
    expect(stderr).toContain('--corpus');
    expect(stderr).not.toMatch(/^\s+at /mu);
  });

  it('says that the index cannot be written there, with exit code 1', async ({ onTestFinished }) => {
    const { ingest, inCorpus, path } = await createPlace(onTestFinished);
    await inCorpus({ 'lighthouse.md': lighthouse });
    // A file where the folder should be: no rights of the user make that writable.
    await writeFiles(path(), { index: 'not a folder' });
    const { code, stdout, stderr } = await ingest();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(path('index'));
    expect(stderr).not.toMatch(/Unexpected|^\s+at /mu);
  });
});

/** Articles of thirty different sentences each: some seconds of embedding. */
function manyArticles(count: number): Record<string, string> {
  const things = ['harbour', 'orchard', 'library', 'railway', 'theatre', 'bakery', 'school'];
  const articles = Array.from({ length: count }, (_, article): [string, string] => {
    const sentences = Array.from({ length: 30 }, (_unused, sentence) => {
      const thing = things[(article + sentence) % things.length];
      return `The ${thing} of village ${article} kept record number ${sentence} of its ${thing} work that year.`;
    });
    return [`article-${article}.txt`, `${sentences.join(' ')}\n`];
  });
  return Object.fromEntries(articles);
}
