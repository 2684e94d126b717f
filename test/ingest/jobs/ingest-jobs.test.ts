import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../../src/domain/errors.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import { readSidecar } from '../../../src/ingest/added/sidecar.ts';
import { inlineParser } from '../../support/inline-parser.ts';
import { createJobServer, markdown } from './job-server.ts';

const lockHeld = () =>
  new FootnoteError('unavailable', 'Another ingest is writing the index.', { remedy: 'Wait.' });

async function incoming(dir: string): Promise<string[]> {
  return existsSync(join(dir, '.incoming')) ? readdir(join(dir, '.incoming')) : [];
}

describe('adding files', () => {
  it('makes their articles known, and says which are new, changed or the same', async () => {
    const server = await createJobServer({ 'nets.md': markdown('nets', 'nets') });
    const job = await server.send({ 'boats.md': markdown('boats', 'boats') });
    expect(job).toMatchObject({ kind: 'add', state: 'queued', subject: ['boats.md'] });
    expect(await server.ended(job)).toMatchObject({
      id: job.id,
      state: 'done',
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      result: {
        added: ['boats'],
        changed: [],
        unchanged: [],
        removed: [],
        failed: [],
        generation: 'generation',
      },
    });
    expect(server.articles()).toEqual(['boats', 'nets']);
    expect(await incoming(server.addedDir)).toEqual([]);
    const changed = await server.ended(await server.send({ 'boats.md': markdown('boats', 'sails') }));
    expect(changed.result).toMatchObject({ added: [], changed: ['boats'] });
    const same = await server.ended(await server.send({ 'boats.md': markdown('boats', 'sails') }));
    expect(same.result).toMatchObject({ added: [], changed: [], unchanged: ['boats'] });
    const other = await server.ended(await server.send({ 'BOATS.md': markdown('ships', 'ships') }));
    expect(other.result).toMatchObject({ added: ['ships'], removed: ['boats'] });
  });

  it('takes articles that were typed in, with what is said of them', async () => {
    const server = await createJobServer();
    const article = {
      title: 'Rice is dearer',
      text: 'The price of rice rose by four per cent in May. Farmers were glad of it.',
      publishedAt: '2026-05-31',
      language: 'en',
    } as const;
    const done = await server.ended(await server.jobs.add({ article }));
    expect(done.result).toMatchObject({ added: ['rice-is-dearer'], failed: [] });
    expect(server.index.committed.get('rice-is-dearer')?.entry.article).toMatchObject({
      title: 'Rice is dearer',
      publishedAt: '2026-05-31',
    });
  });

  it('keeps what was given beside the file', async () => {
    const server = await createJobServer();
    await server.ended(
      await server.send({ 'a.md': markdown('boats', 'boats') }, { id: 'ships', title: 'The ships' }),
    );
    expect(server.articles()).toEqual(['ships']);
    expect(await readSidecar(join(server.addedDir, 'a.md'))).toEqual({
      given: { id: 'ships', title: 'The ships' },
    });
  });

  it('is one ingest for all that wait, and each is told of its own', async () => {
    const server = await createJobServer();
    const sent = await Promise.all(
      Array.from({ length: 50 }, (_, n) => server.send({ [`a${n}.md`]: markdown(`a-${n}`, `boats ${n}`) })),
    );
    const done = await Promise.all(sent.map(server.ended));
    expect(done.map(({ result }) => result?.added)).toEqual(sent.map((_, n) => [`a-${n}`]));
    expect(server.runs.length).toBeLessThanOrEqual(4);
    expect(server.runs.flat().toSorted()).toEqual(sent.map(({ id }) => id).toSorted());
  });

  it('lists what cannot be read, keeps none of it, and leaves an earlier version in its place', async () => {
    const server = await createJobServer();
    await server.ended(await server.send({ 'boats.md': markdown('boats', 'boats') }));
    const job = await server.send({
      'boats.md': '\u0000\u0001 no text',
      'photo.jpg': 'JFIF',
      'empty.md': '',
      'nets.md': markdown('nets', 'nets'),
    });
    const { state, result } = await server.ended(job);
    expect(state).toBe('done');
    expect(result?.added).toEqual(['nets']);
    expect(result?.failed.map(({ file }) => file)).toEqual([
      'added/boats.md',
      'added/photo.jpg',
      'added/empty.md',
    ]);
    expect(result?.failed[0]?.reason).toContain('The earlier file of this name stays as it is.');
    expect(server.articles()).toEqual(['boats', 'nets']);
    expect(await readFile(join(server.addedDir, 'boats.md'), 'utf8')).toBe(markdown('boats', 'boats'));
    expect((await readdir(server.addedDir)).toSorted()).toEqual(['.incoming', 'boats.md', 'nets.md']);
    expect(await incoming(server.addedDir)).toEqual([]);
    const again = await server.ended(await server.jobs.update());
    expect(again.result?.failed).toEqual([]);
  });

  it('refuses an id that another file has, and names that file', async () => {
    const server = await createJobServer({ 'village/boats.md': markdown('boats', 'boats') });
    await server.ended(await server.jobs.update());
    const jobs = await Promise.all([
      server.send({ 'mine.md': markdown('boats', 'other boats') }),
      server.send({ 'one.md': markdown('nets', 'nets') }),
      server.send({ 'two.md': markdown('nets', 'other nets') }),
    ]);
    const failed = (await Promise.all(jobs.map(server.ended))).flatMap(({ result }) => result?.failed ?? []);
    expect(failed).toHaveLength(2);
    expect(failed[0]).toMatchObject({
      file: 'added/mine.md',
      reason: expect.stringContaining('village/boats.md'),
    });
    expect(failed[1]?.reason).toMatch(/added\/(?:one|two)\.md/u);
    expect(server.articles()).toEqual(['boats', 'nets']);
    expect(existsSync(join(server.addedDir, 'mine.md'))).toBe(false);
  });

  it('is refused when too much waits', async () => {
    let open = () => undefined as void;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const server = await createJobServer({}, { maxQueued: 2, sources: () => opened.then(() => []) });
    const first = await server.send({ 'a.md': markdown('a', 'boats') });
    // The first one runs, and does not count.
    await expect.poll(async () => (await server.jobs.job(first.id)).state).toBe('running');
    await server.send({ 'b.md': markdown('b', 'boats') });
    await server.send({ 'c.md': markdown('c', 'boats') });
    await expect(server.send({ 'd.md': markdown('d', 'boats') })).rejects.toMatchObject({
      code: 'too-many-requests',
      retryAfter: expect.any(Number),
    });
    open();
    await Promise.all((await server.jobs.jobs()).map(server.ended));
    expect(server.articles()).toEqual(['a', 'b', 'c']);
  });
});

