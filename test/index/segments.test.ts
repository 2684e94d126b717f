import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { array, assert, nat, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { linkOrCopy } from '../../src/index/link-file.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { planSegments } from '../../src/index/segment-plan.ts';
import type { GenerationVectors } from '../../src/index/vector-segments.ts';
import { buildInThreads } from '../../src/index/vector-threads.ts';
import {
  dimensions,
  hnsw,
  indexedArticle,
  indexOptions,
  ingest,
  randomVectors,
  temporaryFolder,
} from './fixtures.ts';

const limits = { exactLimit: 5, shardLimit: 20 };

async function options(overrides: Partial<typeof limits> = {}) {
  const plain = indexOptions(await temporaryFolder());
  return { ...plain, hnsw: { ...hnsw, ...limits, ...overrides } };
}

type Options = Awaited<ReturnType<typeof options>>;

/** Articles of one passage each. */
const articles = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    indexedArticle(`a${first + at}`, `Words ${first + at}.`, {}, first + at),
  );

const folderOf = ({ dir }: Options, id: string) => join(dir, 'generations', id);

async function segmentsOf(place: Options, id: string): Promise<GenerationVectors['segments']> {
  const manifest: { vectors: GenerationVectors } = JSON.parse(
    await readFile(join(folderOf(place, id), 'manifest.json'), 'utf8'),
  );
  return manifest.vectors.segments;
}

async function sizes(place: Options, id: string): Promise<string[]> {
  return (await segmentsOf(place, id)).map(({ name, count, removed = 0 }) => `${name} ${count} ${removed}`);
}

async function remove(place: Options, ids: readonly string[]) {
  const writer = await createIndexWriter(place);
  for (const id of ids) await writer.remove(id);
  return writer.commit();
}

/** Compares what is found with what is nearest by an obviously right way; graphs this small find all. */
async function expectFound(place: Options, entries: ReturnType<typeof articles>) {
  const index = await openIndex(place);
  const all = entries.flatMap(({ passages, passageVectors }) =>
    passages.map(({ id }, at) => ({ id, vector: passageVectors[at] ?? [] })),
  );
  for (const query of randomVectors(5, dimensions, 3)) {
    const score = (vector: readonly number[]) =>
      vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
    const nearest = all.toSorted((a, b) => score(b.vector) - score(a.vector)).slice(0, 10);
    const found = await index.searchVectors({ vector: query, limit: 10 });
    expect(found.map(({ passageId }) => passageId)).toEqual(nearest.map(({ id }) => id));
    for (const [at, { score: given }] of found.entries()) {
      expect(given).toBeCloseTo(score(nearest[at]?.vector ?? []), 5);
    }
  }
  expect(index.generation.passages).toBe(all.length);
  index.close();
}

