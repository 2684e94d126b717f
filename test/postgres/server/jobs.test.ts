import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it, onTestFinished } from 'vitest';

import { unlessUnusable } from '../../../src/domain/errors.ts';
import type { SentFile } from '../../../src/domain/ingest-admin.ts';
import type { IngestJob } from '../../../src/domain/ingest-job.ts';
import type { PassageIndex } from '../../../src/domain/ports.ts';
import { createPostgresIndexHandle } from '../../../src/index/postgres/postgres-index-handle.ts';
import { createPostgresIndexWriter } from '../../../src/index/postgres/postgres-index-writer.ts';
import { createSharedCorpus } from '../../../src/ingest/postgres/shared-corpus.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { createLetterModel } from '../../ingest/memory-index.ts';
import { createFolder, writeFiles } from '../../support/folders.ts';
import { newSchema, serverDatabase } from '../../support/postgres/server-database.ts';
import { startStuckWorker } from '../../support/postgres/stuck-worker.ts';

/** Whatever an article says, it is long enough to be one. */
function markdown(id: string, about: string): string {
  return `---\nid: ${id}\ntitle: About ${id}\n---\nThe ${about} of the village are painted blue. They leave at four in the morning.\n`;
}

/** A store with a folder of articles, and the means to open it as one process after the other. */
async function createStore(corpus: Readonly<Record<string, string>> = {}) {
  const schema = newSchema();
  const database = await serverDatabase({ schema, dimensions: 26 });
  onTestFinished(() => database.close());
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const corpusDir = join(folder.path, 'corpus');
  await mkdir(corpusDir);
  await writeFiles(corpusDir, corpus);
  let uploads = 0;
  return {
    schema,
    database,
    corpusDir,
    open: () => openCorpus(database, corpusDir),
    async upload(name: string, text: string): Promise<SentFile> {
      const upload = `upload-${uploads++}`;
      await writeFiles(folder.path, { [upload]: text });
      return { name, path: join(folder.path, upload), size: text.length };
    },
  };
}

function openCorpus(database: Database, corpusDir: string) {
  const embeddings = createLetterModel();
  const handle = createPostgresIndexHandle({ database, embeddings });
  async function withIndex<T>(use: (index: PassageIndex) => Promise<T>): Promise<T> {
    const lease = await handle.acquire();
    try {
      return await use(lease.index);
    } finally {
      lease.release();
    }
  }
  const errors: unknown[] = [];
  const corpus = createSharedCorpus({
    database,
    corpusDir,
    addedDir: join(corpusDir, 'added'),
    embeddings,
    index: {
      sources: async () => (await unlessUnusable(withIndex((index) => index.sources()))) ?? [],
      articles: async () => (await unlessUnusable(withIndex((index) => index.sourceArticles()))) ?? [],
      article: (id) => unlessUnusable(withIndex((index) => index.article(id))),
    },
    openWriter: (purpose) => createPostgresIndexWriter({ database, embeddings, purpose }),
    collect: async () => undefined,
    parse: { maxFileBytes: 1_000_000, workers: 1, timeoutMs: 20_000, memoryMb: 512 },
    fetch: { allowedHosts: [], delayMs: 0, timeoutMs: 1_000, userAgent: 'Footnote' },
    refreshMs: 60_000,
    purge: { holds: async () => false, purgeArticle: async () => undefined },
    onError: (error) => errors.push(error),
  });
  const stop = new AbortController();
  const over: IngestJob[] = [];
  let working: Promise<void> | undefined;
  const close = async () => {
    stop.abort();
    await working;
    await corpus.close();
    await handle.close();
  };
  onTestFinished(close);
  return {
    ...corpus,
    errors,
    over,
    /** Begins to work on the queue. */
    begin() {
      working = corpus.work({
        signal: stop.signal,
        onError: (error) => errors.push(error),
        onJob: (job) => over.push(job),
      });
    },
    articles: () => withIndex(async (index) => (await index.articles()).map(({ id }) => id).toSorted()),
  };
}

async function until(check: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await check())) {
    if (Date.now() > end) throw new Error('It did not happen in time.');
    await sleep(50);
  }
}

describe('two workers', () => {
  it('share the jobs, and each is done once', async () => {
    const store = await createStore();
    const [one, other] = [store.open(), store.open()];
    const names = Array.from({ length: 40 }, (_, n) => `article-${n}`);
    const sent: IngestJob[] = [];
    for (const name of names) {
      const file = await store.upload(`${name}.md`, markdown(name, `boats number ${name}`));
      sent.push(await one.admin.add({ files: [file] }));
    }
    one.begin();
    other.begin();
    await until(() => one.over.length + other.over.length >= 40);
    expect([...one.over, ...other.over].map(({ id }) => id).toSorted()).toEqual(sent.map(({ id }) => id));
    for (const [n, { id }] of sent.entries()) {
      expect(await one.admin.job(id)).toMatchObject({ state: 'done', result: { added: [names[n]] } });
    }
    expect(one.over.length).toBeGreaterThan(0);
    expect(other.over.length).toBeGreaterThan(0);
    expect(await one.articles()).toEqual(names.toSorted());
    expect([...one.errors, ...other.errors]).toEqual([]);
  });
});

