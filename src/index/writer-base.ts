import { join } from 'node:path';

import type Database from 'better-sqlite3';

import { FootnoteError } from '../domain/errors.ts';
import type { GenerationInfo, IndexedArticle, SourceRecord } from '../domain/ports.ts';
import { createArticleReader } from './article-reader.ts';
import type { BaseVectors } from './build-vectors.ts';
import { openDatabase, verifyFile } from './generation-files.ts';
import { generationFolder, names } from './index-paths.ts';
import { checkEmbeddings, readManifest, readPointer, type Manifest } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';
import { hasWantedLayout } from './vector-segments.ts';
import type { VerifiedFiles } from './verified-files.ts';

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
  const { dir, embeddings, verified } = options;
  try {
    const pointer = await readPointer(dir);
    if (pointer === undefined) return undefined;
    const manifest = await readManifest(dir, pointer);
    checkEmbeddings(manifest.generation, embeddings);
    const folder = generationFolder(dir, manifest.generation.id);
    await verifyFile(folder, names.articles, manifest.articles, verified);
    const database = openDatabase(folder, names.articles);
    const content = await readContent(database);
    database.close();
    const { vectors } = manifest;
    const sound = await soundSegments(folder, vectors, verified);
    return {
      generation: manifest.generation,
      articles: join(folder, names.articles),
      ...content,
      vectors: { folder, vectors, sound },
      complete: hasWantedLayout(vectors, options.hnsw) && sound.size === vectors.segments.length,
    };
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'index-unusable') return undefined;
    throw error;
  }
}

/** What a writer must know of a database at the beginning. */
export async function readContent(
  database: Database.Database,
): Promise<Pick<WriterBase, 'fingerprints' | 'sources'>> {
  const reader = createArticleReader(database);
  return {
    fingerprints: reader.fingerprints(),
    sources: new Map((await reader.sources()).map((source) => [source.path, source])),
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

/** Names of the files of vectors that are as the manifest says. */
async function soundSegments(
  folder: string,
  { segments }: Manifest['vectors'],
  verified: VerifiedFiles | undefined,
): Promise<Set<string>> {
  const sound = new Set<string>();
  for (const segment of segments) {
    const isSound = await verifyFile(folder, segment.name, segment, verified).then(
      () => true,
      () => false,
    );
    if (isSound) sound.add(segment.name);
  }
  return sound;
}
