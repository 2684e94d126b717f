import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import type { IngestJob } from '../../src/domain/ingest-job.ts';
import type { AddedStore } from '../../src/ingest/added/added-store.ts';
import type { JobTask, StagedJob } from '../../src/ingest/added/staged-job.ts';
import type { WithdrawnStore } from '../../src/ingest/added/withdrawn.ts';
import { createJobNames } from '../../src/ingest/jobs/accept-job.ts';
import type { RunIngest } from '../../src/ingest/jobs/job-parts.ts';
import { rootsOf } from '../../src/ingest/load/corpus-roots.ts';
import { syncFolder } from '../../src/ingest/postgres/folder-sync.ts';
import { insertJob } from '../../src/ingest/postgres/insert-job.ts';
import { createJobQueue } from '../../src/ingest/postgres/job-queue.ts';
import { createDatabaseJobs } from '../../src/ingest/postgres/job-records.ts';
import { retryFailed } from '../../src/ingest/postgres/retry-failed.ts';
import { createWorker } from '../../src/ingest/postgres/worker.ts';
import type { Database } from '../../src/postgres/database.ts';
import { createFolder, writeFiles } from '../support/folders.ts';
import { inlineParser } from '../support/inline-parser.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

const leaseMs = 30_000;

// Starting the first one takes long.
beforeAll(async () => {
  await pgliteDatabase();
});

let serial = 0;

/** Queues one thing that is to be done. */
async function queuedOne(database: Database, task: JobTask): Promise<StagedJob> {
  const [job] = await queued(database, task);
  if (!job) throw new Error('Nothing was queued.');
  return job;
}

/** Queues what is to be done, in this order. */
async function queued(database: Database, ...tasks: readonly JobTask[]): Promise<readonly StagedJob[]> {
  const jobs = tasks.map((task): StagedJob => {
    const id = `20260101T${String((serial += 1)).padStart(9, '0')}Z-0000-00000000`;
    return { id, createdAt: '2026-01-01T00:00:00.000Z', subject: [], task };
  });
  for (const job of jobs) await insertJob(database, job);
  return jobs;
}

const read = (...paths: readonly string[]): JobTask => ({ type: 'read', paths: [...paths] });

function queueOf(database: Database, worker: string) {
  return createJobQueue({ database, worker, leaseMs });
}

/** As if so much time had gone by. */
async function letPass(database: Database, ms: number): Promise<void> {
  await database.query(
    `UPDATE jobs SET lease_until = lease_until - $1::float8 * interval '1 millisecond',
       run_after = run_after - $1::float8 * interval '1 millisecond'`,
    [ms],
  );
}

const over = (job: StagedJob, state: 'done' | 'failed' = 'done'): IngestJob => ({
  id: job.id,
  kind: 'update',
  subject: [],
  createdAt: job.createdAt,
  state,
});

const notNeeded = (): never => {
  throw new Error('Nobody should ask for this.');
};

const noAdded: AddedStore = {
  accept: notNeeded,
  pending: notNeeded,
  pathOf: notNeeded,
  readStaged: notNeeded,
  place: notNeeded,
  remove: notNeeded,
  sidecar: notNeeded,
  finish: async () => undefined,
};

const nothing = { list: [], isWithdrawn: () => false };
const noneWithdrawn: WithdrawnStore = {
  read: async () => nothing,
  latest: () => nothing,
  withdraw: notNeeded,
  restore: notNeeded,
};

function jobsOf(database: Database, maxQueued?: number) {
  const jobs = createDatabaseJobs({
    database,
    added: noAdded,
    withdrawn: noneWithdrawn,
    sources: async () => [],
    ...(maxQueued !== undefined && { maxQueued }),
  });
  onTestFinished(() => jobs.close());
  return jobs;
}

const report = {
  added: ['boats'],
  changed: [],
  unchanged: [],
  removed: [],
  failed: [],
  files: new Map(),
  generation: { id: 'generation' },
};

