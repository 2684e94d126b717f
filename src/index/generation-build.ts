import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import Database from 'better-sqlite3';
import { z } from 'zod';

import { languages } from '../domain/language.ts';
import type { GenerationInfo } from '../domain/ports.ts';
import { createArticleTables, textTable } from './article-schema.ts';
import { createVectors } from './create-vectors.ts';
import { digestFile, syncFile, syncFolder } from './durable-files.ts';
import { generationFolder, names } from './index-paths.ts';
import { indexFormat, writeManifest } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';
import { decodeVector } from './vector-blobs.ts';
import type { VectorEngine } from './vector-engine.ts';
import { saveVectors } from './vector-file.ts';

const vectorsPerTurn = 256;
const vectorRows = z.array(z.tuple([z.int(), z.instanceof(Buffer)]));
const countsRow = z.object({ articles: z.int(), passages: z.int() });
const languageRows = z.array(z.tuple([z.enum(languages), z.int()]));

/** A share of unused pages above which the database is written anew without them. */
const wasteShare = 0.3;

/**
 * Opens the article database of a generation under construction: a copy of `source`, or an empty one.
 *
 * A crash here loses nothing that counts, so SQLite need not wait for the disk.
 */
export async function openBuilding(folder: string, source?: string): Promise<Database.Database> {
  await mkdir(folder);
  const file = join(folder, names.articles);
  if (source !== undefined) await copyFile(source, file);
  const database = new Database(file);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  if (source === undefined) createArticleTables(database);
  return database;
}

/**
 * Finishes the generation in `folder`, makes all of it durable, and moves it to its place, whole.
 *
 * @returns the text of the pointer that makes it the current one.
 */
export async function finishBuilding(
  { dir, embeddings, hnsw }: IndexOptions,
  folder: string,
  database: Database.Database,
  identity: Pick<GenerationInfo, 'id' | 'createdAt'>,
): Promise<{ generation: GenerationInfo; pointer: string }> {
  for (const language of languages) {
    const table = textTable(language);
    database.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
  }
  if (unusedShare(database) > wasteShare) database.exec('VACUUM');
  const generation: GenerationInfo = {
    ...identity,
    embeddingModel: embeddings.id,
    dimensions: embeddings.dimensions,
    ...content(database),
  };
  const engine = createVectors(embeddings.dimensions, generation.passages, hnsw);
  await addStoredVectors(engine, database);
  database.close();

  const articles = join(folder, names.articles);
  await syncFile(articles);
  const pointer = await writeManifest(folder, {
    format: indexFormat,
    generation,
    vectors: await saveVectors(engine, join(folder, names.vectors)),
    articles: await digestFile(articles),
  });
  const target = generationFolder(dir, generation.id);
  await rename(folder, target);
  await syncFolder(dirname(target));
  return { generation, pointer };
}

/** Adds every passage vector in the order of keys, letting other work go on in between. */
async function addStoredVectors(engine: VectorEngine, database: Database.Database): Promise<void> {
  const next = database.prepare('SELECT key, passage FROM vectors WHERE key > ? ORDER BY key LIMIT ?').raw();
  let last = -1;
  for (;;) {
    const rows = vectorRows.parse(next.all(last, vectorsPerTurn));
    for (const [key, blob] of rows) {
      engine.add(key, decodeVector(blob));
      last = key;
    }
    if (rows.length < vectorsPerTurn) return;
    await setImmediate();
  }
}

function content(database: Database.Database) {
  const counts = database.prepare(
    'SELECT (SELECT COUNT(*) FROM articles) AS articles, (SELECT COUNT(*) FROM passages) AS passages',
  );
  const byLanguage = database
    .prepare(
      `SELECT articles.language, COUNT(*) FROM passages
       JOIN articles ON articles.id = passages.article GROUP BY articles.language ORDER BY articles.language`,
    )
    .raw();
  const rows = languageRows.parse(byLanguage.all());
  const perLanguage: GenerationInfo['languages'] = Object.fromEntries(rows);
  return { ...countsRow.parse(counts.get()), languages: perLanguage };
}

function unusedShare(database: Database.Database): number {
  const pragma = (name: string) => z.number().parse(database.pragma(name, { simple: true }));
  return pragma('freelist_count') / pragma('page_count');
}
