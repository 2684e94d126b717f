import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { filesIn, indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

const source = { path: 'two.md', digest: 'd2', articles: ['two'], failures: ['Page 3 is empty.'] };

/** An index of one article, and beside it what an interrupted ingest had built: a second one instead of it. */
async function interrupted() {
  const dir = await temporaryFolder();
  const options = indexOptions(dir);
  const generation = await ingest(options, [indexedArticle('one', 'First words.')]);
  const writer = await createIndexWriter(options);
  await writer.put(indexedArticle('two', 'Second words.'), 'print of two');
  await writer.putSource(source);
  await writer.remove('one');
  await writer.suspend();
  return { dir, options, generation };
}

async function articleIds(options: ReturnType<typeof indexOptions>) {
  const index = await openIndex(options);
  const articles = await index.articles();
  index.close();
  return articles.map(({ id }) => id);
}

async function buildings(dir: string) {
  return (await readdir(dir)).filter((name) => name.startsWith('building-'));
}

describe('an interrupted ingest', () => {
  it('leaves what is served as it was, and is carried on by the next', async () => {
    const { dir, options, generation } = await interrupted();
    expect(await articleIds(options)).toEqual(['one']);
    const writer = await createIndexWriter(options);
    expect(writer.resumed).toBe(true);
    expect([...writer.fingerprints]).toEqual([['two', 'print of two']]);
    expect([...writer.sources]).toEqual([['two.md', source]]);
    expect((await writer.stored('two'))?.article.text).toBe('Second words.');
    const next = await writer.commit();
    expect(next.id > generation.id).toBe(true);
    expect(await articleIds(options)).toEqual(['two']);
    expect(await buildings(dir)).toEqual([]);
    const after = await createIndexWriter(options);
    expect(after.resumed).toBe(false);
    await after.suspend();
  });

  it('is given up when discarded', async () => {
    const { dir, options, generation } = await interrupted();
    const writer = await createIndexWriter(options);
    await writer.discard();
    expect(await buildings(dir)).toEqual([]);
    const after = await createIndexWriter(options);
    expect(after.resumed).toBe(false);
    expect(await after.commit()).toEqual(generation);
  });

  it('leaves nothing behind when it had changed nothing', async () => {
    const { dir, options, generation } = await interrupted();
    await (await createIndexWriter(options)).discard();
    const writer = await createIndexWriter(options);
    await expect(writer.put({ ...indexedArticle('x', 'X.'), passageVectors: [[1]] }, 'p')).rejects.toThrow(
      /has 1 numbers/u,
    );
    await writer.suspend();
    expect(await buildings(dir)).toEqual([]);
    expect(await (await createIndexWriter(options)).commit()).toEqual(generation);
  });

  it('is not carried on with another embedding model', async () => {
    const { dir, options } = await interrupted();
    const writer = await createIndexWriter({ ...options, embeddings: { id: 'other', dimensions: 8 } });
    expect([writer.resumed, writer.fingerprints.size]).toEqual([false, 0]);
    expect(await buildings(dir)).toEqual([]);
    await writer.discard();
    expect(await articleIds(options)).toEqual(['one']);
  });

  it('is not carried on when another generation has become current', async () => {
    const { dir, options } = await interrupted();
    const [building = ''] = await buildings(dir);
    const kept = new Map<string, Buffer>();
    for (const name of await readdir(join(dir, building))) {
      kept.set(name, await readFile(join(dir, building, name)));
    }
    await (await createIndexWriter(options)).discard();
    await ingest(options, [indexedArticle('three', 'Third words.')]);
    await mkdir(join(dir, building));
    for (const [name, bytes] of kept) await writeFile(join(dir, building, name), bytes);
    const writer = await createIndexWriter(options);
    expect(writer.resumed).toBe(false);
    expect(await buildings(dir)).toEqual([]);
    await writer.discard();
  });

  const damages: [string, (file: string) => Promise<void>][] = [
    ['is cut', (file) => truncate(file, 5_000)],
    ['is empty', (file) => truncate(file, 0)],
    ['is no database', (file) => writeFile(file, 'nonsense'.repeat(1_000))],
    ['has a page of something else', (file) => overwrite(file, 4_096 * 3)],
  ];
  it.each(damages)('is given up when its database %s', async (_name, damage) => {
    const { dir, options } = await interrupted();
    const [building = ''] = await buildings(dir);
    await damage(join(dir, building, 'articles.db'));
    const writer = await createIndexWriter(options);
    expect([writer.resumed, ...writer.fingerprints.keys()]).toEqual([false, 'one']);
    expect(await buildings(dir)).toEqual([]);
    await writer.put(indexedArticle('three', 'Third words.'), 'print');
    await writer.commit();
    expect(await articleIds(options)).toContain('three');
  });

  it('is carried on when only the last step had failed', async () => {
    const { dir, options, generation } = await interrupted();
    const failing = await createIndexWriter(options);
    await mkdir(join(dir, 'current.json.tmp'));
    await expect(failing.commit()).rejects.toThrow(/EISDIR/u);
    const index = await openIndex(options);
    expect(index.generation).toEqual(generation);
    index.close();
    const writer = await createIndexWriter(options);
    expect([writer.resumed, ...writer.fingerprints.keys()]).toEqual([true, 'two']);
    await writer.commit();
    expect(await articleIds(options)).toEqual(['two']);
    expect(await filesIn(dir)).toHaveLength(5);
  });
});

describe('what nobody can use any more', () => {
  it('is removed by the next writer, but nothing that is of use', async () => {
    const { dir, options, generation } = await interrupted();
    await mkdir(join(dir, 'building-1-dead'));
    await writeFile(join(dir, 'building-1-dead', 'articles.db'), 'half');
    await writeFile(join(dir, 'current.json.tmp'), 'half');
    await mkdir(join(dir, 'generations', '20010101T000000000Z-00000000'));
    await mkdir(join(dir, 'generations', '20020101T000000000Z-00000000'));
    await writeFile(join(dir, 'mine.txt'), 'Not of Footnote.');
    const writer = await createIndexWriter(options);
    expect(writer.resumed).toBe(true);
    expect((await readdir(join(dir, 'generations'))).toSorted()).toEqual([
      '20020101T000000000Z-00000000',
      generation.id,
    ]);
    expect((await readdir(dir)).filter((name) => !name.startsWith('building-'))).toEqual([
      'current.json',
      'generations',
      'mine.txt',
      'writer.lock',
    ]);
    await writer.discard();
  });
});

async function overwrite(file: string, position: number) {
  const bytes = await readFile(file);
  bytes.fill(7, position, position + 4_096);
  await writeFile(file, bytes);
}
