import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';

import { createIndexStatistics } from '../../src/index/index-statistics.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { decodeQuantised, encodeQuantised } from '../../src/index/vector-blobs.ts';
import { unitVector } from '../../src/index/vector-checks.ts';
import { filesIn, indexedArticle, indexOptions, ingest, randomVectors, temporaryFolder } from './fixtures.ts';

const entry = indexedArticle(
  'first',
  '# Heading\nOne sentence.\nAnother.\n\nSecond 😀 paragraph.\n\nA third.',
  {
    publishedAt: '2024-03-01',
    found: { title: 'heading', language: 'detected', publishedAt: 'dateline' },
  },
);

function storedBytes(dir: string, generation: string): unknown {
  const database = new Database(join(dir, 'generations', generation, 'articles.db'), { readonly: true });
  const rows = ['articles', 'vectors'].map((table) =>
    database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all(),
  );
  database.close();
  // Passages are new rows with new keys.
  return JSON.parse(JSON.stringify(rows, (name, value: unknown) => (name === 'key' ? undefined : value)));
}

describe('what an index stores of an article', () => {
  it('comes back whole, and put again it is stored as the same bytes', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const first = await ingest(options, [entry]);
    const before = storedBytes(dir, first.id);
    const writer = await createIndexWriter(options);
    const stored = await writer.stored('first');
    expect(stored).toMatchObject({
      article: entry.article,
      passages: entry.passages,
      signature: entry.signature,
    });
    expect(stored?.sentenceVectors.map((vectors) => vectors.length)).toEqual([3, 1, 1]);
    expect(await writer.stored('none')).toBeUndefined();
    if (stored) await writer.put(stored, writer.fingerprints.get('first') ?? '');
    // What is under construction is read the same way.
    expect(await writer.stored('first')).toEqual(stored);
    const next = await writer.commit();
    expect(next.id).not.toBe(first.id);
    expect(storedBytes(dir, next.id)).toEqual(before);
  });

  it.each([8, 384, 1_024])(
    'keeps vectors of %i numbers, read and stored again, to the last bit',
    (length) => {
      for (const vector of randomVectors(200, length, length)) {
        const unit = unitVector(
          vector.map((value) => value * 3),
          length,
        );
        expect(unitVector(Array.from(unit), length)).toEqual(unit);
        const blob = encodeQuantised([unit]);
        const [read = new Float32Array()] = decodeQuantised(blob, length);
        expect(encodeQuantised([unitVector(Array.from(read), length)]).equals(blob)).toBe(true);
      }
    },
  );
});

describe('what an index knows of the files', () => {
  const records = ['b.md', 'a.pdf', 'added/ä.txt'].map((path, number) => ({
    path,
    digest: `d${number}`,
    articles: number === 1 ? [] : [`article-${number}`, 'another'],
    failures: number === 1 ? ['Page 3 cannot be read.'] : [],
  }));

  async function known() {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const writer = await createIndexWriter(options);
    for (const record of records) await writer.putSource(record);
    const generation = await writer.commit();
    return { dir, options, generation };
  }

  it('leaves no trace of a file that is gone', async () => {
    const { dir, options } = await known();
    const writer = await createIndexWriter(options);
    await writer.removeSource('a.pdf');
    await writer.commit();
    for (const name of await filesIn(dir)) {
      expect((await readFile(join(dir, name))).includes('Page 3 cannot')).toBe(false);
    }
  });
});

describe('the disk that an index takes', () => {
  it('is told for the generation that is served and for all that there is', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const statistics = createIndexStatistics(dir);
    await ingest(options, [entry]);
    const index = await openIndex(options);
    const alone = await statistics(index);
    expect(alone.folderBytes).toBeGreaterThan(alone.diskBytes);
    expect(alone.folderBytes).toBeLessThan(alone.diskBytes + 20_000);
    const writer = await createIndexWriter(options);
    await writer.put(indexedArticle('second', 'Words.'), 'print');
    await writer.suspend();
    const during = await statistics(index);
    expect(during.diskBytes).toBe(alone.diskBytes);
    expect(during.folderBytes).toBeGreaterThan(alone.folderBytes + alone.diskBytes / 2);
    index.close();
  });

  it('is at most three times that of a generation, whatever is done', async () => {
    const dir = await temporaryFolder();
    const options = indexOptions(dir);
    const entries = Array.from({ length: 60 }, (_, number) =>
      indexedArticle(
        `a${number}`,
        `Text ${number}. ${'More words here. '.repeat(200)}`.trimEnd(),
        {},
        number,
      ),
    );
    await ingest(options, entries);
    const statistics = createIndexStatistics(dir);
    for (let round = 0; round < 4; round += 1) {
      const writer = await createIndexWriter(options);
      await writer.put(indexedArticle(`new-${round}`, 'Words.'), 'print');
      if (round % 2 === 1) await writer.remove(`a${round}`);
      await writer.suspend();
      const index = await openIndex(options);
      const { diskBytes, folderBytes } = await statistics(index);
      index.close();
      expect(folderBytes).toBeLessThan(diskBytes * 2.5);
      await (await createIndexWriter(options)).commit();
    }
  });
});
