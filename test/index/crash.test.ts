import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';

import { describe, expect, it } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { dimensions, filesIn, indexOptions, randomNumbers, temporaryFolder } from './fixtures.ts';

const writerModule = new URL('../../dist/index/index-writer.js', import.meta.url).href;
const articleCount = 5;
/** The kills are spread evenly over an ingest, in each of two folders at the same time, three times. */
const lanes = 2;
const batches = 3;
const usualKills = 102;
/** `CRASH_KILLS` asks for more, or fewer. */
const killsPerBatch = Math.ceil(Number(process.env['CRASH_KILLS'] ?? usualKills) / (lanes * batches));
const kills = lanes * batches * killsPerBatch;

/** A graph even of few vectors, so that kills also meet the changing of one. */
const crashOptions = (dir: string) => {
  const options = indexOptions(dir);
  return { ...options, hnsw: { ...options.hnsw, exactLimit: 2 }, changesPerCommit: 2 };
};

/**
 * Brings the index from one round to the next, again and again. Of each round's articles, one never changes, most
 * change, one comes and one goes. Tells when a round begins and when it is committed.
 */
const roundsScript = `
  const { createIndexWriter } = await import(${JSON.stringify(writerModule)});
  const options = JSON.parse(process.argv[1]);
  const tell = (what) => process.stdout.write(what + '\\n');
  for (let round = Number(process.argv[2]); round <= Number(process.argv[3]); round += 1) {
    tell('begin ' + round);
    const writer = await createIndexWriter(options);
    const names = ['stays', 'only' + round, ...Array.from({ length: ${articleCount} - 2 }, (_, at) => 'a' + at)];
    for (const [number, id] of names.entries()) {
      const version = id === 'stays' ? 'v0' : 'v' + round;
      const path = id + '.md';
      if (writer.fingerprints.get(id) !== version) {
        const text = 'Round ' + version + ' of article ' + id + '.';
        const span = { start: 0, end: text.length };
        const own = { articleId: id, articleVersion: version };
        const vector = Array.from({ length: ${dimensions} }, (_, index) => Math.cos(number + index + (round % 7)));
        await writer.put({
          article: { id, version, title: 'T', language: 'en', text, headings: [] },
          passages: [{ ...span, ...own, id: id + ':' + version, sentences: [span], headingPath: [] }],
          passageVectors: [vector],
          sentenceVectors: [[vector]],
          signature: new Uint32Array(2),
        }, version);
      }
      await writer.putSource({ path, digest: version, articles: [id], failures: [] });
    }
    for (const id of writer.fingerprints.keys()) if (!names.includes(id)) await writer.remove(id);
    for (const path of writer.sources.keys()) if (!names.includes(path.slice(0, -3))) await writer.removeSource(path);
    await writer.commit();
    tell('commit ' + round);
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

interface Told {
  readonly committed: number;
  /** Milliseconds from the first beginning to the end. */
  readonly took: number;
}

/** Lets a child write rounds, and kills it so many milliseconds after it has begun; without a number it ends itself. */
async function runRounds(dir: string, first: number, last: number, killAfter?: number): Promise<Told> {
  const child = startNode(roundsScript, JSON.stringify(crashOptions(dir)), String(first), String(last));
  let told = { committed: first - 1, began: 0, ended: 0 };
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const now = performance.now();
    if (line.startsWith('begin') && told.began === 0) {
      told.began = now;
      if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
    }
    if (line.startsWith('commit')) told = { ...told, committed: Number(line.slice(7)), ended: now };
  });
  const [[code, signal]] = await Promise.all([once(child, 'exit'), once(lines, 'close')]);
  expect(killAfter === undefined ? code : signal).toBe(killAfter === undefined ? 0 : 'SIGKILL');
  return { committed: told.committed, took: told.ended - told.began };
}

/** The round that the index holds, after checking that all parts of it hold that and nothing else. */
async function servedRound(dir: string): Promise<number> {
  const index = await openIndex(crashOptions(dir));
  const articles = await index.articles();
  const changing = articles.filter(({ id }) => id !== 'stays');
  const [{ version } = { version: '' }] = changing;
  const ids = ['a0', 'a1', 'a2', `only${version.slice(1)}`, 'stays'];
  expect(articles.map(({ id }) => id)).toEqual(ids);
  expect(changing.every((article) => article.version === version)).toBe(true);
  const vector = Array.from({ length: dimensions }, (_, position) => Math.cos(position));
  const found = await index.searchVectors({ vector, limit: 10 });
  const named = await index.searchText({ terms: [{ term: 'round', weight: 1 }], language: 'en', limit: 10 });
  const passages = ids.map((id) => `${id}:${id === 'stays' ? 'v0' : version}`);
  for (const hits of [found, named]) {
    expect(hits.map(({ passageId }) => passageId).toSorted()).toEqual(passages);
  }
  const texts = (await index.passages(passages)).map(({ text }) => text);
  expect(texts).toEqual(passages.map((id) => `Round ${id.split(':')[1]} of article ${id.split(':')[0]}.`));
  expect((await index.sentenceVectors(passages)).size).toBe(articleCount);
  expect((await index.sources()).map(({ path, digest }) => `${path}:${digest}`)).toEqual(
    passages.map((id) => id.replace(':', '.md:')),
  );
  index.close();
  return Number(version.slice(1));
}

/** Whether something whole is there that has not become current: its state is written last, and removed at the end. */
async function holdsBuilding(dir: string): Promise<boolean> {
  const pointer = await readFile(join(dir, 'current.json'), 'utf8');
  const states = (await filesIn(dir)).filter((name) => name.endsWith('/building.json'));
  return states.some((name) => !pointer.includes(`"${basename(dirname(name))}"`));
}

/** Kills children at moments spread evenly over an ingest; gives how many left something to carry on. */
async function killOften(lane: number): Promise<number> {
  const dir = await temporaryFolder();
  const random = randomNumbers(lane);
  await runRounds(dir, 1, 1);
  const measured = await runRounds(dir, 2, 9);
  const duration = measured.took / 8;
  let [round, resumed] = [9, 0];
  for (let batch = 0; batch < batches; batch += 1) {
    for (let kill = 0; kill < killsPerBatch; kill += 1) {
      const moment = ((kill + random()) / killsPerBatch) * duration;
      const told = await runRounds(dir, round + 1, 1_000_000, moment);
      round = await servedRound(dir);
      expect([told.committed, told.committed + 1], `killed after ${moment} ms`).toContain(round);
      const wasLeft = await holdsBuilding(dir);
      const next = await createIndexWriter(crashOptions(dir));
      expect(next.resumed, `killed after ${moment} ms`).toBe(wasLeft);
      await next.suspend();
      if (wasLeft) resumed += 1;
    }
    await runRounds(dir, round + 1, round + 1);
    round = await servedRound(dir);
    expect(await filesIn(dir)).toEqual([
      'current.json',
      expect.stringMatching(/^generations\/[^/]+\/articles.db$/u),
      expect.stringMatching(/^generations\/[^/]+\/manifest.json$/u),
      expect.stringMatching(/^generations\/[^/]+\/vectors-1.bin$/u),
      'writer.lock',
    ]);
  }
  return resumed;
}

describe('an ingest that is killed', () => {
  const timeout = 60_000 + kills * 2_000;

  it(`leaves the last state or the next one, whole, each of ${kills} times`, { timeout }, async () => {
    const resumed = await Promise.all(Array.from({ length: lanes }, (_, lane) => killOften(lane + 1)));
    // How many there are depends on the machine; with none the test would say little.
    expect(resumed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(kills / 20);
  });

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
    expect(await readdir(dir)).not.toContain('current.json');
  });
});
