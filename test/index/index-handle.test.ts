import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it, vi } from 'vitest';

import { createIndexHandle, type IndexHandle } from '../../src/index/index-handle.ts';
import { indexedArticle, indexOptions, ingest, temporaryFolder } from './fixtures.ts';

async function indexed(onError: (error: unknown) => void = () => {}) {
  const dir = await temporaryFolder();
  const options = indexOptions(dir);
  const generation = await ingest(options, [indexedArticle('one', 'First state.')]);
  return { dir, options, generation, handle: createIndexHandle({ ...options, onError }) };
}

async function servedGeneration(handle: IndexHandle): Promise<string> {
  const lease = await handle.acquire();
  lease.release();
  return lease.index.generation.id;
}

describe('an index handle', () => {
  it('serves a new generation to the next reader, while the old one stays for who reads it', async () => {
    const { options, generation, handle } = await indexed();
    const reader = await handle.acquire();
    for (const text of ['Second state.', 'Third state.', 'Fourth state.']) {
      const next = await ingest(options, [indexedArticle('one', text)]);
      expect(await servedGeneration(handle)).toBe(next.id);
    }
    expect(reader.index.generation).toEqual(generation);
    expect((await reader.index.article('one'))?.text).toBe('First state.');
    reader.release();
    await handle.close();
  });

  it('closes a generation after its last reader, not before', async () => {
    const { options, handle } = await indexed();
    const [one, two] = [await handle.acquire(), await handle.acquire()];
    await ingest(options, [indexedArticle('one', 'Second state.')]);
    await servedGeneration(handle);
    one.release();
    one.release();
    expect(await two.index.articles()).toHaveLength(1);
    two.release();
    await expect(two.index.articles()).rejects.toThrow(/not open/u);
    await handle.close();
  });

  it('loads a generation once for all who ask at the same time', async () => {
    const { handle } = await indexed();
    const leases = await Promise.all(Array.from({ length: 20 }, () => handle.acquire()));
    expect(new Set(leases.map(({ index }) => index)).size).toBe(1);
    for (const lease of leases) lease.release();
    await handle.close();
  });

  it('goes on serving, and tells once, when a newer generation is damaged', async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const { dir, options, generation, handle } = await indexed(onError);
    expect(await servedGeneration(handle)).toBe(generation.id);
    const next = await ingest(options, [indexedArticle('one', 'Second state.')]);
    await writeFile(join(dir, 'generations', next.id, 'vectors.bin'), 'damaged');
    expect(await servedGeneration(handle)).toBe(generation.id);
    expect(await servedGeneration(handle)).toBe(generation.id);
    expect(onError).toHaveBeenCalledOnce();
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: 'index-unusable' }));
    const mended = await ingest(options, [indexedArticle('one', 'Third state.')]);
    expect(await servedGeneration(handle)).toBe(mended.id);
    await handle.close();
  });

  it('goes on serving when the index is taken away', async () => {
    const onError = vi.fn<(error: unknown) => void>();
    const { dir, generation, handle } = await indexed(onError);
    await servedGeneration(handle);
    await rm(dir, { recursive: true });
    const lease = await handle.acquire();
    expect(lease.index.generation).toEqual(generation);
    expect(await lease.index.articles()).toHaveLength(1);
    expect(onError).toHaveBeenCalledOnce();
    lease.release();
    await handle.close();
  });

  it('tries a damaged index again after a while, not at every question', async () => {
    const { dir, generation, handle } = await indexed();
    vi.useFakeTimers({ toFake: ['performance'] });
    const file = join(dir, 'generations', generation.id, 'manifest.json');
    const manifest = await readFile(file);
    await writeFile(file, 'damaged');
    await expect(handle.acquire()).rejects.toMatchObject({ code: 'index-unusable' });
    await writeFile(file, manifest);
    await expect(handle.acquire()).rejects.toMatchObject({ code: 'index-unusable' });
    vi.advanceTimersByTime(10_000);
    expect(await servedGeneration(handle)).toBe(generation.id);
    vi.useRealTimers();
    await handle.close();
  });

  it('closes when the last reader has left, and then takes no more', async () => {
    const { handle } = await indexed();
    const lease = await handle.acquire();
    let done = false;
    const closing = (async () => {
      await handle.close();
      done = true;
    })();
    await expect(handle.acquire()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await lease.index.articles()).toHaveLength(1);
    expect(done).toBe(false);
    lease.release();
    await closing;
    await expect(lease.index.articles()).rejects.toThrow(/not open/u);
  });

  it('closes what is being loaded', async () => {
    const { handle } = await indexed();
    const acquiring = handle.acquire();
    await handle.close();
    await expect(acquiring).rejects.toMatchObject({ code: 'unavailable' });
  });
});
