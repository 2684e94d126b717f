import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import {
  dimensions,
  indexedArticle,
  indexOptions,
  ingest,
  randomNumbers,
  temporaryFolder,
} from './fixtures.ts';

const writerModule = new URL('../../dist/index/index-writer.js', import.meta.url).href;
const articleCount = 3;

/** Writes one generation after another; every article of one says the same round. Prints each committed round. */
const roundsScript = `
  const { createIndexWriter } = await import(${JSON.stringify(writerModule)});
  const options = JSON.parse(process.argv[1]);
  for (let round = Number(process.argv[2]); ; round += 1) {
    const writer = await createIndexWriter(options);
    for (let number = 0; number < ${articleCount}; number += 1) {
      const text = 'Round ' + round + ' of article ' + number + '.';
      const span = { start: 0, end: text.length };
      const own = { articleId: 'a' + number, articleVersion: 'v' + round };
      const vector = Array.from({ length: ${dimensions} }, (_, index) => Math.cos(number + index));
      await writer.put({
        article: { id: own.articleId, version: own.articleVersion, title: 'T', language: 'en', text, headings: [] },
        passages: [{ ...span, ...own, id: own.articleId + ':' + round, sentences: [span], headingPath: [] }],
        passageVectors: [vector],
        sentenceVectors: [[vector]],
      }, String(round));
    }
    await writer.commit();
    process.stdout.write(round + '\\n');
  }
`;

/** Starts a generation and does not end it. */
const holdingScript = `
  const { createIndexWriter } = await import(${JSON.stringify(writerModule)});
  await createIndexWriter(JSON.parse(process.argv[1]));
  process.stdout.write('started');
  setInterval(() => {}, 1_000);
`;

function startNode(source: string, ...args: string[]) {
  const all = ['--input-type=module', '--eval', source, ...args];
  return spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The round that the index holds, after checking that it holds nothing else. */
async function servedRound(dir: string): Promise<number> {
  const index = await openIndex(indexOptions(dir));
  const articles = await index.articles();
  expect(articles).toHaveLength(articleCount);
  const [{ version } = { version: '' }] = articles;
  expect(articles.every((article) => article.version === version)).toBe(true);
  const vector = Array.from({ length: dimensions }, (_, position) => Math.cos(position));
  const found = await index.searchVectors({ vector, limit: 10 });
  const named = await index.searchText({ terms: [{ term: 'round', weight: 1 }], language: 'en', limit: 10 });
  expect([found.length, named.length]).toEqual([articleCount, articleCount]);
  const stored = await index.passages(found.map(({ passageId }) => passageId));
  expect(stored.every(({ article }) => article.version === version)).toBe(true);
  index.close();
  return Number(version.slice(1));
}

describe('an ingest that is killed', () => {
  // Two at a time: starting processes is what takes long here.
  it.concurrent.each([11, 12])(
    'leaves the last generation or the next one, ten times, %i',
    { timeout: 120_000 },
    async (seed) => {
      const dir = await mkdtemp(join(tmpdir(), 'footnote-crash-'));
      const random = randomNumbers(seed);
      let round = 0;
      for (let kill = 0; kill < 10; kill += 1) {
        const child = startNode(roundsScript, JSON.stringify(indexOptions(dir)), String(round + 1));
        let printed = 0;
        const lines = createInterface(child.stdout);
        const firstCommit = once(lines, 'line');
        lines.on('line', (line) => {
          printed = Number(line);
        });
        await firstCommit;
        await setTimeout(random() * 60);
        const drained = once(lines, 'close');
        child.kill('SIGKILL');
        await Promise.all([once(child, 'exit'), drained]);
        round = await servedRound(dir);
        expect(round === printed || round === printed + 1, `round ${round} after ${printed}`).toBe(true);
      }
      const writer = await createIndexWriter(indexOptions(dir));
      expect(writer.fingerprints.get('a0')).toBe(String(round));
      await writer.discard();
      await rm(dir, { recursive: true });
    },
  );

  it('keeps others out while it lives, and not a moment longer', async () => {
    const dir = await temporaryFolder();
    const child = startNode(holdingScript, JSON.stringify(indexOptions(dir)));
    await once(child.stdout, 'data');
    await expect(createIndexWriter(indexOptions(dir))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const writer = await createIndexWriter(indexOptions(dir));
    await writer.discard();
  });
});

describe.runIf(process.platform === 'linux')('an ingest on a full disk', () => {
  it('says so and leaves the index as it was', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const before = await ingest(options, [indexedArticle('old', 'Old words.')]);
    const source = `
      const { createIndexWriter } = await import(${JSON.stringify(writerModule)});
      const writer = await createIndexWriter(JSON.parse(process.argv[1]));
      const text = 'word '.repeat(200_000);
      const own = { articleId: 'big', articleVersion: 'v' };
      await writer.put({
        article: { id: 'big', version: 'v', title: 'T', language: 'en', text, headings: [] },
        passages: [{ start: 0, end: 9, ...own, id: 'p', sentences: [], headingPath: [] }],
        passageVectors: [[1, 2, 3, 4, 5, 6, 7, 8]],
        sentenceVectors: [[]],
      }, 'print').then(() => writer.commit()).catch((error) => console.log(error.code + ': ' + error.message));
      await writer.discard();
    `;
    const command = 'ulimit -f 256; exec "$0" --input-type=module --eval "$1" "$2"';
    const args = ['-c', command, process.execPath, source, JSON.stringify(options)];
    const { stdout } = await promisify(execFile)('sh', args);
    expect(stdout).toContain(`unavailable: Cannot write the index in ${dir}: `);
    const index = await openIndex(options);
    expect(index.generation).toEqual(before);
    index.close();
    expect((await readdir(dir)).toSorted()).toEqual(['current.json', 'generations', 'writer.lock']);
  });
});