describe('a server that ends', () => {
  it('does what it accepted after the next start', async () => {
    const server = await createJobServer(
      { 'nets.md': markdown('nets', 'nets') },
      {
        run: async ({ signal }) => {
          signal.throwIfAborted();
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          });
        },
      },
    );
    const one = await server.send({ 'a.md': markdown('a', 'boats') }, { title: 'The first' });
    await expect.poll(async () => (await server.jobs.job(one.id)).state).toBe('running');
    const two = await server.send({ 'b.md': markdown('b', 'sails') });
    await server.jobs.close();
    expect((await server.jobs.job(one.id)).state).toBe('queued');
    await expect(server.jobs.update()).rejects.toMatchObject({ code: 'unavailable' });

    const next = server.restart();
    const resumed = await next.jobs.resume();
    expect(resumed.map(({ id }) => id)).toEqual([one.id, two.id]);
    const done = await Promise.all(resumed.map(next.ended));
    expect(done.map(({ result }) => result?.added)).toEqual([['a'], ['b']]);
    expect(next.index.committed.get('a')?.entry.article.title).toBe('The first');
    expect(await incoming(next.addedDir)).toEqual([]);
    expect(await next.restart().jobs.resume()).toEqual([]);
  });
});

describe('an index that another process is writing', () => {
  it('is waited for, and the job says so', async () => {
    let clock = Date.parse('2026-01-01T00:00:00Z');
    const slept: number[] = [];
    const seen: (string | undefined)[] = [];
    const server = await createJobServer();
    const patient = server.restart({
      now: () => clock,
      async sleep(ms) {
        slept.push(ms);
        clock += ms;
        seen.push((await patient.jobs.jobs())[0]?.waiting);
      },
      async run() {
        if (slept.length < 7) throw lockHeld();
        return emptyReport;
      },
    });
    const job = await patient.ended(await patient.jobs.update());
    expect(slept).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    expect(seen).toEqual(slept.map(() => 'Another ingest is writing the index. It is tried again.'));
    expect(job).toMatchObject({ state: 'done' });
    expect(job.waiting).toBeUndefined();
  });

  it('fails the job in the end; what was sent is kept and added with the next', async () => {
    let clock = Date.parse('2026-01-01T00:00:00Z');
    const server = await createJobServer();
    const impatient = server.restart({
      now: () => clock,
      patienceMs: 60_000,
      sleep: async (ms) => void (clock += ms),
      run: () => Promise.reject(lockHeld()),
    });
    const failed = await impatient.ended(await impatient.send({ 'a.md': markdown('a', 'boats') }));
    expect(failed).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/^Another ingest is writing the index\. Wait\. It is kept/u),
    });
    await impatient.jobs.close();
    const next = server.restart();
    const resumed = await next.jobs.resume();
    expect(await Promise.all(resumed.map(next.ended))).toMatchObject([
      { id: failed.id, state: 'done', result: { added: ['a'] } },
    ]);
  });

  it('is tried again with the next job', async () => {
    let isHeld = true;
    const server = await createJobServer();
    const flaky = server.restart({
      patienceMs: 0,
      async run(options) {
        if (isHeld) throw lockHeld();
        options.onProgress({ phase: 'reading', done: 1, total: 1 });
        return emptyReport;
      },
    });
    const first = await flaky.ended(await flaky.send({ 'a.md': markdown('a', 'boats') }));
    expect(first.state).toBe('failed');
    isHeld = false;
    await flaky.ended(await flaky.send({ 'b.md': markdown('b', 'sails') }));
    expect((await flaky.jobs.job(first.id)).state).toBe('done');
    expect((await readdir(flaky.addedDir)).toSorted()).toEqual(['.incoming', 'a.md', 'b.md']);
    expect(await incoming(flaky.addedDir)).toEqual([]);
  });
});

