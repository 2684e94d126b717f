import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import type Database from 'better-sqlite3';

import type { GenerationInfo } from '../domain/ports.ts';
import { createArticleReader, type ArticleReader } from './article-reader.ts';
import { createArticleWriter, type ArticleWriter } from './article-writer.ts';
import { openBuildingDatabase, reopenBuildingDatabase } from './building-database.ts';
import { createBuildingFiles, type BuildingFiles } from './building-files.ts';
import { writeState } from './building-state.ts';
import { finishBuilding } from './generation-build.ts';
import { names } from './index-paths.ts';
import type { IndexOptions } from './open-index.ts';
import { createSourceWriter, type SourceWriter } from './source-rows.ts';
import { createTransactions, type Transactions } from './transactions.ts';
import { readContent, type WriterBase } from './writer-base.ts';

/** When changes are committed: a kill loses what came after. */
export const transactionLimits = { changes: 500, milliseconds: 1000 } as const;

/** A generation under construction. One of `finish`, `keep` and `remove` ends it. */
export interface Building extends Pick<Transactions, 'run'> {
  readonly articles: ArticleWriter;
  readonly sources: SourceWriter;
  readonly reader: ArticleReader;
  content(): Promise<Pick<WriterBase, 'fingerprints' | 'sources'>>;
  /** Before something is removed, so that {@link finish} knows of it whatever happens in between. */
  noteRemoval(): Promise<void>;
  /** See {@link finishBuilding}. */
  finish(
    identity: Pick<GenerationInfo, 'id' | 'createdAt'>,
  ): Promise<{ generation: GenerationInfo; pointer: string; removals: boolean }>;
  keep(): void;
  remove(): Promise<void>;
}

/** Settings of {@link beginBuilding}. */
export interface BuildingOptions extends IndexOptions {
  /** Changes between two commits of the database; {@link transactionLimits} when absent. */
  readonly changesPerCommit?: number;
}

/** Begins a generation with the content of `base`. */
export async function beginBuilding(options: BuildingOptions, base?: WriterBase): Promise<Building> {
  const folder = join(options.dir, `${names.building}${process.pid}-${randomBytes(4).toString('hex')}`);
  try {
    const copied = base && { id: base.generation.id, articles: base.articles };
    const files = await createBuildingFiles(folder, options, copied);
    return openBuilding(options, files, openBuildingDatabase(folder), base);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Carries on what an interrupted writer left; undefined, and removed, when its files are damaged. */
export async function resumeBuilding(
  options: BuildingOptions,
  files: BuildingFiles,
  base?: WriterBase,
): Promise<Building | undefined> {
  const database = reopenBuildingDatabase(files.folder);
  if (database) return openBuilding(options, files, database, base);
  await rm(files.folder, { recursive: true, force: true });
  return undefined;
}

function openBuilding(
  options: BuildingOptions,
  { folder, state }: BuildingFiles,
  database: Database.Database,
  base: WriterBase | undefined,
): Building {
  const { changesPerCommit: changes = transactionLimits.changes } = options;
  const articles = createArticleWriter(database, options.embeddings.dimensions);
  const transactions = createTransactions(database, {
    ...transactionLimits,
    changes,
    beforeCommit: () => articles.flush(),
  });
  let { removals } = state;
  return {
    articles,
    sources: createSourceWriter(database),
    reader: createArticleReader(database),
    content: () => readContent(database),
    run: (action) => transactions.run(action),
    async noteRemoval() {
      if (removals) return;
      await writeState(folder, { ...state, removals: true });
      removals = true;
    },
    async finish(identity) {
      transactions.commit();
      const unfinished = { folder, database, removals, ...(base && { base: base.vectors }) };
      return { ...(await finishBuilding(options, unfinished, identity)), removals };
    },
    keep() {
      if (!database.open) return;
      transactions.commit();
      database.close();
    },
    async remove() {
      transactions.rollback();
      database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