/** Starts a worker that does `run` for each job; the test stops it, or its end does. */
function work(database: Database, run: RunIngest, lease = leaseMs) {
  const stop = new AbortController();
  const errors: unknown[] = [];
  const done: IngestJob[] = [];
  const worker = createWorker({
    database,
    leaseMs: lease,
    toolsFor: () => ({
      run,
      added: noAdded,
      withdrawn: noneWithdrawn,
      parser: inlineParser,
      sources: async () => [],
      article: async () => undefined,
      now: Date.now,
      close: async () => undefined,
    }),
  });
  const ended = worker.run({
    signal: stop.signal,
    onError: (error) => errors.push(error),
    onJob: (job) => done.push(job),
  });
  const end = async () => {
    stop.abort();
    await ended;
  };
  onTestFinished(end);
  return { errors, done, end };
}

async function rowOf(database: Database, { id }: StagedJob) {
  const [row] = await database.query('SELECT state, attempts, worker FROM jobs WHERE shard = 0 AND id = $1', [
    id,
  ]);
  return row;
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await sleep(20);
  }
}

describe('taking jobs', () => {
  it('gives the oldest first, each to one worker', async () => {
    const database = await pgliteDatabase();
    const [first, second] = await queued(database, read('a.md'), read('b.md'));
    expect((await queueOf(database, 'one').claim())?.job).toEqual(first);
    expect((await queueOf(database, 'two').claim())?.job).toEqual(second);
    expect(await queueOf(database, 'one').claim()).toBeUndefined();
  });

  it('lets a job wait for an earlier one that changes the same, and no other', async () => {
    const database = await pgliteDatabase();
    const [first, second, third] = await queued(
      database,
      read('a.md', 'b.md'),
      read('b.md', 'c.md'),
      read('d.md'),
    );
    const queue = queueOf(database, 'one');
    expect((await queue.claim())?.job).toEqual(first);
    expect((await queue.claim())?.job).toEqual(third);
    expect(await queue.claim()).toBeUndefined();
    if (first) await queue.end(over(first, 'failed'));
    expect((await queue.claim())?.job).toEqual(second);
  });

  it('lets a job wait for a later one that is being carried out', async () => {
    const database = await pgliteDatabase();
    const earlier: StagedJob = {
      id: '20250101T000000000Z-0000-00000000',
      createdAt: '2025-01-01T00:00:00.000Z',
      subject: [],
      task: read('a.md'),
    };
    await queued(database, read('a.md'));
    const queue = queueOf(database, 'one');
    await queue.claim();
    await insertJob(database, earlier);
    expect(await queue.claim()).toBeUndefined();
  });

  it('gives a job whose worker is gone to another, and counts that', async () => {
    const database = await pgliteDatabase();
    const [job] = await queued(database, read('a.md'));
    const [gone, other] = [queueOf(database, 'gone'), queueOf(database, 'other')];
    await gone.claim();
    await letPass(database, leaseMs - 5_000);
    expect(await other.claim()).toBeUndefined();
    expect(await gone.renew(job?.id ?? '')).toBe(true);
    await letPass(database, leaseMs - 5_000);
    expect(await other.claim()).toBeUndefined();
    await letPass(database, 5_001);
    expect(await other.claim()).toMatchObject({ job, attempts: 2 });
  });

  it('lets nobody but its worker say what became of a job', async () => {
    const database = await pgliteDatabase();
    const job = await queuedOne(database, read('a.md'));
    const [slow, other] = [queueOf(database, 'slow'), queueOf(database, 'other')];
    await slow.claim();
    await letPass(database, leaseMs + 1);
    await other.claim();
    expect(await slow.renew(job.id)).toBe(false);
    expect(await slow.show(over(job))).toBe(false);
    expect(await slow.end(over(job, 'failed'))).toBe(false);
    expect(await slow.putBack(over(job), { delayMs: 0, counts: true })).toBe(false);
    expect(await rowOf(database, job)).toMatchObject({ state: 'running', worker: 'other' });
    expect(await other.end(over(job))).toBe(true);
    expect(await other.end(over(job, 'failed'))).toBe(false);
    expect(await rowOf(database, job)).toMatchObject({ state: 'done' });
  });

  it('sets a job aside that is not understood, and gives the others', async () => {
    const database = await pgliteDatabase();
    const [strange, plain] = await queued(database, read('a.md'), read('b.md'));
    await database.query('UPDATE jobs SET job = replace(job, \'"read"\', \'"dance"\') WHERE id = $1', [
      strange?.id,
    ]);
    const queue = queueOf(database, 'one');
    for (let times = 1; times <= 6; times += 1) {
      await expect(queue.claim()).rejects.toThrow('No matching discriminator');
      expect((await queue.claim())?.job).toEqual(plain);
      await letPass(database, 60_000);
    }
    expect(strange && (await rowOf(database, strange))).toMatchObject({ state: 'failed', attempts: 6 });
  });

  it('puts a job back for later', async () => {
    const database = await pgliteDatabase();
    const job = await queuedOne(database, read('a.md'));
    const queue = queueOf(database, 'one');
    await queue.claim();
    await queue.putBack({ ...over(job), state: 'queued' }, { delayMs: 60_000, counts: true });
    expect(await queue.claim()).toBeUndefined();
    await letPass(database, 60_000);
    expect(await queue.claim()).toMatchObject({ attempts: 2 });
    await queue.putBack({ ...over(job), state: 'queued' }, { delayMs: 0, counts: false });
    expect(await queue.claim()).toMatchObject({ attempts: 2 });
  });

  it('forgets what was over long ago, but for the last two hundred', async () => {
    const database = await pgliteDatabase();
    await database.query(
      `INSERT INTO jobs (shard, id, state, job, shown, keys, ended_at)
       SELECT 0, 'job-' || n, CASE WHEN n = 1 THEN 'queued' ELSE 'done' END, '{}', '{}', '{}',
              now() - (301 - n) * interval '1 minute'
       FROM generate_series(1, 300) AS n`,
    );
    await queueOf(database, 'one').sweep();
    const rows = await database.query('SELECT id FROM jobs WHERE shard = 0');
    expect(rows).toHaveLength(201);
    expect(rows).toContainEqual({ id: 'job-1' });
    expect(rows).toContainEqual({ id: 'job-101' });
    expect(rows).not.toContainEqual({ id: 'job-100' });
  });
});

