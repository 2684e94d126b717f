import { setImmediate } from 'node:timers/promises';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { FootnoteError } from '../domain/errors.ts';
import { createExactVectors } from './exact-vectors.ts';
import { createGraphVectors } from './graph-vectors.ts';
import { graphLayout, searchBreadth, type HnswOptions } from './hnsw-options.ts';
import { decodeVector } from './vector-blobs.ts';
import type { VectorEngine } from './vector-engine.ts';
import { loadVectors, saveVectors } from './vector-file.ts';
import type { VectorSegment } from './vector-segments.ts';

/** Few enough that whoever waits for an answer meanwhile does not notice. */
const vectorsPerTurn = 32;

const vectorRows = z.array(z.tuple([z.int(), z.instanceof(Buffer)]));

/** A segment to be written: all vectors of the database with labels from `first` to `last`. */
export interface SegmentTask {
  readonly name: string;
  readonly kind: VectorSegment['kind'];
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

/** Where a segment is written, and how. */
export interface SegmentPlace {
  readonly folder: string;
  readonly dimensions: number;
  readonly hnsw: HnswOptions;
}

/** Builds a segment from the database. @throws FootnoteError `unavailable` when the disk does not take it. */
export async function buildSegment(
  task: SegmentTask,
  { folder, dimensions, hnsw }: SegmentPlace,
  database: Database.Database,
): Promise<VectorSegment> {
  const { name, kind, first, last, count } = task;
  const parameters = { ...graphLayout(count, hnsw), ef: searchBreadth(count, hnsw) };
  const engine =
    kind === 'exact' ? createExactVectors(dimensions) : createGraphVectors(dimensions, parameters, count);
  await addVectors(engine, database, first, last);
  const saved = await saveVectors(engine, `${folder}/${name}`);
  return { ...saved, ...(kind === 'graph' && { built: count }), name, first, last };
}

/**
 * Makes a graph of the one in `base`: without what `keys` does not name, and with what it names beyond the last label.
 *
 * @returns undefined when the file in `base` is damaged or gone.
 */
export async function changeSegment(
  task: SegmentTask,
  { folder, hnsw }: SegmentPlace,
  database: Database.Database,
  base: { readonly path: string; readonly segment: VectorSegment; readonly keys: readonly number[] },
): Promise<VectorSegment | undefined> {
  const { name, first, last } = task;
  const engine = await loadVectors(base.path, base.segment, hnsw).catch((error: unknown) => {
    // The database has all that is needed to make it anew.
    if (error instanceof FootnoteError) return undefined;
    throw error;
  });
  if (!engine) return undefined;
  const kept = new Set(base.keys);
  const gone = Array.from(engine.entries(), ([label]) => label).filter((label) => !kept.has(label));
  for (const label of gone) engine.remove(label);
  await addVectors(engine, database, base.segment.last + 1, last);
  const saved = await saveVectors(engine, `${folder}/${name}`);
  return { ...saved, built: base.segment.built ?? 0, name, first, last };
}

/** Adds vectors in the order of their labels, letting other work go on in between. */
async function addVectors(
  engine: VectorEngine,
  database: Database.Database,
  first: number,
  last: number,
): Promise<void> {
  const vectorsFrom = database
    .prepare('SELECT key, passage FROM vectors WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ?')
    .raw();
  for (let next = first; next <= last;) {
    const rows = vectorRows.parse(vectorsFrom.all(next, last, vectorsPerTurn));
    for (const [key, blob] of rows) engine.add(key, decodeVector(blob));
    next = (rows.at(-1)?.[0] ?? last) + 1;
    await setImmediate();
  }
}
