import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { FootnoteError } from '../../src/domain/errors.ts';
import { createIndexWriter } from '../../src/index/index-writer.ts';
import { openIndex } from '../../src/index/open-index.ts';
import { dimensions, indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

const entries = ['One sentence.', 'Another one.', 'A third.'].map((text, index) =>
  indexedArticle(`a${index}`, text),
);

async function indexed() {
  const dir = await temporaryFolder();
  const options = indexOptions(dir);
  const { id } = await ingest(options, entries);
  const folder = join(dir, 'generations', id);
  const paths = {
    'articles.db': join(folder, 'articles.db'),
    'vectors.bin': join(folder, 'vectors.bin'),
    'manifest.json': join(folder, 'manifest.json'),
    'current.json': join(dir, 'current.json'),
  };
  return { dir, options, folder, paths };
}

const files = ['articles.db', 'vectors.bin', 'manifest.json', 'current.json'] as const;

describe('opening an index', () => {
  it('says that there is none and how to make one', async () => {
    const dir = await temporaryFolder();
    for (const missing of [dir, join(dir, 'none')]) {
      await expect(openIndex(indexOptions(missing))).rejects.toMatchObject({
        code: 'index-unusable',
        message: `There is no index in ${missing}.`,
        remedy: 'npm run ingest',
      });
    }
  });

  it('names both embedding models when they differ', async () => {
    const { options } = await indexed();
    for (const embeddings of [
      { id: 'other:model', dimensions },
      { id: 'test:model', dimensions: 4 },
    ]) {
      await expect(openIndex({ ...options, embeddings })).rejects.toMatchObject({
        code: 'index-unusable',
        message:
          'The index was built with the embedding model test:model (8 dimensions), ' +
          `but ${embeddings.id} (${embeddings.dimensions} dimensions) is configured.`,
        remedy: 'npm run ingest',
      });
    }
  });

  it('holds the files of exactly one generation, each a single file', async () => {
    const { dir, folder } = await indexed();
    expect((await readdir(folder)).toSorted()).toEqual(['articles.db', 'manifest.json', 'vectors.bin']);
    expect((await readdir(dir)).toSorted()).toEqual(['current.json', 'generations', 'writer.lock']);
  });

  it.each(files)('never serves from a %s with a flipped bit', async (name) => {
    const { options, paths } = await indexed();
    const bytes = await readFile(paths[name]);
    const step = Math.ceil(bytes.length / 60);
    for (let position = 1; position < bytes.length; position += step) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(position) ^ (1 << (position % 8)), position);
      await writeFile(paths[name], flipped);
      await expect(openIndex(options), `byte ${position}`).rejects.toMatchObject({
        code: 'index-unusable',
        remedy: 'npm run ingest',
      });
    }
  });

  it.each(files)('never serves from a %s that is cut, empty or gone', async (name) => {
    const { options, paths } = await indexed();
    const { length } = await readFile(paths[name]);
    for (const size of [length - 2, Math.floor(length / 2), 0]) {
      await truncate(paths[name], size);
      await expect(openIndex(options)).rejects.toMatchObject({ code: 'index-unusable' });
    }
    await rm(paths[name]);
    await expect(openIndex(options)).rejects.toMatchObject({
      code: 'index-unusable',
      remedy: 'npm run ingest',
    });
  });

  it.each(['articles.db', 'vectors.bin', 'manifest.json'] as const)('names a damaged %s', async (name) => {
    const { options, paths } = await indexed();
    await writeFile(paths[name], 'nonsense');
    await expect(openIndex(options)).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`The index file ${name} is damaged`, 'u')),
    });
  });

  it.each([0, 1, 99])('names an unknown format, here %i', async (format) => {
    const { options, paths } = await indexed();
    await writeFile(paths['current.json'], JSON.stringify({ format, anything: true }));
    await expect(openIndex(options)).rejects.toMatchObject({
      code: 'index-unusable',
      message: `The index has format ${format}, but this version of Footnote reads format 3.`,
    });
  });

  it('does not follow a pointer out of its folder', async () => {
    const { options, paths } = await indexed();
    const pointer = { format: 3, generation: '../../etc', manifest: '0'.repeat(64) };
    await writeFile(paths['current.json'], JSON.stringify(pointer));
    await expect(openIndex(options)).rejects.toBeInstanceOf(FootnoteError);
  });

  it.each(files)('works again after an ingest when %s was damaged', async (name) => {
    const { options, paths } = await indexed();
    await writeFile(paths[name], 'nonsense');
    const writer = await createIndexWriter(options);
    // Sound articles are kept: damaged vectors are made again from the database.
    expect(writer.fingerprints.size).toBe(name === 'vectors.bin' ? 3 : 0);
    for (const entry of writer.fingerprints.size === 0 ? entries : []) await writer.put(entry, 'print');
    await writer.commit();
    const index = await openIndex(options);
    expect(await index.articles()).toHaveLength(3);
    index.close();
  });
});
