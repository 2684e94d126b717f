import { join } from 'node:path';

import type Database from 'better-sqlite3';

import { FootnoteError } from '../domain/errors.ts';
import type { GenerationInfo, IndexedArticle, SourceRecord } from '../domain/ports.ts';
import { createArticleReader } from './article-reader.ts';
import type { BaseVectors } from './build-vectors.ts';
import { openDatabase, verifyFile } from './generation-files.ts';
import { vectorLayout } from './hnsw-options.ts';
import { generationFolder, names } from './index-paths.ts';
import { checkEmbeddings, readManifest, readPointer, type Manifest } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';

/** What a writer starts from. */
export interface WriterBase {
  readonly generation: GenerationInfo;
  /** Path of the article database to copy. */
  readonly articles: string;
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly sources: ReadonlyMap<string, SourceRecord>;
  readonly vectors: BaseVectors;
  /** False when the vectors must be written anew although no article changed. */
  readonly complete: boolean;
}

/**
 * The current generation, when it is sound and of the same embedding model; otherwise undefined, and
 * everything is indexed again. Damaged vectors alone are no reason for that: the database has them too.
 */
export async function readWriterBase(options: IndexOptions): Promise<WriterBase | undefined> {
  const { dir, embeddings } = options;
  try {
    const pointer = await readPointer(dir);
    if (pointer === undefined) return undefined;
    const manifest = await readManifest(dir, pointer);
    checkEmbeddings(manifest.generation, embeddings);
    const folder = generationFolder(dir, manifest.generation.id);
    await verifyFile(folder, names.articles, manifest.articles);
    const database = openDatabase(folder, names.articles);
    const content = readContent(database);
    database.close();
    return {
      generation: manifest.generation,
      articles: join(folder, names.articles),
      ...content,
      vectors: { folder, file: manifest.vectors },
      complete: hasWantedLayout(manifest, options) && (await hasSoundVectors(folder, manifest)),
    };
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'index-unusable') return undefined;
    throw error;
  }
}

/** What a writer must know of a database at the beginning. */
export function readContent(database: Database.Database): Pick<WriterBase, 'fingerprints' | 'sources'> {
  const reader = createArticleReader(database);
  return {
    fingerprints: reader.fingerprints(),
    sources: new Map(reader.sources().map((source) => [source.path, source])),
  };
}

/** Everything that the base stores of an article. */
export function readIndexed(
  { vectors: { folder } }: WriterBase,
  articleId: string,
  dimensions: number,
): IndexedArticle | undefined {
  const database = openDatabase(folder, names.articles);
  try {
    return createArticleReader(database).indexed(articleId, dimensions);
  } finally {
    database.close();
  }
}

function hasWantedLayout({ vectors }: Manifest, { hnsw }: IndexOptions): boolean {
  const layout = vectorLayout(vectors.count, hnsw);
  if (layout.kind === 'exact') return vectors.kind === 'exact';
  return vectors.m === layout.m && vectors.efConstruction === layout.efConstruction;
}

async function hasSoundVectors(folder: string, { vectors }: Manifest): Promise<boolean> {
  try {
    await verifyFile(folder, names.vectors, vectors);
    return true;
  } catch {
    return false;
  }
}
