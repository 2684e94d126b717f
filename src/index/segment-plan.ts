import type { HnswOptions } from './hnsw-options.ts';
import { graphName, names } from './index-paths.ts';
import {
  hasWantedLayout,
  largestShard,
  largestTail,
  segmentPlaces,
  type GenerationVectors,
  type VectorSegment,
} from './vector-segments.ts';

/** A graph of which a larger share has changed since it was built is built anew: each change makes it a little worse. */
const changedShare = 0.2;

/** A segment as it shall be. */
export interface PlannedSegment {
  readonly name: string;
  readonly kind: VectorSegment['kind'];
  /** Labels, ascending. */
  readonly keys: readonly number[];
  /** What it can be made of: by a link when it is the same, otherwise by changing the graph. */
  readonly base?: { readonly segment: VectorSegment; readonly same: boolean };
}

/** A graph and what it shall hold. */
interface Shard {
  readonly segment?: VectorSegment;
  readonly keys: readonly number[];
}

/**
 * Which segments the vectors of a generation shall have. The same base and keys give the same plan.
 *
 * Since a passage's key is never given twice and later ones are higher, the keys between the first and the last of a
 * segment are what is left of it, and all above the last graph belongs to the tail. A tail that grows too long goes to
 * the last graph when it has room, and otherwise becomes the next one.
 *
 * @param keys - labels of all vectors, ascending.
 * @param base - the vectors of the generation that it is built on.
 */
export function planSegments(
  keys: readonly number[],
  options: HnswOptions,
  base: GenerationVectors | undefined,
): PlannedSegment[] {
  const segments = base && hasWantedLayout(base, options) ? base.segments : [];
  if (keys.length <= options.exactLimit) return name([], keys, segments);
  const old = segments.filter(({ kind }) => kind === 'graph');
  const shards: Shard[] = old.map((segment) => ({ segment, keys: between(keys, segment) }));
  const rest = keys.slice(place(keys, (old.at(-1)?.last ?? -1) + 1));
  const known = shards.reduce((sum, shard) => sum + shard.keys.length, rest.length);
  const isWithin = shards.every((shard) => shard.keys.length <= (shard.segment?.count ?? 0));
  const kept = shards.filter((shard) => shard.keys.length > 0);
  const most = 2 * Math.ceil(keys.length / largestShard(options)) + 1;
  if (known !== keys.length || !isWithin || kept.length > most) return name(slices(keys, options), [], []);
  if (rest.length <= largestTail(options) && kept.length > 0) return name(kept, rest, segments);
  const last = kept.at(-1);
  // A graph that loses some keeps their places.
  const places = last?.segment ? segmentPlaces(last.segment) : 0;
  if (last && places + rest.length <= largestShard(options)) {
    return name([...kept.slice(0, -1), { ...last, keys: [...last.keys, ...rest] }], [], segments);
  }
  return name([...kept, ...slices(rest, options)], [], segments);
}

/** Whether changing a graph into one with these labels leaves most of it as it was built. */
export function isSmallChange(segment: VectorSegment, keys: readonly number[]): boolean {
  const { count, removed = 0, built = 0, last } = segment;
  const kept = place(keys, last + 1);
  const gone = removed + count - kept;
  const added = keys.length + gone - built;
  return added + gone <= built * changedShare;
}

function name(
  shards: readonly Shard[],
  tail: readonly number[],
  segments: readonly VectorSegment[],
): PlannedSegment[] {
  const planned = shards.map(({ keys, segment }, index): PlannedSegment => ({
    name: graphName(index + 1),
    kind: 'graph',
    keys,
    ...(segment && { base: { segment, same: isSame(segment, keys) } }),
  }));
  if (tail.length === 0 && planned.length > 0) return planned;
  const before = segments.find(({ kind }) => kind === 'exact');
  const same = before !== undefined && isSame(before, tail);
  const base = same ? { base: { segment: before, same } } : {};
  return [...planned, { name: names.vectors, kind: 'exact', keys: tail, ...base }];
}

/** Keys between the first and the last of a segment are its own: as many are the same. */
function isSame({ count, first, last }: VectorSegment, keys: readonly number[]): boolean {
  return count === keys.length && first === (keys[0] ?? 0) && last === (keys.at(-1) ?? 0);
}

/** As few graphs as can be, of about the same size. */
function slices(keys: readonly number[], options: HnswOptions): Shard[] {
  const size = Math.ceil(keys.length / Math.ceil(keys.length / largestShard(options)));
  const shards: Shard[] = [];
  for (let start = 0; start < keys.length; start += size)
    shards.push({ keys: keys.slice(start, start + size) });
  return shards;
}

function between(keys: readonly number[], { first, last }: VectorSegment): readonly number[] {
  return keys.slice(place(keys, first), place(keys, last + 1));
}

/** Where the first key that is not less than `key` stands. */
function place(keys: readonly number[], key: number): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? 0) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
