import { z } from 'zod';

import { quantileOf } from '../../load/support/figures.ts';
import { type StageTimes, timedStages } from './stages.ts';

/** What building an index took. Durations are milliseconds, sizes bytes. */
export const builtIndexSchema = z.object({
  articles: z.number(),
  passages: z.number(),
  /** Making the articles up, which is part of `buildMs` and none of the index’s work. */
  generateMs: z.number(),
  putMs: z.number(),
  commitMs: z.number(),
  buildMs: z.number(),
  peakBytes: z.number(),
  fileBytes: z.number(),
});

/** Each answer’s stages. */
export const stageTimesSchema = z.object({
  openMs: z.number(),
  memory: z.number(),
  times: z.array(z.record(z.enum([...timedStages, 'total']), z.number())),
});

/** Adding one article until it is found. */
export const additionSchema = z.object({
  embedMs: z.number(),
  writeMs: z.number(),
  openMs: z.number(),
  totalMs: z.number(),
});

/** Answers over HTTP by so many clients at a time. */
export interface HttpFigures {
  readonly concurrency: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failures: number;
  /** Bytes. */
  readonly rss: number;
}

/** Percentiles of a stage. */
export interface StageFigures {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Everything that was measured of one index. */
export interface SizeFigures {
  readonly build: z.infer<typeof builtIndexSchema>;
  readonly openMs: number;
  readonly memory: number;
  readonly questions: number;
  readonly stages: Readonly<Record<keyof StageTimes, StageFigures>>;
  /** Absent where what serves has failed; `failures` says why. */
  readonly startMs?: number;
  readonly http: readonly HttpFigures[];
  readonly addition?: z.infer<typeof additionSchema>;
  readonly failures: readonly string[];
}

/** Percentiles of each stage over all answers. */
export function summariseStages(times: readonly StageTimes[]): SizeFigures['stages'] {
  const of = (stage: keyof StageTimes): StageFigures => {
    const values = times.map((time) => time[stage]);
    return { p50: quantileOf(values, 0.5), p95: quantileOf(values, 0.95), p99: quantileOf(values, 0.99) };
  };
  return {
    understand: of('understand'),
    spelling: of('spelling'),
    embed: of('embed'),
    dense: of('dense'),
    lexical: of('lexical'),
    fuse: of('fuse'),
    rerank: of('rerank'),
    choose: of('choose'),
    write: of('write'),
    verify: of('verify'),
    serialise: of('serialise'),
    total: of('total'),
  };
}
