// In a process of its own: builds an index, of generated articles or of those in a folder.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import { z } from 'zod';

import { createAssistant } from '#footnote/assistant.js';
import { loadConfig } from '#footnote/config.js';
import { createIndexWriter } from '#footnote/index/index-writer.js';

import { runTask } from '../support/child-task.ts';
import { generatedArticles } from '../support/generated-articles.ts';
import { defaultIndex } from './bench-settings.ts';

const settingsSchema = z.object({
  dir: z.string(),
  corpus: z.string(),
  /** Of generated articles; those of `corpus` are ingested when absent. */
  passages: z.int().optional(),
});

await runTask(settingsSchema, async ({ dir, corpus, passages }) => {
  const begin = performance.now();
  const figures = passages === undefined ? await ingest(dir, corpus) : await build(dir, corpus, passages);
  const { maxRSS } = process.resourceUsage();
  return {
    ...figures,
    buildMs: performance.now() - begin,
    peakBytes: maxRSS * 1024,
    fileBytes: await sizeOf(dir),
  };
});

async function ingest(dir: string, corpus: string) {
  const config = loadConfig({ INDEX_DIR: dir, CORPUS_DIR: corpus, ADDED_DIR: join(dir, 'added') });
  const assistant = await createAssistant(config);
  try {
    const { generation, durations } = await assistant.ingest({ offline: true });
    const { articles, passages } = generation;
    return { articles, passages, generateMs: 0, putMs: durations.embedding, commitMs: 0 };
  } finally {
    await assistant.close();
  }
}

async function build(dir: string, corpus: string, passages: number) {
  const index = await defaultIndex(dir);
  try {
    const writer = await createIndexWriter(index);
    try {
      let putMs = 0;
      const begin = performance.now();
      for (const entry of generatedArticles({ corpus, passages, dimensions: index.embeddings.dimensions })) {
        const start = performance.now();
        await writer.put(entry, entry.article.version);
        putMs += performance.now() - start;
      }
      const put = performance.now();
      const { articles, passages: stored } = await writer.commit();
      const commitMs = performance.now() - put;
      return { articles, passages: stored, generateMs: put - begin - putMs, putMs, commitMs };
    } finally {
      await writer.discard();
    }
  } finally {
    await index.embeddings.close();
  }
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
