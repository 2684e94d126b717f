import { megabytes, milliseconds } from '../../load/support/figures.ts';
import type { BenchTable } from '../bench-part.ts';
import type { SizeFigures, StageFigures } from './answer-figures.ts';
import { timedStages } from './stages.ts';

/** The tables of all sizes. */
export function answerTables(figures: readonly SizeFigures[]): BenchTable[] {
  return [stageTable(figures), httpTable(figures), costTable(figures)];
}

function stageTable(figures: readonly SizeFigures[]): BenchTable {
  const cell = ({ p50, p95, p99 }: StageFigures) =>
    [p50, p95, p99].map((value) => value.toFixed(2)).join(' / ');
  return {
    title: 'From question to answer without a model: p50 / p95 / p99 (ms)',
    columns: ['Stage', ...figures.map(sizeOf)],
    rows: [...timedStages, 'total' as const].map((stage) => [
      stage,
      ...figures.map(({ stages }) => cell(stages[stage])),
    ]),
    notes: [
      `Within one process, one question after another, the first quarter not counted; questions: ${figures.map(({ questions }) => questions).join(', ')}.`,
      'Stages are timed by the ports that they go through. Some overlap, so they need not add up to the total.',
      'rerank: reading the best passages, measuring their sentences, ordering and folding copies; choose: ranking the sentences that may answer.',
      'The smallest is the corpus that comes with Footnote and its test questions; the others are generated.',
    ],
  };
}

function httpTable(figures: readonly SizeFigures[]): BenchTable {
  return {
    title: 'Answers over HTTP',
    columns: ['Index', 'Clients', 'Answers/s', 'p50 (ms)', 'p95 (ms)', 'p99 (ms)', 'Memory (MB)', 'Errors'],
    rows: figures.flatMap((one) =>
      one.http.map(({ concurrency, perSecond, p50, p95, p99, rss, failures }) => [
        sizeOf(one),
        String(concurrency),
        perSecond.toFixed(0),
        ...[p50, p95, p99].map(milliseconds),
        megabytes(rss),
        String(failures),
      ]),
    ),
    notes: [
      'The server as `npm start` runs it, with its default settings but for the rate limit; the clients are a process of the same machine. Each answer is stored before it is sent.',
    ],
  };
}

function costTable(figures: readonly SizeFigures[]): BenchTable {
  const orNone = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(0));
  return {
    title: 'What an index costs',
    columns: [
      'Index',
      'Build (s)',
      'put (s)',
      'commit (s)',
      'Peak memory (MB)',
      'Files (MB)',
      'Open (ms)',
      'Memory open (MB)',
      'Server ready (ms)',
      'Add one article (ms)',
      'of it embed / write / open',
    ],
    rows: figures.map((one) => {
      const { build, openMs, memory, startMs, addition } = one;
      return [
        sizeOf(one),
        ((build.buildMs - build.generateMs) / 1_000).toFixed(1),
        (build.putMs / 1_000).toFixed(1),
        (build.commitMs / 1_000).toFixed(1),
        megabytes(build.peakBytes),
        megabytes(build.fileBytes),
        openMs.toFixed(0),
        megabytes(memory),
        orNone(startMs),
        orNone(addition?.totalMs),
        addition
          ? [addition.embedMs, addition.writeMs, addition.openMs].map((ms) => ms.toFixed(0)).join(' / ')
          : '–',
      ];
    }),
    notes: [
      'Generated articles come with their vectors: building them includes no embedding, and making them up is taken off. The corpus is read and embedded.',
      'Server ready: from starting the process to the first ready answer. Add one article: until a search finds it, in a process that serves the index.',
      ...figures.flatMap((one) => one.failures.map((failure) => `${sizeOf(one)}: ${failure}`)),
    ],
  };
}

function sizeOf({ build }: SizeFigures): string {
  return `${build.passages.toLocaleString('en')} passages`;
}
