import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { buildSegment, changeSegment, type SegmentPlace, type SegmentTask } from './build-segment.ts';
import { isVectorFile } from './index-paths.ts';
import { linkOrCopy } from './link-file.ts';
import type { IndexOptions } from './open-index.ts';
import { isSmallChange, planSegments, type PlannedSegment } from './segment-plan.ts';
import type { GenerationVectors, VectorSegment } from './vector-segments.ts';
import { buildInThreads } from './vector-threads.ts';

const keyRows = z.array(z.int());

/** The vectors of the generation that another is built on. */
export interface BaseVectors {
  /** Folder of the generation. */
  readonly folder: string;
  readonly vectors: GenerationVectors;
  /** Names of the segments whose checksums are right. */
  readonly sound: ReadonlySet<string>;
}

/**
 * Writes the vectors of a finished database into `folder`, where vectors of an earlier attempt are removed.
 *
 * Segments that stay as they are become links to the files of the base, which are never written again; several graphs to
 * build are built in threads. The same changes give the same files.
 *
 * @throws FootnoteError `unavailable` when the disk does not take a file, or a thread fails.
 */
export async function buildVectors(
  { embeddings: { dimensions }, hnsw }: Pick<IndexOptions, 'embeddings' | 'hnsw'>,
  folder: string,
  database: Database.Database,
  base: BaseVectors | undefined,
): Promise<GenerationVectors> {
  for (const file of await readdir(folder)) if (isVectorFile(file)) await rm(join(folder, file));
  const keys = keyRows.parse(database.prepare('SELECT key FROM vectors ORDER BY key').pluck().all());
  const place: SegmentPlace = { folder, dimensions, hnsw };
  const made = new Map<string, VectorSegment>();
  const anew: SegmentTask[] = [];
  const plan = planSegments(keys, hnsw, base?.vectors);
  for (const planned of plan) {
    const segment = base && (await fromBase(planned, place, database, base));
    if (segment) made.set(planned.name, segment);
    else if (planned.kind === 'graph') anew.push(taskOf(planned));
    else made.set(planned.name, await buildSegment(taskOf(planned), place, database));
  }
  const [only] = anew;
  const built =
    only && anew.length === 1
      ? [await buildSegment(only, place, database)]
      : await buildInThreads(anew, place, database.name);
  for (const segment of built) made.set(segment.name, segment);
  return { dimensions, count: keys.length, segments: plan.flatMap(({ name }) => made.get(name) ?? []) };
}

/** The segment made of that of the base; undefined when it must be built anew. */
async function fromBase(
  planned: PlannedSegment,
  place: SegmentPlace,
  database: Database.Database,
  { folder, sound }: BaseVectors,
): Promise<VectorSegment | undefined> {
  const { name, keys } = planned;
  if (!planned.base || !sound.has(planned.base.segment.name)) return undefined;
  const { segment, same } = planned.base;
  const path = join(folder, segment.name);
  if (same) {
    await linkOrCopy(path, join(place.folder, name));
    return { ...segment, name };
  }
  if (segment.kind === 'exact' || !isSmallChange(segment, keys)) return undefined;
  return changeSegment(taskOf(planned), place, database, { path, segment, keys });
}

function taskOf({ name, kind, keys }: PlannedSegment): SegmentTask {
  return { name, kind, first: keys[0] ?? 0, last: keys.at(-1) ?? 0, count: keys.length };
}