describe('a worker', () => {
  it('carries jobs out, tells how far they are, and says what became of them', async () => {
    const database = await pgliteDatabase();
    const jobs = jobsOf(database);
    const { id } = await jobs.update();
    const seen: IngestJob[] = [];
    let isSeen = false;
    const { done } = work(database, async ({ onProgress }) => {
      onProgress({ phase: 'embedding', done: 1, total: 2 });
      await until(() => isSeen);
      return report;
    });
    for await (const job of jobs.follow(id, { signal: AbortSignal.timeout(20_000) })) {
      seen.push(job);
      if (job.progress) isSeen = true;
    }
    expect(seen.at(0)).toMatchObject({ kind: 'update' });
    expect(seen).toContainEqual(
      expect.objectContaining({ state: 'running', progress: { phase: 'embedding', done: 1, total: 2 } }),
    );
    expect(seen.at(-1)).toMatchObject({
      state: 'done',
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      result: { added: ['boats'], generation: 'generation' },
    });
    expect(await jobs.jobs()).toEqual([seen.at(-1)]);
    await until(() => done.length === 1);
    expect(done).toEqual([seen.at(-1)]);
  });

  it('begins a job again that failed, some times', async () => {
    const database = await pgliteDatabase();
    const job = await queuedOne(database, read('a.md'));
    let runs = 0;
    const { done, errors } = work(database, async () => {
      runs += 1;
      throw new FootnoteError('unavailable', 'Another batch changed the same article.');
    });
    await until(async () => {
      await letPass(database, 10_000);
      return done.length > 0;
    });
    expect(runs).toBe(5);
    expect(errors).toEqual([]);
    const shown = await jobsOf(database).job(job.id);
    expect(shown).toMatchObject({ state: 'failed' });
    expect(shown.error).toBe(
      'Another batch changed the same article. It was tried 5 times. To try it again: npm run -s ingest',
    );
  });

  it('gives up a job on which workers have died again and again', async () => {
    const database = await pgliteDatabase();
    await queuedOne(database, read('a.md'));
    for (let death = 0; death < 5; death += 1) {
      await queueOf(database, `worker ${death}`).claim();
      await letPass(database, leaseMs + 1);
    }
    const { done } = work(database, async () => expect.unreachable());
    await until(() => done.length > 0);
    expect(done[0]?.error).toContain('ended before it was done. It was tried 5 times.');
  });

  it('hands its job back when it is stopped, and that counts as nothing', async () => {
    const database = await pgliteDatabase();
    const job = await queuedOne(database, read('a.md'));
    let hasBegun = false;
    const { end } = work(database, async ({ signal }) => {
      hasBegun = true;
      await sleep(60_000, undefined, { signal });
      return report;
    });
    await until(() => hasBegun);
    await end();
    expect(await rowOf(database, job)).toEqual({ state: 'queued', attempts: 0, worker: null });
    expect(await jobsOf(database).job(job.id)).toEqual({ ...over(job), state: 'queued' });
  });

  it('keeps a job for as long as it works on it', async () => {
    const database = await pgliteDatabase();
    await queued(database, read('a.md'));
    const { done } = work(
      database,
      async () => {
        await sleep(900);
        return report;
      },
      300,
    );
    const other = work(database, async () => expect.unreachable(), 300);
    await until(() => done.length > 0);
    expect(done[0]?.state).toBe('done');
    expect(other.done).toEqual([]);
  });

  it('drops a job that has become that of another worker', async () => {
    const database = await pgliteDatabase();
    const job = await queuedOne(database, read('a.md'));
    let wasEnded = false;
    const { done, end } = work(
      database,
      async ({ signal }) => {
        await database.query("UPDATE jobs SET worker = 'other', lease_until = now() + interval '1 hour'");
        await sleep(60_000, undefined, { signal }).catch(() => undefined);
        wasEnded = true;
        return report;
      },
      300,
    );
    await until(() => wasEnded);
    await end();
    expect(done).toEqual([]);
    expect(await rowOf(database, job)).toMatchObject({ state: 'running', worker: 'other' });
  });

  it('goes on when the database was away', async () => {
    const database = await pgliteDatabase();
    await queued(database, read('a.md'));
    let failures = 3;
    const flaky: Database = {
      ...database,
      query: (...call) => {
        if ((failures -= 1) >= 0) return Promise.reject(new FootnoteError('unavailable', 'It is away.'));
        return database.query(...call);
      },
    };
    const { done, errors } = work(flaky, async () => report);
    await until(() => done.length > 0);
    expect(errors).toHaveLength(3);
  });
});

