import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { HnswVectorStore } from '../../src/index/hnsw-vector-store.ts';
import { hnsw, randomVectors, temporaryFolder } from './fixtures.ts';

const letters = 'abcdefghijklmnop';

/** Counts letters: similar words have similar vectors. */
const embeddings = {
  embedQuery: async (text: string) => Array.from(letters, (letter) => text.split(letter).length - 1 + 0.01),
  embedDocuments: (texts: string[]) => Promise.all(texts.map(embeddings.embedQuery)),
};
const config = { dimensions: letters.length, hnsw };
const words = ['aaa', 'bbb', 'ccc', 'aab', 'abb'];
const documents = words.map((word) => ({ id: word, pageContent: word, metadata: { first: word[0] } }));

async function ids(
  store: HnswVectorStore,
  question: string,
  k: number,
  filter?: HnswVectorStore['FilterType'],
) {
  return (await store.similaritySearch(question, k, filter)).map((document) => document.id);
}

describe('HnswVectorStore', () => {
  it('finds documents, nearest first, with their metadata', async () => {
    const store = await HnswVectorStore.fromDocuments(documents, embeddings, config);
    expect(await ids(store, 'a', 3)).toEqual(['aaa', 'aab', 'abb']);
    const [[document, score] = []] = await store.similaritySearchWithScore('aaa', 1);
    expect(document).toEqual(documents[0]);
    expect(score).toBeCloseTo(1, 5);
  });

  it('is made from texts with metadata for each or for all', async () => {
    const each = await HnswVectorStore.fromTexts(['a', 'b'], [{ n: 1 }, { n: 2 }], embeddings, config);
    const all = await HnswVectorStore.fromTexts(['a', 'b'], { n: 3 }, embeddings, config);
    expect((await each.similaritySearch('b', 1))[0]?.metadata).toEqual({ n: 2 });
    expect((await all.similaritySearch('b', 1))[0]?.metadata).toEqual({ n: 3 });
  });

  it('serves as a LangChain retriever', async () => {
    const store = await HnswVectorStore.fromDocuments(documents, embeddings, config);
    const found = await store.asRetriever({ k: 2, filter: { ids: ['bbb', 'ccc'] } }).invoke('a');
    expect(new Set(found.map((document) => document.id))).toEqual(new Set(['bbb', 'ccc']));
  });

  it('searches only among the ids given', async () => {
    const store = await HnswVectorStore.fromDocuments(documents, embeddings, config);
    expect(await ids(store, 'a', 5, { ids: ['ccc', 'abb', 'unknown'] })).toEqual(['abb', 'ccc']);
    expect(await ids(store, 'a', 5, { ids: [] })).toEqual([]);
  });

  it('deletes by id and replaces by id', async () => {
    const store = await HnswVectorStore.fromDocuments(documents, embeddings, config);
    await store.delete({ ids: ['aaa', 'unknown'] });
    expect(await ids(store, 'a', 1)).toEqual(['aab']);
    await store.addDocuments([{ id: 'bbb', pageContent: 'aaaa', metadata: {} }]);
    expect(store.size).toBe(4);
    expect(await ids(store, 'a', 1)).toEqual(['bbb']);
  });

  it('gives an id to documents without one', async () => {
    const store = new HnswVectorStore(embeddings, config);
    const given = await store.addDocuments([{ pageContent: 'a', metadata: {} }], {});
    expect(await ids(store, 'a', 1)).toEqual(given);
    expect(
      await store.addVectors([Array.from(letters, () => 1)], [{ pageContent: 'x', metadata: {} }], {
        ids: ['mine'],
      }),
    ).toEqual(['mine']);
  });

  it('adds none of the documents when one vector is bad', async () => {
    const store = new HnswVectorStore(embeddings, config);
    const good = Array.from(letters, () => 1);
    await expect(store.addVectors([good, [1]], documents.slice(0, 2))).rejects.toThrow(/has 1 numbers/u);
    await expect(store.addVectors([good], documents)).rejects.toThrow(RangeError);
    expect(store.size).toBe(0);
  });

  it('answers alike before and after it grows out of exact search', async () => {
    const vectors = randomVectors(60, letters.length);
    const some = vectors.map((_, index) => ({ id: `d${index}`, pageContent: '', metadata: {} }));
    const small = new HnswVectorStore(embeddings, { ...config, hnsw: { ...hnsw, exactLimit: 40 } });
    const exact = new HnswVectorStore(embeddings, config);
    for (const start of [0, 30]) {
      await small.addVectors(vectors.slice(start, start + 30), some.slice(start, start + 30));
      await exact.addVectors(vectors.slice(start, start + 30), some.slice(start, start + 30));
      const found = await small.similaritySearchVectorWithScore(vectors[7] ?? [], 10);
      const expected = await exact.similaritySearchVectorWithScore(vectors[7] ?? [], 10);
      expect(found.map(([document]) => document.id)).toEqual(expected.map(([document]) => document.id));
    }
  });

  it('saves over an earlier state and loads the later', async () => {
    const file = join(await temporaryFolder(), 'store.json');
    const store = await HnswVectorStore.fromDocuments(documents, embeddings, config);
    await store.save(file);
    await store.delete({ ids: ['aaa'] });
    await store.save(file);
    const loaded = await HnswVectorStore.load(file, embeddings, config);
    expect(await ids(loaded, 'a', 5)).toEqual(await ids(store, 'a', 5));
    expect(await readdir(join(file, '..'))).toHaveLength(2);
    await loaded.addDocuments([{ id: 'new', pageContent: 'ppp', metadata: {} }]);
    expect(await ids(loaded, 'p', 1)).toEqual(['new']);
  });

  it('refuses to load what is missing, damaged or of another dimension', async () => {
    const file = join(await temporaryFolder(), 'store.json');
    const load = (dimensions: number) => HnswVectorStore.load(file, embeddings, { dimensions, hnsw });
    await expect(load(letters.length)).rejects.toMatchObject({ code: 'index-unusable' });
    await (await HnswVectorStore.fromDocuments(documents, embeddings, config)).save(file);
    await expect(load(5)).rejects.toMatchObject({ code: 'index-unusable' });
    await writeFile(file, '{"format":1}');
    await expect(load(letters.length)).rejects.toMatchObject({ code: 'index-unusable' });
  });
});