describe('the vectors of an index in several files', () => {
  it('keeps what is added beside the graph, which becomes a link to the one before', async () => {
    const place = await options();
    const first = await ingest(place, articles(0, 10));
    expect(await sizes(place, first.id)).toEqual(['vectors-1.bin 10 0']);
    const before = await stat(join(folderOf(place, first.id), 'vectors-1.bin'));
    const second = await ingest(place, articles(10, 3));
    expect(await sizes(place, second.id)).toEqual(['vectors-1.bin 10 0', 'vectors.bin 3 0']);
    expect((await stat(join(folderOf(place, second.id), 'vectors-1.bin'))).ino).toBe(before.ino);
    await expectFound(place, articles(0, 13));
  });

  it('merges what has outgrown its limit into the graph, and begins another where there is no room', async () => {
    const place = await options();
    await ingest(place, articles(0, 10));
    await ingest(place, articles(10, 5));
    const merged = await ingest(place, articles(15, 1));
    expect(await sizes(place, merged.id)).toEqual(['vectors-1.bin 16 0']);
    await ingest(place, articles(16, 4));
    const next = await ingest(place, articles(20, 3));
    expect(await sizes(place, next.id)).toEqual(['vectors-1.bin 16 0', 'vectors-2.bin 7 0']);
    await expectFound(place, articles(0, 23));
  });

  it('takes a removal out of the file that holds it and leaves the others', async () => {
    const place = await options();
    await ingest(place, articles(0, 36));
    const three = await ingest(place, articles(36, 3));
    expect(await sizes(place, three.id)).toEqual([
      'vectors-1.bin 18 0',
      'vectors-2.bin 18 0',
      'vectors.bin 3 0',
    ]);
    const digests = (await segmentsOf(place, three.id)).map(({ sha256 }) => sha256);
    const tail = await remove(place, ['a37']);
    expect(await sizes(place, tail.id)).toEqual([
      'vectors-1.bin 18 0',
      'vectors-2.bin 18 0',
      'vectors.bin 2 0',
    ]);
    const shard = await remove(place, ['a3']);
    expect(await sizes(place, shard.id)).toEqual([
      'vectors-1.bin 17 1',
      'vectors-2.bin 18 0',
      'vectors.bin 2 0',
    ]);
    expect((await segmentsOf(place, shard.id))[1]?.sha256).toBe(digests[1]);
    const kept = articles(0, 39).filter(({ article }) => !['a3', 'a37'].includes(article.id));
    await expectFound(place, kept);
    const whole = await remove(
      place,
      articles(0, 18).map(({ article }) => article.id),
    );
    expect(await sizes(place, whole.id)).toEqual(['vectors-1.bin 18 0', 'vectors.bin 2 0']);
    expect((await segmentsOf(place, whole.id))[0]?.sha256).toBe(digests[1]);
  });

  it('builds several graphs in threads, with the same files each time', async () => {
    const [one, two] = [await options(), await options()];
    const ids = [(await ingest(one, articles(0, 70))).id, (await ingest(two, articles(0, 70))).id] as const;
    const segments = await segmentsOf(one, ids[0]);
    expect(segments.map(({ count }) => count)).toEqual([18, 18, 18, 16]);
    expect(await segmentsOf(two, ids[1])).toEqual(segments);
    await expectFound(one, articles(0, 70));
  });

  it('goes back to one exact file when few are left', async () => {
    const place = await options();
    await ingest(place, articles(0, 8));
    const { id } = await remove(place, ['a0', 'a1', 'a2']);
    expect(await sizes(place, id)).toEqual(['vectors.bin 5 0']);
    await expectFound(place, articles(3, 5));
  });

  it('builds anew only the file that is damaged', async () => {
    const place = await options();
    const { id } = await ingest(place, articles(0, 36));
    const before = await segmentsOf(place, id);
    const other = await stat(join(folderOf(place, id), 'vectors-1.bin'));
    const file = join(folderOf(place, id), 'vectors-2.bin');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(500) ^ 1, 500);
    await writeFile(file, bytes);
    await expect(openIndex(place)).rejects.toMatchObject({
      code: 'index-unusable',
      message: expect.stringContaining('vectors-2.bin is damaged'),
    });
    const mended = await ingest(place, []);
    expect(await segmentsOf(place, mended.id)).toEqual(before);
    expect((await stat(join(folderOf(place, mended.id), 'vectors-1.bin'))).ino).toBe(other.ino);
    await expectFound(place, articles(0, 36));
  });

  it('is built anew under another limit', async () => {
    const place = await options();
    await ingest(place, articles(0, 36));
    const { id } = await ingest({ ...place, hnsw: { ...place.hnsw, shardLimit: 12 } }, []);
    expect(await sizes(place, id)).toEqual([
      'vectors-1.bin 12 0',
      'vectors-2.bin 12 0',
      'vectors-3.bin 12 0',
    ]);
  });

  it('leaves nothing of an attempt that was given up', async () => {
    const place = await options();
    await ingest(place, articles(0, 10));
    const writer = await createIndexWriter(place);
    for (const entry of articles(10, 2)) await writer.put(entry, 'print');
    await writer.suspend();
    const building = (await readdir(place.dir)).find((name) => name.startsWith('building-')) ?? '';
    await writeFile(join(place.dir, building, 'vectors-7.bin'), 'left over');
    const { id } = await ingest(place, []);
    expect((await readdir(folderOf(place, id))).toSorted()).toEqual([
      'articles.db',
      'manifest.json',
      'vectors-1.bin',
      'vectors.bin',
    ]);
  });
});