describe('jobs in the database', () => {
  it('are refused when too many wait, but for what is read of the folder', async () => {
    const database = await pgliteDatabase();
    const jobs = jobsOf(database, 1);
    await queued(database, read('a.md'), read('b.md'));
    const first = await jobs.update();
    expect(first).toMatchObject({ kind: 'update', state: 'queued' });
    await expect(jobs.add({ url: 'https://example.com/', kind: 'page' })).rejects.toMatchObject({
      code: 'too-many-requests',
      retryAfter: 10,
    });
    expect(await jobs.update()).toEqual(first);
  });

  it('may be called by names that the database cannot read as JSON', async () => {
    const database = await pgliteDatabase();
    const jobs = jobsOf(database);
    const names = (id: string): StagedJob => ({
      id: `20260101T00000000${id}Z-0000-00000000`,
      createdAt: '2026-01-01T00:00:00.000Z',
      subject: ['Nets \0 and "task":{"type":"delete"', '\ud800'],
      task: { type: 'add', files: [{ name: 'nets.md', staged: '0', given: { title: 'Nets\0' } }] },
    });
    await insertJob(database, names('1'));
    await insertJob(database, names('2'));
    await expect(jobsOf(database, 2).update()).rejects.toMatchObject({ code: 'too-many-requests' });
    const update = await jobs.update();
    expect(await jobs.update()).toEqual(update);
    await database.query("UPDATE jobs SET state = 'failed', attempts = 5 WHERE id <> $1", [update.id]);
    await retryFailed(database);
    expect((await jobs.jobs()).map(({ state }) => state)).toEqual(['queued', 'queued', 'failed']);
    await expect(jobs.job('\0')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are followed until the signal', async () => {
    const database = await pgliteDatabase();
    const jobs = jobsOf(database);
    const { id } = await jobs.update();
    const stop = new AbortController();
    const states = jobs.follow(id, { signal: stop.signal })[Symbol.asyncIterator]();
    expect(await states.next()).toMatchObject({ value: { state: 'queued' } });
    const next = states.next();
    stop.abort();
    await expect(next).rejects.toThrow('aborted');
    await expect(jobs.job('none')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('jobs that were given up', () => {
  it('are begun again on request, unless a later one has changed the same', async () => {
    const database = await pgliteDatabase();
    const remove = (articleId: string): JobTask => ({ type: 'delete', articleId, purge: false });
    const [boats, nets, again, page] = await queued(
      database,
      remove('boats'),
      remove('nets'),
      { type: 'restore', articleId: 'nets' },
      { type: 'fetch', url: 'https://example.com/', kind: 'page' },
    );
    const queue = queueOf(database, 'one');
    for (const job of [boats, nets, again]) {
      await database.query('UPDATE jobs SET attempts = 4 WHERE id = $1', [job?.id]);
      await queue.claim();
      if (job) await queue.end({ ...over(job, 'failed'), error: 'No luck.', endedAt: job.createdAt });
    }
    // What was refused at once is up to whoever asked.
    await queue.claim();
    if (page) await queue.end({ ...over(page, 'failed'), error: 'There is no such page.' });
    await retryFailed(database);
    const jobs = await jobsOf(database).jobs();
    expect(jobs.map(({ id, state }) => [id, state])).toEqual([
      [page?.id, 'failed'],
      [again?.id, 'queued'],
      [nets?.id, 'failed'],
      [boats?.id, 'queued'],
    ]);
    expect(jobs.at(-1)?.error).toBeUndefined();
  });
});

describe('bringing a folder into the database', () => {
  it('keeps and queues what is new, and reads a file that was moved together with its old place', async () => {
    const database = await pgliteDatabase();
    const folder = await createFolder();
    onTestFinished(() => folder.remove());
    const files = Object.fromEntries(Array.from({ length: 45 }, (_, n) => [`a${n}.md`, `Article ${n}.`]));
    await writeFiles(folder.path, { ...files, 'added/mine.md': 'Not of the folder.', 'b.jpg': 'JFIF' });
    const sync = () =>
      syncFolder({
        database,
        roots: rootsOf(folder.path),
        maxFileBytes: 100_000,
        sources: [],
        isWithdrawn: () => false,
        newJob: createJobNames(Date.now),
      });
    const first = await sync();
    expect(first.jobs.map(({ paths }) => paths.length)).toEqual([20, 20, 5]);
    expect(first.skipped.map(({ file }) => file)).toEqual(['b.jpg']);
    expect(await sync()).toMatchObject({ jobs: [], failed: [] });
    await database.query("UPDATE jobs SET state = 'done'");
    await rm(join(folder.path, 'a7.md'));
    await rm(join(folder.path, 'a8.md'));
    await writeFiles(folder.path, { 'z/a7.md': files['a7.md'] ?? '', 'a9.md': 'Another text.' });
    const { jobs } = await sync();
    const paths = jobs.flatMap((job) => job.paths);
    expect(paths).toContain('a8.md');
    expect(jobs.find((job) => job.paths.includes('a7.md'))?.paths).toContain('z/a7.md');
    // The index knows none of them, and no job is to read them any more.
    expect(paths).toHaveLength(46);
    const stored = await database.query("SELECT path FROM files WHERE path IN ('a7.md', 'a8.md', 'z/a7.md')");
    expect(stored).toEqual([{ path: 'z/a7.md' }]);
  });
});
