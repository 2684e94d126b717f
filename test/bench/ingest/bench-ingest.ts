import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { megabytes } from '../../load/support/figures.ts';
import type { BenchPart, BenchTable } from '../bench-part.ts';
import { runChild } from '../support/run-child.ts';
import { writeCorpus } from './write-corpus.ts';

const patterns = fileURLToPath(new URL('../../../../corpus', import.meta.url));

const ingestSchema = z.object({
  articles: z.number(),
  passages: z.number(),
  added: z.number(),
  unchanged: z.number(),
  failed: z.number(),
  texts: z.number(),
  totalMs: z.number(),
  surveyMs: z.number(),
  parseMs: z.number(),
  embedMs: z.number(),
  putMs: z.number(),
  commitMs: z.number(),
  withoutEmbeddingMs: z.number(),
  peakBytes: z.number(),
  loopDelayMs: z.object({ p99: z.number(), max: z.number() }),
});

type IngestFigures = z.infer<typeof ingestSchema>;

/** From files to a searchable index, and the second run over the same files. */
export const benchIngest: BenchPart = async ({ folder, smoke, progress }) => {
  const corpus = join(folder, 'files');
  const articles = smoke ? 20 : 500;
  progress(`ingest: writing ${articles} files`);
  const bytes = await writeCorpus(corpus, articles, patterns);
  const run = () =>
    runChild({
      module: new URL('measure-ingest.js', import.meta.url),
      settings: { corpus, dir: join(folder, 'ingest-index') },
      result: ingestSchema,
      timeoutMs: 900_000,
    });
  progress(`ingest: ${articles} files`);
  const first = await run();
  if (first.added !== articles || first.failed > 0) {
    throw new Error(`${first.added} of ${articles} articles were added, and ${first.failed} files failed.`);
  }
  progress('ingest: the same files again');
  const second = await run();
  if (second.unchanged !== articles || second.texts > 0) {
    throw new Error(`The second run embedded ${second.texts} texts of files that had not changed.`);
  }
  return {
    name: 'ingest',
    title: 'Ingest',
    tables: [stageTable(first, bytes), runTable(first, second)],
    figures: { bytes, first, second },
  };
};

function stageTable(figures: IngestFigures, bytes: number): BenchTable {
  const { articles, passages, texts, totalMs } = figures;
  const row = (name: string, ms: number) => [
    name,
    (ms / 1_000).toFixed(2),
    `${((ms / totalMs) * 100).toFixed(0)} %`,
    (articles / (ms / 1_000)).toFixed(0),
    (passages / (ms / 1_000)).toFixed(0),
  ];
  return {
    title: `${articles.toLocaleString('en')} Markdown files, ${passages.toLocaleString('en')} passages`,
    columns: ['Stage', 'Time (s)', 'Share', 'Articles/s', 'Passages/s'],
    rows: [
      row('look at the files', figures.surveyMs),
      row('read, parse and split', figures.parseMs),
      row('embed', figures.embedMs),
      row('write', figures.putMs),
      row('commit', figures.commitMs),
      row('everything', totalMs),
    ],
    notes: [
      `${megabytes(bytes)} MB of text, ${texts.toLocaleString('en')} texts embedded (passages and their sentences) by the bundled model.`,
      `Stages run at the same time, so their times overlap. For ${((figures.withoutEmbeddingMs / totalMs) * 100).toFixed(0)} % of the time no text was with the model.`,
      'read, parse and split and write: from asking for the work to its end, waiting included.',
    ],
  };
}

function runTable(first: IngestFigures, second: IngestFigures): BenchTable {
  const row = (name: string, figures: IngestFigures) => [
    name,
    (figures.totalMs / 1_000).toFixed(2),
    String(figures.added),
    String(figures.unchanged),
    megabytes(figures.peakBytes),
    figures.loopDelayMs.p99.toFixed(1),
    figures.loopDelayMs.max.toFixed(1),
  ];
  return {
    title: 'The first run, and the second over unchanged files',
    columns: [
      'Run',
      'Time (s)',
      'Added',
      'Unchanged',
      'Peak memory (MB)',
      'Loop delay p99 (ms)',
      'Loop delay max (ms)',
    ],
    rows: [row('first', first), row('second', second)],
    notes: [
      'Peak memory: the most that the process held, less what it held before. Loop delay: of the main thread, 5 ms of it the timer’s own.',
    ],
  };
}