describe('a file that stays as it is', () => {
  it('is linked, and copied where that is refused', async () => {
    const dir = await temporaryFolder();
    const from = join(dir, 'from');
    await writeFile(from, 'vectors');
    await linkOrCopy(from, join(dir, 'linked'));
    const refuse = () => Promise.reject(new Error('EXDEV'));
    await linkOrCopy(from, join(dir, 'copied'), refuse);
    expect(await readFile(join(dir, 'copied'), 'utf8')).toBe('vectors');
    const inode = async (name: string) => (await stat(join(dir, name))).ino;
    expect(await inode('linked')).toBe(await inode('from'));
    expect(await inode('copied')).not.toBe(await inode('from'));
    await expect(linkOrCopy(join(dir, 'none'), join(dir, 'x'), refuse)).rejects.toThrow(/ENOENT/u);
  });
});

describe('threads that build graphs', () => {
  const task = { name: 'vectors-1.bin', kind: 'graph', first: 1, last: 9, count: 9 } as const;
  const place = { folder: '/nowhere', dimensions, hnsw };

  it.each([
    ['process.exit(3)', 'it ended'],
    ['throw new Error("no memory")', 'no memory'],
  ])('end with a clear error when one does %s', async (code, reason) => {
    const module = new URL(`data:text/javascript,import process from "node:process"; ${code}`);
    await expect(buildInThreads([task, task, task], place, '/nowhere/a.db', module)).rejects.toMatchObject({
      code: 'unavailable',
      message: `The thread that builds vectors-1.bin has stopped: ${reason}.`,
    });
  });

  it('say what a segment failed with', async () => {
    await expect(buildInThreads([task, task], place, join(process.cwd(), 'none.db'))).rejects.toMatchObject({
      code: 'index-unusable',
      message: expect.stringContaining('none.db cannot be opened'),
    });
  });
});

describe('the plan of segments', () => {
  const tuning = { ...hnsw, exactLimit: 6, shardLimit: 15, m: 16, largeLimit: 1_000 };

  /** The segments as they would stand in the manifest, with every change of a graph made in its place. */
  function written(keys: readonly number[], base?: GenerationVectors): GenerationVectors {
    const segments = planSegments(keys, tuning, base).map((planned) => {
      const { name, kind, keys: own } = planned;
      const shape = { name, kind, dimensions, count: own.length, bytes: 1, sha256: '0'.repeat(64) };
      const graph = kind === 'graph' ? { m: 16, efConstruction: 200, removed: 0, built: own.length } : {};
      return { ...shape, ...graph, first: own[0] ?? 0, last: own.at(-1) ?? 0 };
    });
    return { dimensions, count: keys.length, segments };
  }

  it('holds every key once, in order, within the limits, after any changes', () => {
    const step = record({ add: nat(25), remove: array(nat(200), { maxLength: 30 }) });
    assert(
      property(array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let keys: number[] = [];
        let next = 1;
        let base: GenerationVectors | undefined;
        for (const { add, remove: gone } of steps) {
          const places = new Set(gone);
          keys = keys.filter((_, at) => !places.has(at));
          for (let count = 0; count < add; count += 1) keys.push(next++);
          const plan = planSegments(keys, tuning, base);
          expect(plan.flatMap((planned) => planned.keys)).toEqual(keys);
          const most = { graph: 15, exact: 6 };
          expect(plan.filter(({ kind, keys: own }) => own.length > most[kind])).toEqual([]);
          const isOther = ({ base: from, keys: own }: (typeof plan)[number]) =>
            from?.same === true && from.segment.count !== own.length;
          expect(plan.filter(isOther)).toEqual([]);
          expect(new Set(plan.map(({ name }) => name)).size).toBe(plan.length);
          base = written(keys, base);
        }
      }),
    );
  });
});
