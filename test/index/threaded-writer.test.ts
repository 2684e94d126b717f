import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import type { IndexedArticle } from '../../src/domain/ports.ts';
import { createIndexHandle } from '../../src/index/index-handle.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { createThreadedWriter } from '../../src/index/threaded-writer.ts';
import { describeInterruptions } from '../contracts/index/interruptions.ts';
import { describeSources } from '../contracts/index/sources.ts';
import { describeWriting } from '../contracts/index/writing.ts';
import { indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

const workerModule = new URL('../../dist/index/writer-worker.js', import.meta.url).href;
const articles = Array.from({ length: 200 }, (_, number) =>
  indexedArticle(`article-${number}`, `Words of article ${number}.`),
);
const printOf = ({ article }: IndexedArticle) => `print of ${article.version}`;

/** A writer's thread in which `body` is run when it has given its answer number 130. */
async function spoiltThread(dir: string, body: string): Promise<URL> {
  const file = join(dir, 'spoilt.mjs');
  await writeFile(
    file,
    `import { parentPort } from 'node:worker_threads';
     const post = parentPort.postMessage.bind(parentPort);
     let answers = 0;
     parentPort.postMessage = (...message) => {
       post(...message);
       answers += 1;
       if (answers === 130) { ${body} }
     };
     await import(${JSON.stringify(workerModule)});`,
  );
  return pathToFileURL(file);
}

async function putAll(writer: Awaited<ReturnType<typeof createThreadedWriter>>) {
  for (const entry of articles) {
    if (!writer.fingerprints.has(entry.article.id)) await writer.put(entry, printOf(entry));
  }
  return writer.commit();
}

describe('an index written in a thread', () => {
  const open = async () => {
    const options = indexOptions(await mkdtemp(join(tmpdir(), 'footnote-index-')));
    const handle = createIndexHandle(options);
    return {
      openWriter: () => createThreadedWriter(options),
      acquire: () => handle.acquire(),
      close: async () => {
        await handle.close();
        await rm(options.dir, { recursive: true, force: true });
      },
    };
  };
  describeWriting(open);
  describeSources(open);
  describeInterruptions(open);

  it('is the same as one written without, to the byte', async () => {
    const [one, other] = [await temporaryFolder(), await temporaryFolder()];
    const here = await ingest(indexOptions(one), articles);
    const there = await putAll(await createThreadedWriter(indexOptions(other)));
    const digests = (dir: string, id: string) => {
      const file = join(dir, 'generations', id, 'articles.db');
      const database = new Database(file, { readonly: true });
      const tables = ['articles', 'passages', 'vectors', 'sources', 'copy_texts'];
      const rows = tables.map((table) => database.prepare(`SELECT * FROM ${table}`).all());
      database.close();
      return rows;
    };
    expect(digests(other, there.id)).toEqual(digests(one, here.id));
  });

  it('begins with all that there is, however much', async () => {
    const options = indexOptions(await temporaryFolder());
    const writer = await createIndexWriter(options);
    const record = (number: number) => ({ path: `${number}`, digest: 'd', articles: [], failures: [] });
    for (let number = 0; number < 4_001; number += 1) await writer.putSource(record(number));
    for (const entry of articles) await writer.put(entry, printOf(entry));
    await writer.commit();
    const next = await createThreadedWriter(options);
    expect([next.fingerprints.size, next.sources.size]).toEqual([articles.length, 4_001]);
    expect(next.sources.get('4000')).toEqual(record(4_000));
    await next.discard();
  });

  it('says what is in the way, as one written without', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const writer = await createThreadedWriter(options);
    for (const create of [createThreadedWriter, createIndexWriter]) {
      const error = await create(options).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(FootnoteError);
      expect(error).toMatchObject({
        code: 'unavailable',
        message: `Another ingest (process ${process.pid}) is writing the index in ${dir}.`,
        remedy: expect.stringContaining('npm run ingest'),
      });
    }
    await writer.discard();
    await (await createIndexWriter(options)).discard();
  });
});

const ends: [string, string][] = [
  ['ends', 'process.exit(1);'],
  ['throws', 'throw new Error("Out of order.");'],
];

describe('a writing thread that', () => {
  it.each(ends)('%s, is told of, and the next writer carries on', async (_name, body) => {
    const dir = await temporaryFolder();
    // Several times before the thread ends.
    const options = { ...indexOptions(dir), changesPerCommit: 25 };
    const generation = await ingest(options, articles.slice(0, 1));
    const writer = await createThreadedWriter({
      ...options,
      module: await spoiltThread(await temporaryFolder(), body),
    });
    const error = await putAll(writer).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FootnoteError);
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(`writes the index in ${dir} has stopped`),
      remedy: expect.stringContaining('npm run ingest'),
    });
    await expect(writer.remove('article-0')).rejects.toThrow(/has stopped|has ended/u);
    await writer.discard();
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    index.close();

    const next = await createThreadedWriter(options);
    expect(next.resumed).toBe(true);
    expect(next.fingerprints.size).toBeGreaterThan(50);
    expect(await putAll(next)).toMatchObject({ articles: articles.length });
    expect((await readdir(dir)).filter((name) => name.startsWith('building-'))).toEqual([]);
  });

  it('fails at a change that was accepted, says so with the next call, and does nothing that came after it', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const generation = await ingest(options, articles.slice(0, 1));
    // Two articles cannot have one passage.
    const [first, second] = [indexedArticle('x', 'Same words.'), indexedArticle('y', 'Same words.')];
    const twin = {
      ...second,
      passages: second.passages.map((one, at) => ({ ...one, id: first.passages[at]?.id ?? '' })),
    };
    const writer = await createThreadedWriter(options);
    await writer.put(first, 'print of x');
    await writer.put(twin, 'print of y');
    await writer
      .putSource({ path: 'y.md', digest: 'd', articles: ['y'], failures: [] })
      .catch(() => undefined);
    await expect(writer.commit()).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    await expect(writer.put(second, 'print')).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_UNIQUE' });
    await writer.suspend();
    const next = await createIndexWriter(options);
    expect([next.resumed, ...next.fingerprints.keys()]).toEqual([true, 'article-0', 'x']);
    expect([...next.sources.keys()]).toEqual([]);
    await next.discard();
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    index.close();
  });
});
