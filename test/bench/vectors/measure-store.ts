// In a process of its own: builds, searches and stores one vector store; or opens what was stored.
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { errorMessage } from '#footnote/domain/errors.js';

import { quantileOf } from '../../load/support/figures.ts';
import { residentBytes, runTask } from '../support/child-task.ts';
import { recallOf } from './neighbours.ts';
import { comparedStores, storeNames } from './stores.ts';
import { readVectorSet, vectorAt, type VectorSet } from './vector-set.ts';
import type { VectorStoreAdapter } from './vector-store-adapter.ts';

const settingsSchema = z.object({
  action: z.enum(['build', 'load']),
  store: z.enum(storeNames),
  /** Where the vectors are. */
  source: z.string(),
  /** Where the store keeps its files. */
  folder: z.string(),
  dimensions: z.int(),
  k: z.int(),
  /** Searches end after so many milliseconds. */
  searchMs: z.number(),
});

await runTask(settingsSchema, async (settings) => {
  const { action, store, source, folder, dimensions, k } = settings;
  const create = await comparedStores[store].create();
  const adapter = await create(dimensions);
  const queries = await readVectorSet(source, 'queries', dimensions);
  if (action === 'load') return measureLoad(adapter, folder, vectorAt(queries, 0), k);
  await mkdir(folder, { recursive: true });
  const vectors = await readVectorSet(source, 'vectors', dimensions);
  const before = residentBytes();
  const begin = performance.now();
  await adapter.build(vectors, folder);
  const buildMs = performance.now() - begin;
  const memory = residentBytes() - before;
  const searched = await measureSearches(adapter, queries, await readNeighbours(source, k), settings);
  return { buildMs, memory, ...searched, ...(await measureSave(adapter, folder)) };
});

async function measureLoad(adapter: VectorStoreAdapter, folder: string, query: number[], k: number) {
  const before = residentBytes();
  const begin = performance.now();
  await adapter.load?.(folder);
  await adapter.search(query, k);
  const loadMs = performance.now() - begin;
  return { loadMs, loadedMemory: residentBytes() - before };
}

async function measureSearches(
  adapter: VectorStoreAdapter,
  queries: VectorSet,
  neighbours: readonly (readonly number[])[],
  { k, searchMs }: { readonly k: number; readonly searchMs: number },
) {
  const asked = neighbours.map((_, index) => vectorAt(queries, index));
  // Code is compiled and pages are touched by the first searches.
  const warmUntil = performance.now() + searchMs / 4;
  for (const query of asked.slice(0, 50)) {
    await adapter.search(query, k);
    if (performance.now() > warmUntil) break;
  }
  const durations: number[] = [];
  const recalls: number[] = [];
  const begin = performance.now();
  for (const [index, query] of asked.entries()) {
    const start = performance.now();
    const found = await adapter.search(query, k);
    durations.push(performance.now() - start);
    recalls.push(recallOf(found, neighbours[index] ?? []));
    if (performance.now() - begin > searchMs) break;
  }
  return {
    queries: durations.length,
    perSecond: 1_000 / (sumOf(durations) / durations.length),
    p50: quantileOf(durations, 0.5),
    p99: quantileOf(durations, 0.99),
    recall: sumOf(recalls) / recalls.length,
  };
}

async function measureSave(adapter: VectorStoreAdapter, folder: string) {
  if (!adapter.save) return {};
  const begin = performance.now();
  try {
    await adapter.save(folder);
  } catch (error) {
    return { saveError: errorMessage(error) };
  }
  return { saveMs: performance.now() - begin, fileBytes: await sizeOf(folder) };
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}

async function readNeighbours(folder: string, k: number): Promise<number[][]> {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, 'neighbours'));
  const labels = new Uint32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  return Array.from({ length: labels.length / k }, (_, index) =>
    Array.from(labels.subarray(index * k, (index + 1) * k)),
  );
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
