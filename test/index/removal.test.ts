import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import {
  dimensions,
  filesIn,
  indexedArticle,
  indexOptions,
  ingest,
  randomVectors,
  temporaryFolder,
} from './fixtures.ts';

const others = Array.from({ length: 30 }, (_, number) =>
  indexedArticle(
    `other-${number}`,
    `Common words ${number}.\n\n${'More of them. '.repeat(number * 7)}`.trimEnd(),
    {},
    number,
  ),
);
const secret = indexedArticle(
  'secret',
  `Zanzibarquux lives here.\n\n${'Wibblefrotz again. '.repeat(400)}`,
  {},
  77,
);

/** Which of the marks occur in which file of the folder. Longer files are searched byte by byte all the same. */
async function traces(dir: string, marks: readonly (string | Buffer)[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of await filesIn(dir)) {
    const bytes = await readFile(join(dir, name));
    for (const mark of marks) if (bytes.includes(mark)) found.push(`${String(mark)} in ${name}`);
  }
  return found;
}

/** What must be gone: text, terms, names, and the numbers of the vectors as the files hold them. */
function marksOf({ article, passages, passageVectors }: typeof secret): (string | Buffer)[] {
  const vectors = passageVectors.flatMap((vector) => {
    const single = Float32Array.from(vector);
    // Scaling to unit length may change the last bit; the first half of eight numbers tells enough.
    return [single, ...neighbours(single)].map((one) => Buffer.from(one.buffer, 0, 4 * 4));
  });
  return [
    'Zanzibarquux',
    'zanzibarquux',
    'wibblefrotz',
    'Wibblefrotz',
    article.version,
    ...passages.map(({ id }) => id),
    ...vectors,
  ];
}

function neighbours(vector: Float32Array): Float32Array[] {
  const length = Math.hypot(...vector);
  return [vector.map((value) => value / length), vector.map((value) => value / Math.fround(length))];
}

describe.each(['exact', 'graph'] as const)('an article that is removed from an index, %s', (kind) => {
  async function indexed() {
    const dir = await temporaryFolder();
    const plain = indexOptions(dir);
    const options = { ...plain, hnsw: { ...plain.hnsw, exactLimit: kind === 'exact' ? 1_000 : 2 } };
    await ingest(options, [...others.slice(0, 15), secret, ...others.slice(15)]);
    expect((await traces(dir, marksOf(secret))).length).toBeGreaterThan(4);
    return { dir, options };
  }

  it('leaves nothing in any file of the folder', async () => {
    const { dir, options } = await indexed();
    // A generation more, so that two hold it.
    await ingest(options, [indexedArticle('late', 'Late words.')]);
    const writer = await createIndexWriter(options);
    await writer.remove('secret');
    await writer.commit();
    expect(await traces(dir, marksOf(secret))).toEqual([]);
    // Beside a graph, what came last has a file of its own.
    expect(await filesIn(dir)).toHaveLength(kind === 'exact' ? 5 : 6);
    const index = await openIndex(options);
    const [passage] = others[3]?.passages ?? [];
    const [vector = []] = others[3]?.passageVectors ?? [];
    expect((await index.searchVectors({ vector, limit: 1 }))[0]?.passageId).toBe(passage?.id);
    expect(await index.searchVectors({ vector, limit: 1_000 })).toHaveLength(index.generation.passages);
    index.close();
  });

  it('leaves nothing of its earlier version either', async () => {
    const { dir, options } = await indexed();
    await ingest(options, [indexedArticle('secret', 'Harmless now.', {}, 78)]);
    expect(await traces(dir, marksOf(secret))).toEqual([]);
  });

  it('leaves nothing when the ingest that removed it was interrupted', async () => {
    const { dir, options } = await indexed();
    const writer = await createIndexWriter(options);
    await writer.remove('secret');
    await writer.suspend();
    const next = await createIndexWriter(options);
    expect(next.resumed).toBe(true);
    await next.commit();
    expect(await traces(dir, marksOf(secret))).toEqual([]);
  });
});

describe('a graph that is changed by one ingest after another', () => {
  it('finds what exact search finds, with nothing of what is gone', { timeout: 60_000 }, async () => {
    const dir = await temporaryFolder();
    const plain = indexOptions(dir);
    const graph = { ...plain, hnsw: { ...plain.hnsw, exactLimit: 50 } };
    const article = (number: number, version = 0) =>
      indexedArticle(`a${number}`, `Text ${number}, ${version}.\n\nMore.`, {}, number * 31 + version * 7_919);
    await ingest(
      graph,
      Array.from({ length: 300 }, (_, number) => article(number)),
    );
    const kept = new Map(Array.from({ length: 300 }, (_, number) => [`a${number}`, article(number)]));
    for (let round = 1; round <= 8; round += 1) {
      const writer = await createIndexWriter(graph);
      for (let number = round; number < 300; number += 40) {
        await writer.put(article(number, round), 'print');
        kept.set(`a${number}`, article(number, round));
      }
      await writer.remove(`a${round * 9}`);
      kept.delete(`a${round * 9}`);
      await writer.put(article(300 + round), 'print');
      kept.set(`a${300 + round}`, article(300 + round));
      await writer.commit();
    }
    const index = await openIndex(graph);
    const all = [...kept.values()].flatMap(({ passages, passageVectors }) =>
      passages.map(({ id }, at) => ({ id, vector: passageVectors[at] ?? [] })),
    );
    expect(index.generation.passages).toBe(all.length);
    let shared = 0;
    for (const query of randomVectors(50, dimensions, 5)) {
      const score = (vector: readonly number[]) =>
        vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
      const nearest = all.toSorted((a, b) => score(b.vector) - score(a.vector)).slice(0, 10);
      const found = await index.searchVectors({ vector: query, limit: 10 });
      const ids = new Set(found.map(({ passageId }) => passageId));
      shared += nearest.filter(({ id }) => ids.has(id)).length;
    }
    expect(shared).toBeGreaterThanOrEqual(490);
    index.close();
  });
});
