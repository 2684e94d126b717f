import type { Timings } from './ask-watched.ts';
import { percentile } from './metrics.ts';
import { type ScoreTable, scoreTable } from './score-table.ts';

/** Median and 95th percentile of each stage of answering, in milliseconds. */
export function latencyTable(timings: readonly Timings[]): ScoreTable {
  const stage = (name: keyof Timings) => ({ name, outcomes: timings.map((timing) => timing[name]) });
  return scoreTable<number>(
    'latency, ms',
    [stage('understand'), stage('retrieve'), stage('write'), stage('total')],
    [
      { name: 'median', format: 'milliseconds', value: (values) => percentile(values, 0.5) },
      { name: 'p95', format: 'milliseconds', value: (values) => percentile(values, 0.95) },
    ],
  );
}
