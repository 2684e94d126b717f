import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { FootnoteError } from '../domain/errors.ts';
import { createVectors } from './create-vectors.ts';
import { vectorLayout } from './hnsw-options.ts';
import { names } from './index-paths.ts';
import type { IndexOptions } from './open-index.ts';
import { decodeVector } from './vector-blobs.ts';
import type { VectorEngine } from './vector-engine.ts';
import { loadVectors, saveVectors, type VectorFile } from './vector-file.ts';

/** Few enough that whoever waits for an answer meanwhile does not notice. */
const vectorsPerTurn = 32;

/** A graph of which a larger share has changed since it was built is built anew: each change makes it a little worse. */
const changedShare = 0.2;

const keyRows = z.array(z.int());
const vectorRows = z.array(z.tuple([z.int(), z.instanceof(Buffer)]));

/** The vectors of the generation that another is built on. */
export interface BaseVectors {
  /** Folder of the generation. */
  readonly folder: string;
  readonly file: VectorFile;
}

/**
 * Writes the vectors of a finished database into `folder`: a graph by changing the one of the base, where that can be
 * done, and anew otherwise.
 */
export async function buildVectors(
  { embeddings, hnsw }: Pick<IndexOptions, 'embeddings' | 'hnsw'>,
  folder: string,
  database: Database.Database,
  base: BaseVectors | undefined,
): Promise<VectorFile> {
  const keys = new Set(keyRows.parse(database.prepare('SELECT key FROM vectors ORDER BY key').pluck().all()));
  const file = join(folder, names.vectors);
  const changed = base && (await changedGraph(base, keys, database, hnsw));
  if (changed) return { ...(await saveVectors(changed.engine, file)), built: changed.built };
  const engine = createVectors(embeddings.dimensions, keys.size, hnsw);
  await addVectors(engine, [...keys], database);
  const saved = await saveVectors(engine, file);
  return { ...saved, ...(saved.kind === 'graph' && { built: keys.size }) };
}

/** The graph of the base with what has gone removed and what has come added; undefined when that is too much. */
async function changedGraph(
  { folder, file }: BaseVectors,
  keys: ReadonlySet<number>,
  database: Database.Database,
  hnsw: IndexOptions['hnsw'],
): Promise<{ engine: VectorEngine; built: number } | undefined> {
  const layout = vectorLayout(keys.size, hnsw);
  if (layout.kind === 'exact' || file.kind === 'exact') return undefined;
  if (file.m !== layout.m || file.efConstruction !== layout.efConstruction) return undefined;
  const engine = await loadVectors(join(folder, names.vectors), file, hnsw).catch((error: unknown) => {
    // Damaged or gone: the database has all that is needed to make it anew.
    if (error instanceof FootnoteError) return undefined;
    throw error;
  });
  if (!engine) return undefined;
  const missing = new Set(keys);
  const gone: number[] = [];
  for (const [label] of engine.entries()) if (!missing.delete(label)) gone.push(label);
  const { built = 0 } = file;
  const removed = engine.removed + gone.length;
  const added = keys.size + removed - built;
  if (added + removed > built * changedShare) return undefined;
  for (const label of gone) engine.remove(label);
  await addVectors(engine, [...missing], database);
  return { engine, built };
}

/** Adds the vectors of the passages in the order given, letting other work go on in between. */
async function addVectors(
  engine: VectorEngine,
  keys: readonly number[],
  database: Database.Database,
): Promise<void> {
  const vectorsOf = database
    .prepare(
      `SELECT vectors.key, passage FROM json_each(?) AS asked
       JOIN vectors ON vectors.key = asked.value ORDER BY asked.key`,
    )
    .raw();
  for (let start = 0; start < keys.length; start += vectorsPerTurn) {
    const some = JSON.stringify(keys.slice(start, start + vectorsPerTurn));
    for (const [key, blob] of vectorRows.parse(vectorsOf.all(some))) engine.add(key, decodeVector(blob));
    await setImmediate();
  }
}
