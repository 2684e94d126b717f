import { z } from 'zod';

import { defaultShardLimit, graphLayout, type HnswOptions } from './hnsw-options.ts';
import { vectorFileSchema } from './vector-file.ts';

/** One file of a generation's vectors. */
const segmentSchema = vectorFileSchema.extend({
  name: z.string().regex(/^vectors(?:-\d+)?\.bin$/u),
  /** Lowest and highest label; both 0 when there is none. Those of the next segment are higher. */
  first: z.int().min(0),
  last: z.int().min(0),
});

/**
 * The vectors of a generation: graphs of older passages, and those added since in one small file that is searched exactly.
 * So what an ingest adds costs as much as it is, not as much as there is.
 */
export const generationVectorsSchema = z.object({
  dimensions: z.int().min(1),
  count: z.int().min(0),
  segments: z.array(segmentSchema).min(1),
});

/** See {@link segmentSchema}. */
export type VectorSegment = z.infer<typeof segmentSchema>;

/** See {@link generationVectorsSchema}. */
export type GenerationVectors = z.infer<typeof generationVectorsSchema>;

/** Vectors beside graphs that are compared one by one: a third of a millisecond, and written in a tenth of a second. */
const tailLimit = 4_000;

/** Vectors beside graphs that are compared one by one, at most. */
export function largestTail({ exactLimit }: HnswOptions): number {
  return Math.min(exactLimit, tailLimit);
}

/** Vectors in a graph at most. */
export function largestShard({ shardLimit = defaultShardLimit }: HnswOptions): number {
  return shardLimit;
}

/** Places of a graph, also those of removed vectors. */
export function segmentPlaces({ count, removed = 0 }: VectorSegment): number {
  return count + removed;
}

/** Whether vectors written under other settings are as they would be written under these. */
export function hasWantedLayout({ count, segments }: GenerationVectors, options: HnswOptions): boolean {
  const shards = segments.filter(({ kind }) => kind === 'graph');
  if (count <= options.exactLimit) return shards.length === 0;
  // So few at least that removals do not leave many small graphs, each to be searched.
  const fitting = Math.ceil(count / largestShard(options));
  if (shards.length === 0 || shards.length > 2 * fitting + 1) return false;
  return segments.every((segment) => {
    if (segment.kind === 'exact') return segment.count <= largestTail(options);
    const { m, efConstruction } = graphLayout(segment.built ?? segment.count, options);
    const isFitting = segmentPlaces(segment) <= largestShard(options);
    return isFitting && segment.m === m && segment.efConstruction === efConstruction;
  });
}
