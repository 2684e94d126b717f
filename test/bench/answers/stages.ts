/** Parts of answering that are timed, in their order. `serialise` is making the JSON that is sent. */
export const timedStages = [
  'understand',
  'spelling',
  'embed',
  'dense',
  'lexical',
  'fuse',
  'rerank',
  'choose',
  'write',
  'verify',
  'serialise',
] as const;

export type TimedStage = (typeof timedStages)[number];

/** Milliseconds of each stage of one answer, and of the whole. */
export type StageTimes = Readonly<Record<TimedStage | 'total', number>>;

/** From when to when something was at work, in milliseconds of one clock. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** The time in which at least one of the intervals lies. */
export function unionOf(intervals: readonly Interval[]): number {
  let total = 0;
  let until = -Infinity;
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}
