import { execFile } from 'node:child_process';
import { access, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { digestFile } from '../../src/domain/files/durable-files.ts';
import { createVectors } from '../../src/index/create-vectors.ts';
import { loadVectors, saveVectors } from '../../src/index/vector-file.ts';
import { hnsw, randomVectors, temporaryFolder } from './fixtures.ts';

const run = promisify(execFile);
const query = randomVectors(1, 16, 99)[0] ?? [];

async function saved(kind: 'exact' | 'graph', count = 600) {
  const options = { ...hnsw, exactLimit: kind === 'exact' ? 1_000 : 0 };
  const dir = await temporaryFolder();
  const engine = createVectors(16, count, options);
  for (const [label, vector] of randomVectors(count, 16).entries()) engine.add(label * 3, vector);
  const file = join(dir, 'vectors.bin');
  return { options, dir, engine, file, descriptor: await saveVectors(engine, file) };
}

describe.each(['exact', 'graph'] as const)('a vector file, %s', (kind) => {
  it('answers after loading as it did before saving', async () => {
    const { file, descriptor, engine, options } = await saved(kind);
    const loaded = await loadVectors(file, descriptor, options);
    expect([loaded.kind, loaded.size, loaded.dimensions]).toEqual([kind, 600, 16]);
    expect(loaded.search(query, 20)).toEqual(engine.search(query, 20));
    const allowed = new Set([0, 3, 6, 9, 300]);
    expect(loaded.search(query, 3, allowed)).toEqual(engine.search(query, 3, allowed));
  });

  it('can be changed and saved again after loading', async () => {
    const { dir, file, descriptor, options } = await saved(kind);
    const loaded = await loadVectors(file, descriptor, options);
    const [nearest] = loaded.search(query, 1);
    expect(loaded.remove(nearest?.label ?? -1)).toBe(true);
    loaded.add(1, query);
    const again = await saveVectors(loaded, join(dir, 'again.bin'));
    const reloaded = await loadVectors(join(dir, 'again.bin'), again, options);
    expect(reloaded.size).toBe(600);
    expect(reloaded.search(query, 600).map(({ label }) => label)).not.toContain(nearest?.label);
    expect(reloaded.search(query, 1)[0]?.label).toBe(1);
  });

  it('is refused when a bit is flipped anywhere', async () => {
    const { file, descriptor, options } = await saved(kind);
    const bytes = await readFile(file);
    for (let position = 3; position < bytes.length; position += Math.ceil(bytes.length / 40)) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(position) ^ 4, position);
      await writeFile(file, flipped);
      await expect(loadVectors(file, descriptor, options)).rejects.toMatchObject({
        code: 'index-unusable',
        message: expect.stringContaining('vectors.bin'),
      });
    }
  });

  it.each([0, 10, 5_000])('is refused when cut to %i bytes', async (length) => {
    const { file, descriptor, options } = await saved(kind);
    await truncate(file, length);
    await expect(loadVectors(file, descriptor, options)).rejects.toMatchObject({ code: 'index-unusable' });
  });

  it('is refused when it holds another dimension, number or kind than the manifest says', async () => {
    const { file, descriptor, options } = await saved(kind);
    const other = kind === 'exact' ? 'graph' : 'exact';
    for (const wrong of [{ dimensions: 8 }, { count: 599 }, { kind: other } as const]) {
      await expect(loadVectors(file, { ...descriptor, ...wrong }, options)).rejects.toMatchObject({
        code: 'index-unusable',
      });
    }
  });

  it('is refused when it is missing', async () => {
    const { dir, descriptor, options } = await saved(kind);
    await expect(loadVectors(join(dir, 'none.bin'), descriptor, options)).rejects.toMatchObject({
      code: 'index-unusable',
    });
  });

  it('is not reported as written where there is no such folder', async () => {
    const { dir, engine, file } = await saved(kind);
    await expect(saveVectors(engine, join(dir, 'none', 'x.bin'))).rejects.toMatchObject({
      code: 'unavailable',
    });
    await expect(saveVectors(engine, join(file, 'x.bin'))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.runIf(process.platform === 'linux')('is not reported as written to a full disk', async () => {
    const { dir, engine, file } = await saved(kind);
    const before = await digestFile(file);
    await symlink('/dev/full', `${file}.tmp`);
    await expect(saveVectors(engine, file)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await digestFile(file)).toEqual(before);
    await symlink('/dev/full', join(dir, 'new.bin.tmp'));
    await expect(saveVectors(engine, join(dir, 'new.bin'))).rejects.toMatchObject({ code: 'unavailable' });
    await expect(access(join(dir, 'new.bin'))).rejects.toThrow(/ENOENT/u);
  });

  it.runIf(process.platform === 'linux')('is not reported as written when only part of it fits', async () => {
    const dir = await temporaryFolder();
    const source = (name: string) => new URL(`../../dist/index/${name}.js`, import.meta.url).href;
    const script = `
      import { createVectors } from '${source('create-vectors')}';
      import { saveVectors } from '${source('vector-file')}';
      const options = ${JSON.stringify({ ...hnsw, exactLimit: kind === 'exact' ? 1_000 : 0 })};
      const engine = createVectors(16, 900, options);
      for (let label = 0; label < 900; label += 1) {
        engine.add(label, Array.from({ length: 16 }, (_, index) => Math.sin(label * 16 + index)));
      }
      console.log(await saveVectors(engine, ${JSON.stringify(join(dir, 'part.bin'))}).catch((error) => error.code));
    `;
    // At most 16 blocks in a file, as a quota would have it.
    const command = 'ulimit -f 16; exec "$0" --input-type=module --eval "$1"';
    const { stdout } = await run('sh', ['-c', command, process.execPath, script]);
    expect(stdout.trim()).toBe('unavailable');
  });
});

describe('a loaded graph', () => {
  it('searches with the configured breadth, which the file does not hold', async () => {
    const { file, descriptor, options, engine } = await saved('graph', 4_000);
    const wide = await loadVectors(file, descriptor, options);
    const narrow = await loadVectors(file, descriptor, { ...options, ef: 10 });
    const queries = randomVectors(50, 16, 4);
    const found = (vectors: typeof wide) => queries.map((vector) => vectors.search(vector, 10));
    expect(found(wide)).toEqual(found(engine));
    expect(found(narrow)).not.toEqual(found(engine));
  });
});

describe('an empty vector file', () => {
  it('loads and can be added to', async () => {
    const { file, descriptor, options } = await saved('exact', 0);
    const loaded = await loadVectors(file, descriptor, options);
    expect(loaded.search(query, 3)).toEqual([]);
    loaded.add(0, query);
    expect(loaded.search(query, 3)).toHaveLength(1);
  });
});
