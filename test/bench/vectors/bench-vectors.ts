import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import type { BenchOptions, BenchPart } from '../bench-part.ts';
import { installRivals } from '../rivals/install-rivals.ts';
import { MissingPackageError, runChild } from '../support/run-child.ts';
import { builtSchema, loadedSchema, type StoreFigures } from './store-figures.ts';
import { comparedStores, type StoreName, storeNames } from './stores.ts';
import { vectorTables } from './vector-tables.ts';

/** Of the bundled embedding model. */
const dimensions = 384;
const neighbours = 10;

/** Vector stores side by side, each in a process of its own. */
export const benchVectors: BenchPart = async (options) => {
  const { smoke, sizes, folder, progress } = options;
  const failure = smoke ? undefined : await installRivals(progress);
  const figures: StoreFigures[] = [];
  for (const size of sizes) {
    const source = join(folder, `vectors-${size}`);
    await mkdir(source, { recursive: true });
    progress(`vectors: ${size} vectors and their true neighbours`);
    await runChild({
      module: new URL('prepare-vectors.js', import.meta.url),
      settings: { folder: source, count: size, dimensions, queries: queriesAt(options, size), k: neighbours },
      result: z.object({ count: z.literal(size) }),
      timeoutMs: limitAt(size),
    });
    for (const store of storeNames) {
      progress(`vectors: ${comparedStores[store].label} with ${size} vectors`);
      figures.push(await measure(store, size, source, options, failure));
    }
    await rm(source, { recursive: true, force: true });
  }
  return {
    name: 'vectors',
    title: 'Vector search',
    tables: vectorTables(figures, dimensions),
    figures: { dimensions, neighbours, stores: figures },
  };
};

async function measure(
  store: StoreName,
  size: number,
  source: string,
  options: BenchOptions,
  notInstalled: string | undefined,
): Promise<StoreFigures> {
  const folder = join(options.folder, `store-${store}-${size}`);
  const common = {
    module: new URL('measure-store.js', import.meta.url),
    timeoutMs: limitAt(size),
    heapMb: 16_000,
  };
  const settings = {
    store,
    source,
    folder,
    dimensions,
    k: neighbours,
    searchMs: options.smoke ? 300 : 4_000,
  };
  try {
    const built = await runChild({
      ...common,
      settings: { ...settings, action: 'build' },
      result: builtSchema,
    });
    if (built.fileBytes === undefined) return { store, size, built };
    const loaded = await runChild({
      ...common,
      settings: { ...settings, action: 'load' },
      result: loadedSchema,
    });
    return { store, size, built, loaded };
  } catch (error) {
    if (store === 'footnote') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof MissingPackageError)) return { store, size, failure: reason };
    return { store, size, failure: `not installed: ${notInstalled ?? 'run without --smoke to install it.'}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** True neighbours cost a comparison with every vector. */
function queriesAt({ smoke }: BenchOptions, size: number): number {
  if (smoke) return 20;
  return size > 200_000 ? 100 : 500;
}

/** Milliseconds that a store is given: ten minutes, and two hours for a million vectors. */
function limitAt(size: number): number {
  return Math.max(600_000, size * 7.2);
}