describe('a job that failed', () => {
  it('is not overtaken by a later one that changes the same', async () => {
    let isBroken = true;
    const server = (await createJobServer()).restart({
      parser: {
        async parse(input) {
          if (isBroken && input.file.endsWith('a.md')) throw new FootnoteError('unavailable', 'No memory.');
          return inlineParser.parse(input);
        },
      },
    });
    const first = await server.send({ 'a.md': markdown('a', 'first boats') });
    expect((await server.ended(first)).state).toBe('failed');
    const second = await server.send({ 'a.md': markdown('a', 'second boats') });
    expect(await server.ended(second)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('earlier'),
    });
    isBroken = false;
    await server.ended(await server.send({ 'b.md': markdown('b', 'nets') }));
    expect((await server.ended(first)).state).toBe('done');
    expect((await server.ended(second)).state).toBe('done');
    expect(server.index.committed.get('a')?.entry.article.text).toContain('second boats');
  });

  it('is tried again however often, and does not keep others from being accepted', async () => {
    const server = await createJobServer({ 'nets.md': markdown('nets', 'nets') });
    await server.ended(await server.jobs.update());
    let isBroken = true;
    const broken = server.restart({
      run: async () => emptyReport,
      article: () => (isBroken ? Promise.reject(new Error('no disk')) : Promise.resolve(undefined)),
    });
    const { id } = await broken.jobs.delete('nets', { purge: false });
    expect((await broken.ended({ id })).state).toBe('failed');
    for (let number = 0; number < 205; number += 1) await broken.ended(await broken.jobs.update());
    isBroken = false;
    await broken.ended(await broken.jobs.update());
    expect((await broken.ended({ id })).state).toBe('done');
  });
});

const emptyReport = {
  added: [],
  changed: [],
  unchanged: [],
  removed: [],
  failed: [],
  files: new Map<string, readonly string[]>(),
  generation: { id: 'generation' },
};

