import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { syncFile, syncFolder } from '../domain/files/durable-files.ts';
import { languages } from '../domain/language.ts';
import type { GenerationInfo } from '../domain/ports.ts';
import { buildVectors, type BaseVectors } from './build-vectors.ts';
import { closeBuildingDatabase } from './building-database.ts';
import { updateCopyGroups } from './copies/update-copy-groups.ts';
import { generationFolder, names } from './index-paths.ts';
import { indexFormat, writeManifest } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';
import { digestOf } from './verified-files.ts';

const countsRow = z.object({ articles: z.int(), passages: z.int() });
const languageRows = z.array(z.tuple([z.enum(languages), z.int()]));

/** A share of unused pages above which the database is written anew without them. */
const wasteShare = 0.3;

/** What {@link finishBuilding} finishes. */
export interface Unfinished {
  readonly folder: string;
  readonly database: Database.Database;
  /** Whether something was removed from the database since it was made or copied. */
  readonly removals: boolean;
  /** Vectors of the generation that it is built on. */
  readonly base?: BaseVectors;
}

/**
 * Finishes the generation, makes all of it durable, and moves it to its place, whole. Killed at any moment, it leaves
 * what can be finished again.
 *
 * @returns the text of the pointer that makes it the current one.
 */
export async function finishBuilding(
  { dir, embeddings, hnsw, verified }: IndexOptions,
  { folder, database, removals, base }: Unfinished,
  identity: Pick<GenerationInfo, 'id' | 'createdAt'>,
): Promise<{ generation: GenerationInfo; pointer: string }> {
  await updateCopyGroups(database);
  const compact = removals || unusedShare(database) > wasteShare;
  const finished = await closeBuildingDatabase(database, folder, compact);
  const file = join(folder, names.articles);
  // Both read or write what is whole, in threads of their own, while the rest is made.
  const durable = Promise.all([digestOf(file, verified), syncFile(file)]);
  // Awaited below, unless what is made fails before.
  durable.catch(() => undefined);
  try {
    const generation: GenerationInfo = {
      ...identity,
      embeddingModel: embeddings.id,
      dimensions: embeddings.dimensions,
      ...content(finished),
    };
    const vectors = await buildVectors({ embeddings, hnsw }, folder, finished, base);
    finished.close();
    const [articles] = await durable;
    const pointer = await writeManifest(folder, { format: indexFormat, generation, vectors, articles });
    const target = generationFolder(dir, generation.id);
    await rename(folder, target);
    await syncFolder(dirname(target));
    return { generation, pointer };
  } finally {
    finished.close();
    await durable.catch(() => undefined);
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
