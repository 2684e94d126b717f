// In a process of its own: ingests a folder, and times each stage by the ports that it goes through.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';

import { z } from 'zod';

import { loadConfig } from '#footnote/config.js';
import { createThreadedWriter } from '#footnote/index/threaded-writer.js';
import { createDiskFiles } from '#footnote/ingest/load/disk-files.js';
import { createFileParser } from '#footnote/ingest/parse/file-parser.js';
import { runIngest } from '#footnote/ingest/run-ingest.js';
import { createEmbeddingModel } from '#footnote/models/create-embedding-model.js';

import { type Interval, unionOf } from '../answers/stages.ts';
import { residentBytes, runTask } from '../support/child-task.ts';

const settingsSchema = z.object({ corpus: z.string(), dir: z.string() });

await runTask(settingsSchema, async ({ corpus, dir }) => {
  const addedDir = join(dir, 'added');
  const config = loadConfig({ INDEX_DIR: dir, CORPUS_DIR: corpus, ADDED_DIR: addedDir });
  const noted = new Map<string, Interval[]>();
  async function timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      noted.set(name, [...(noted.get(name) ?? []), { start, end: performance.now() }]);
    }
  }
  const spent = (...names: string[]) => unionOf(names.flatMap((name) => noted.get(name) ?? []));

  const model = await createEmbeddingModel(config.embeddings);
  const parser = createFileParser(config.parse);
  const files = createDiskFiles({ corpusDir: corpus, addedDir });
  let texts = 0;
  const before = residentBytes();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  try {
    const writer = await createThreadedWriter({ dir, embeddings: model, hnsw: config.hnsw });
    delay.enable();
    const report = await runIngest({
      files: { ...files, read: (...args) => timed('parse', () => files.read(...args)) },
      parser: { ...parser, parse: (...args) => timed('parse', () => parser.parse(...args)) },
      embeddings: {
        ...model,
        embedDocuments: (all, options) => {
          texts += all.length;
          return timed('embed', () => model.embedDocuments(all, options));
        },
      },
      writer: {
        ...writer,
        put: (...args) => timed('put', () => writer.put(...args)),
        commit: () => timed('commit', () => writer.commit()),
      },
      maxFileBytes: config.parse.maxFileBytes,
    });
    delay.disable();
    const { durations, generation, added, unchanged, failed } = report;
    return {
      articles: generation.articles,
      passages: generation.passages,
      added: added.length,
      unchanged: unchanged.length,
      failed: failed.length,
      texts,
      totalMs: durations.total,
      surveyMs: durations.reading,
      parseMs: spent('parse'),
      embedMs: spent('embed'),
      putMs: spent('put'),
      commitMs: spent('commit'),
      /** While no text was with the model. */
      withoutEmbeddingMs: durations.total - spent('embed'),
      peakBytes: process.resourceUsage().maxRSS * 1024 - before,
      loopDelayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    };
  } finally {
    await parser.close();
    await model.close();
  }
});
