import { rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type Database from 'better-sqlite3';
import { z } from 'zod';

import { digestFile, syncFolder } from '../domain/files/durable-files.ts';
import { languages } from '../domain/language.ts';
import type { GenerationInfo } from '../domain/ports.ts';
import { textTable } from './article-schema.ts';
import { buildVectors, type BaseVectors } from './build-vectors.ts';
import { closeBuildingDatabase } from './building-database.ts';
import { updateCopyGroups } from './copies/update-copy-groups.ts';
import { generationFolder, names } from './index-paths.ts';
import { indexFormat, writeManifest } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';
import { correctTextTotals } from './text-totals.ts';

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
  { dir, embeddings, hnsw }: IndexOptions,
  { folder, database, removals, base }: Unfinished,
  identity: Pick<GenerationInfo, 'id' | 'createdAt'>,
): Promise<{ generation: GenerationInfo; pointer: string }> {
  await updateCopyGroups(database);
  if (removals || !base) mergeText(database);
  if (removals) correctTextTotals(database);
  const compact = removals || unusedShare(database) > wasteShare;
  const finished = await closeBuildingDatabase(database, folder, compact);
  try {
    const generation: GenerationInfo = {
      ...identity,
      embeddingModel: embeddings.id,
      dimensions: embeddings.dimensions,
      ...content(finished),
    };
    const vectors = await buildVectors({ embeddings, hnsw }, folder, finished, base);
    finished.close();
    const articles = await digestFile(join(folder, names.articles));
    const pointer = await writeManifest(folder, { format: indexFormat, generation, vectors, articles });
    const target = generationFolder(dir, generation.id);
    await rename(folder, target);
    await syncFolder(dirname(target));
    return { generation, pointer };
  } finally {
    finished.close();
  }
}

/** Makes one list of each term's passages, without those that are gone: until then they are only marked. */
function mergeText(database: Database.Database): void {
  for (const language of languages) {
    const table = textTable(language);
    database.exec(`INSERT INTO ${table} (${table}) VALUES ('optimize')`);
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
