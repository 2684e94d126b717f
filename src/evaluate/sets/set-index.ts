import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Config } from '../../config.ts';
import type { Article } from '../../domain/article.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { articleFingerprint, sha256 } from '../../domain/fingerprint.ts';
import { createIndexWriter } from '../../index/index-writer.ts';
import { embedArticles } from '../../ingest/embed-articles.ts';
import type { PreparedArticle } from '../../ingest/parse/parsed-file.ts';
import { prepareArticle } from '../../ingest/parse/prepare-article.ts';
import { splitterVersion } from '../../ingest/split/version.ts';
import { createEmbeddingModel } from '../../models/create-embedding-model.ts';
import { codeVersion } from './code-version.ts';

/** Indexes of question sets are kept here between runs, unless another folder is named. */
const defaultCacheDir = join(tmpdir(), 'footnote-question-sets');

/** Kept indexes that nobody built for this long are removed, in milliseconds (three days). */
const keptFor = 3 * 24 * 60 * 60 * 1000;

/**
 * The folder with the index of `articles`, which is built unless one of the same articles, settings and code is
 * there already.
 *
 * @throws what the embedding model and the index writer throw.
 */
export async function setIndex(options: {
  readonly name: string;
  readonly articles: readonly Article[];
  readonly config: Pick<Config, 'embeddings' | 'hnsw'>;
  /** Where indexes are kept between runs. */
  readonly cacheDir?: string;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}): Promise<string> {
  const { name, articles, config, cacheDir = defaultCacheDir } = options;
  const content = articles.map((article) => articleFingerprint(article, splitterVersion));
  const key = sha256(
    [...content, canonicalJson(withoutKey(config)), await codeVersion(new URL(import.meta.url))].join('\n'),
  );
  const dir = join(cacheDir, `${name.replace(/[^\w.-]+/gu, '_')}-${key.slice(0, 16)}`);
  if ((await ageOf(dir)) !== undefined) return dir;
  await mkdir(cacheDir, { recursive: true });
  await removeOld(cacheDir);
  const building = await mkdtemp(join(cacheDir, 'building-'));
  try {
    await build(building, options);
    await rename(building, dir).catch(async (error: unknown) => {
      // Another run may have built the same one meanwhile.
      if ((await ageOf(dir)) === undefined) throw error;
    });
    return dir;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

async function build(
  dir: string,
  { articles, config, onProgress, signal }: Parameters<typeof setIndex>[0],
): Promise<void> {
  const embeddings = await createEmbeddingModel(config.embeddings);
  try {
    const writer = await createIndexWriter({ dir, embeddings, hnsw: config.hnsw });
    try {
      const nothingStored = () => Promise.resolve(undefined);
      const entries = embedArticles(prepared(articles), { embeddings, stored: nothingStored, signal });
      let done = 0;
      for await (const entry of entries) {
        await writer.put(entry, articleFingerprint(entry.article, splitterVersion));
        done += 1;
        onProgress?.(done, articles.length);
      }
      await writer.commit();
    } finally {
      await writer.discard();
    }
  } finally {
    await embeddings.close();
  }
}

async function* prepared(articles: readonly Article[]): AsyncGenerator<PreparedArticle> {
  for (const article of articles) yield prepareArticle(article);
}

function withoutKey({ embeddings, hnsw }: Pick<Config, 'embeddings' | 'hnsw'>) {
  return { embeddings: { ...embeddings, apiKey: undefined }, hnsw };
}

async function removeOld(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const age = await ageOf(join(cacheDir, name));
    if (age !== undefined && age > keptFor) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

/** Milliseconds since the folder was made; `undefined` when there is none. */
function ageOf(dir: string): Promise<number | undefined> {
  return stat(dir).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  );
}