describe('deleting an article', () => {
  it('takes it out of the index, even the last one, until it is restored; to purge it removes its file', async () => {
    const server = await createJobServer();
    await server.ended(await server.send({ 'a.md': markdown('a', 'boats') }, { title: 'The boats' }));
    const done = await server.ended(await server.jobs.delete('a', { purge: false }));
    expect(done).toMatchObject({ kind: 'delete', state: 'done', result: { removed: ['a'], failed: [] } });
    expect(server.articles()).toEqual([]);
    await expect(server.jobs.delete('a', { purge: false })).rejects.toMatchObject({ code: 'not-found' });
    const restored = await server.ended(await server.jobs.restore('a'));
    expect(restored.result).toMatchObject({ added: ['a'], failed: [] });
    await server.ended(await server.jobs.delete('a', { purge: true }));
    expect(server.articles()).toEqual([]);
    expect(await readdir(server.addedDir)).toEqual(['.incoming', 'withdrawn.json']);
    await expect(server.jobs.restore('a')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('withdraws one of the operator or of a file of many, until it is restored', async () => {
    const rows = [
      { id: 'one', title: 'One', text: 'The first boat of the village is painted blue.' },
      { id: 'two', title: 'Two', text: 'The second boat of the village is painted red.' },
    ];
    const server = await createJobServer({ 'nets.md': markdown('nets', 'nets') });
    await server.ended(
      await server.send({ 'many.jsonl': rows.map((row) => JSON.stringify(row)).join('\n') }),
    );
    const deleted = await Promise.all([
      server.jobs.delete('nets', { purge: false }),
      server.jobs.delete('two', { purge: false }),
    ]);
    const runs = server.runs.length;
    expect((await Promise.all(deleted.map(server.ended))).map(({ result }) => result?.removed)).toEqual([
      ['nets'],
      ['two'],
    ]);
    expect(server.runs.length - runs).toBeLessThanOrEqual(2);
    expect(server.articles()).toEqual(['one']);
    expect(existsSync(join(server.corpusDir, 'nets.md'))).toBe(true);
    await server.ended(await server.jobs.update());
    expect(server.articles()).toEqual(['one']);
    const restored = await server.ended(await server.jobs.restore('nets'));
    expect(restored).toMatchObject({ kind: 'restore', result: { added: ['nets'], failed: [] } });
    expect(server.articles()).toEqual(['nets', 'one']);
  });

  it('keeps a web page away from its source, until it is restored or asked for again', async () => {
    const page = 'added/web/news.example/boats.md';
    const url = 'https://news.example/boats';
    const fetched = { url, finalUrl: `${url}.html`, at: '2026-01-01T00:00:00.000Z' };
    const server = await createJobServer();
    const online = server.restart({
      async fetch({ kind }) {
        const isWithdrawn = (await online.withdrawn.read()).isWithdrawn({ url });
        const nothing = { stored: [], unchanged: [], gone: [], skipped: [], failed: [] };
        if (isWithdrawn && kind !== 'page') return nothing;
        await online.write(page, markdown('boats', 'boats'), { fetched });
        const failed = [{ file: `${url}/gone`, reason: 'It is gone.' }];
        return { ...nothing, stored: [{ file: page, address: url }], failed };
      },
    });
    const first = await online.ended(await online.jobs.add({ url, kind: 'page' }));
    expect(first.result).toMatchObject({ added: ['boats'], failed: [{ file: `${url}/gone` }] });
    await online.ended(await online.jobs.delete('boats', { purge: false }));
    expect(existsSync(join(online.corpusDir, page))).toBe(true);
    expect((await online.withdrawn.read()).list).toMatchObject([
      { articleId: 'boats', title: 'About boats', file: page, url, finalUrl: fetched.finalUrl },
    ]);
    const feed = await online.ended(
      await online.jobs.add({ url: 'https://news.example/feed', kind: 'feed' }),
    );
    expect(feed.result?.added).toEqual([]);
    const again = await online.ended(await online.jobs.add({ url, kind: 'page' }));
    expect(again.result?.added).toEqual(['boats']);
    await online.ended(await online.jobs.delete('boats', { purge: false }));
    const restored = await online.ended(await online.jobs.restore('boats'));
    expect(restored.result).toMatchObject({ added: ['boats'], failed: [] });
    expect((await online.withdrawn.read()).list).toEqual([]);
    await online.ended(await online.jobs.delete('boats', { purge: true }));
    expect(existsSync(join(online.corpusDir, page))).toBe(false);
    const tooLate = await online.ended(await online.jobs.restore('boats'));
    expect(tooLate.result?.failed).toEqual([
      { file: fetched.finalUrl, reason: expect.stringContaining('Add it again') },
    ]);
  });

  it('is undone by adding an article of the same id, unless another file has it', async () => {
    const server = await createJobServer({ 'nets.md': markdown('nets', 'nets') });
    await server.ended(await server.jobs.update());
    await server.ended(await server.jobs.delete('nets', { purge: false }));
    const refused = await server.ended(await server.send({ 'new.md': markdown('nets', 'new nets') }));
    expect(refused.result?.failed).toMatchObject([
      { file: 'added/new.md', reason: expect.stringContaining('nets.md') },
    ]);
    await rm(join(server.corpusDir, 'nets.md'));
    await writeFile(join(server.corpusDir, 'other.md'), markdown('other', 'oars'));
    await server.ended(await server.jobs.update());
    const taken = await server.ended(await server.send({ 'new.md': markdown('nets', 'new nets') }));
    expect(taken.result).toMatchObject({ added: ['nets'], failed: [] });
    expect((await server.withdrawn.read()).list).toEqual([]);
  });

  it('purges what is stored of it, also when it is no longer there, and says where its text still is', async () => {
    const purged: string[] = [];
    const purge = {
      holds: async (id: string) => id === 'gone',
      purgeArticle: async (id: string) => purged.push(id),
    };
    const server = (await createJobServer({ 'nets.md': markdown('nets', 'nets') })).restart({ purge });
    await server.ended(await server.jobs.update());
    const done = await server.ended(await server.jobs.delete('nets', { purge: true }));
    expect(done.result).toMatchObject({ removed: ['nets'], failed: [{ file: 'nets.md' }] });
    const [entry] = (await server.withdrawn.read()).list;
    expect(entry).toMatchObject({ articleId: 'nets', purged: true });
    expect(entry?.title).toBeUndefined();
    await server.ended(await server.jobs.delete('gone', { purge: true }));
    await expect(server.jobs.delete('unknown', { purge: true })).rejects.toMatchObject({ code: 'not-found' });
    expect(purged).toEqual(['nets', 'gone']);
  });
});

describe('purging an article', () => {
  it('does not bring up the article of the same id in another file', async () => {
    const server = await createJobServer();
    await server.ended(await server.send({ 'boats.md': markdown('boats', 'boats') }));
    await writeFile(join(server.corpusDir, 'copy.md'), markdown('boats', 'copied boats'));
    await server.ended(await server.jobs.update());
    const purged = await server.ended(await server.jobs.delete('boats', { purge: true }));
    expect(purged.result).toMatchObject({ removed: ['boats'] });
    await server.ended(await server.jobs.update());
    expect(server.articles()).toEqual([]);
  });
});

describe('following a job', () => {
  it('shows its states to the end, of fast progress the latest, ten times a second at most', async () => {
    let clock = 0;
    const server = (await createJobServer()).restart({
      now: () => clock,
      async run({ onProgress }) {
        for (let done = 1; done <= 1_000; done += 1) {
          clock += 1;
          onProgress({ phase: 'embedding', done, total: 1_000 });
          await Promise.resolve();
        }
        return emptyReport;
      },
    });
    const { id } = await server.jobs.update();
    const seen: IngestJob[] = [];
    for await (const job of server.jobs.follow(id, { signal: AbortSignal.timeout(10_000) })) seen.push(job);
    expect(seen[0]?.state).not.toBe('done');
    expect(seen.at(-1)?.state).toBe('done');
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.length).toBeLessThanOrEqual(15);
    const late: IngestJob[] = [];
    for await (const job of server.jobs.follow(id, { signal: AbortSignal.timeout(10_000) })) late.push(job);
    expect(late).toEqual([seen.at(-1)]);
  });

  it('knows no job of another process', async () => {
    const server = await createJobServer();
    const { id } = await server.restart().jobs.update();
    expect(() => server.jobs.follow(id, { signal: new AbortController().signal })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    await expect(server.jobs.job(id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('stops when the signal is aborted', async () => {
    let open = () => undefined as void;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    const server = (await createJobServer()).restart({ run: () => opened.then(() => emptyReport) });
    const { id } = await server.jobs.update();
    const controller = new AbortController();
    const follow = async () => {
      for await (const { state } of server.jobs.follow(id, { signal: controller.signal })) {
        if (state === 'running') controller.abort(new Error('enough'));
      }
    };
    await expect(follow()).rejects.toThrow('enough');
    open();
    expect((await server.ended({ id })).state).toBe('done');
  });

  it('remembers the last two hundred, newest first', async () => {
    const server = (await createJobServer()).restart({ run: async () => emptyReport });
    const ids: string[] = [];
    for (let number = 0; number < 205; number += 1) {
      const job = await server.jobs.update();
      ids.push(job.id);
      await server.ended(job);
    }
    expect((await server.jobs.jobs()).map(({ id }) => id)).toEqual(ids.slice(5).toReversed());
  });
});