describe('a worker that is killed', () => {
  it('leaves its job to another, and the article is there once', async () => {
    const store = await createStore();
    const corpus = store.open();
    const file = await store.upload('boats.md', markdown('boats', 'boats'));
    const { id } = await corpus.admin.add({ files: [file] });
    const stuck = startStuckWorker(store);
    await until(async () => (await corpus.admin.job(id)).progress?.phase === 'embedding');
    await stuck.kill();
    // As if the time for which it had them had gone by.
    for (const table of ['jobs', 'batches']) {
      await store.database.query(
        `UPDATE ${table} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL`,
      );
    }
    corpus.begin();
    await until(() => corpus.over.length > 0);
    expect(corpus.over[0]).toMatchObject({ id, state: 'done', result: { added: ['boats'], failed: [] } });
    expect(await corpus.articles()).toEqual(['boats']);
    expect(await store.database.query('SELECT attempts FROM jobs')).toEqual([{ attempts: 2 }]);
  });
});

describe('bringing a folder into the database', () => {
  it('adds, changes and removes articles, and does nothing a second time', async () => {
    const store = await createStore({
      'boats.md': markdown('boats', 'boats'),
      'nets.md': markdown('nets', 'nets'),
      'sub/sails.md': markdown('sails', 'sails'),
      'photo.jpg': 'JFIF',
    });
    const corpus = store.open();
    expect(await corpus.ingest()).toMatchObject({
      added: ['boats', 'nets', 'sails'],
      changed: [],
      removed: [],
      unchanged: [],
      failed: [],
      skipped: [{ file: 'photo.jpg' }],
      generation: { articles: 3 },
    });
    const file = await store.upload('ropes.md', markdown('ropes', 'ropes'));
    await corpus.admin.add({ files: [file] });
    await writeFiles(store.corpusDir, {
      'nets.md': markdown('nets', 'new nets'),
      'harbours.md': markdown('harbours', 'harbours'),
      'moved/sails.md': markdown('sails', 'sails'),
    });
    await rm(join(store.corpusDir, 'boats.md'));
    await rm(join(store.corpusDir, 'sub'), { recursive: true });
    expect(await corpus.ingest()).toMatchObject({
      added: ['harbours'],
      changed: ['nets'],
      removed: ['boats'],
      failed: [],
    });
    await until(async () => (await corpus.admin.jobs()).every(({ state }) => state === 'done'));
    const jobs = (await corpus.admin.jobs()).length;
    expect(await corpus.ingest()).toMatchObject({
      added: [],
      changed: [],
      removed: [],
      unchanged: ['ropes', 'harbours', 'sails', 'nets'],
      failed: [],
    });
    expect(await corpus.admin.jobs()).toHaveLength(jobs);
    expect(corpus.errors).toEqual([]);
  });

  it('refuses a folder that has become empty, and one that is not there', async () => {
    const store = await createStore({ 'boats.md': markdown('boats', 'boats') });
    const corpus = store.open();
    await corpus.ingest();
    await rm(join(store.corpusDir, 'boats.md'));
    await expect(corpus.ingest()).rejects.toMatchObject({ code: 'configuration' });
    await rm(store.corpusDir, { recursive: true });
    await expect(corpus.ingest()).rejects.toMatchObject({ code: 'configuration' });
    expect(await corpus.articles()).toEqual(['boats']);
  });

  it('reads again what was added when the rules of reading have changed', async () => {
    const store = await createStore();
    const corpus = store.open();
    corpus.begin();
    const file = await store.upload('ropes.md', markdown('ropes', 'ropes'));
    await corpus.admin.add({ files: [file] });
    await until(() => corpus.over.length === 1);
    await corpus.ingest();
    expect(corpus.over).toHaveLength(1);
    await store.database.query("UPDATE reading_rules SET rules = 'older'");
    await store.database.query("UPDATE files SET digest = 'older'");
    await store.database.query("UPDATE sources SET digest = 'older'");
    expect(await corpus.ingest()).toMatchObject({ unchanged: ['ropes'], failed: [] });
    expect(await store.database.query("SELECT path FROM files WHERE digest = 'older'")).toEqual([]);
    expect((await corpus.admin.jobs())[0]).toMatchObject({ kind: 'update', subject: ['added/ropes.md'] });
  });
});

describe('deleting and restoring', () => {
  it('says what became of the article, while other articles come in', async () => {
    const store = await createStore({ 'boats.md': markdown('boats', 'boats') });
    const [one, other] = [store.open(), store.open()];
    await one.ingest();
    one.begin();
    other.begin();
    const deleted = await one.admin.delete('boats', { purge: false });
    for (let n = 0; n < 6; n += 1) {
      await one.admin.add({ files: [await store.upload(`n${n}.md`, markdown(`nets-${n}`, `nets ${n}`))] });
    }
    await until(() => one.over.length + other.over.length >= 7);
    expect(await one.admin.job(deleted.id)).toMatchObject({ state: 'done', result: { removed: ['boats'] } });
    expect(await one.articles()).not.toContain('boats');
    const restored = await one.admin.restore('boats');
    await until(async () => (await one.admin.job(restored.id)).state === 'done');
    expect(await one.admin.job(restored.id)).toMatchObject({ result: { added: ['boats'], failed: [] } });
    expect(await one.articles()).toHaveLength(7);
  });
});
