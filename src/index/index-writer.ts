import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';

import type Database from 'better-sqlite3';

import type { GenerationInfo, IndexWriter } from '../domain/ports.ts';
import { createArticleWriter, type ArticleWriter } from './article-writer.ts';
import { finishBuilding, openBuilding } from './generation-build.ts';
import { storageError } from './index-errors.ts';
import { generationFolder, generationId, generationPattern, names } from './index-paths.ts';
import { writePointer } from './manifest.ts';
import type { IndexOptions } from './open-index.ts';
import { readWriterBase, type WriterBase } from './writer-base.ts';
import { acquireWriterLock, type WriterLock } from './writer-lock.ts';

/** Settings of {@link createIndexWriter}. */
export interface IndexWriterOptions extends IndexOptions {
  /** The clock, for generation ids. */
  readonly now?: () => Date;
}

/**
 * Starts the next generation of the index in `dir`, which is made when it does not exist.
 *
 * What the current generation holds is kept, unless it is damaged or of another embedding model: then
 * `fingerprints` is empty and everything is indexed anew. One of `commit` and `discard` must follow.
 *
 * @throws FootnoteError `unavailable` when another writer is at work or the folder cannot be written.
 */
export async function createIndexWriter(options: IndexWriterOptions): Promise<IndexWriter> {
  const { dir } = options;
  let lock: WriterLock | undefined;
  try {
    await mkdir(join(dir, names.generations), { recursive: true });
    lock = await acquireWriterLock(dir);
    await removeBuildings(dir);
    return startWriter(options, lock, await readWriterBase(options));
  } catch (error) {
    lock?.release();
    throw storageError(dir, error);
  }
}

function startWriter(
  { now = () => new Date(), ...options }: IndexWriterOptions,
  lock: WriterLock,
  base: WriterBase | undefined,
): IndexWriter {
  const { dir } = options;
  const folder = join(dir, `${names.building}${process.pid}-${randomBytes(4).toString('hex')}`);
  let building: Promise<{ database: Database.Database; articles: ArticleWriter }> | undefined;
  let changed = base?.complete !== true;
  let ended = false;

  /** The copy is made at the first change: most runs change nothing. */
  function build() {
    building ??= openBuilding(folder, base?.articles).then((database) => ({
      database,
      articles: createArticleWriter(database, options.embeddings.dimensions),
    }));
    return building;
  }

  async function attempt<T>(action: () => Promise<T>): Promise<T> {
    if (ended) throw new TypeError('This index writer has ended; create another one.');
    try {
      return await action();
    } catch (error) {
      throw storageError(dir, error);
    }
  }

  async function end(): Promise<void> {
    if (ended) return;
    ended = true;
    const built = await building?.catch(() => undefined);
    built?.database.close();
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    lock.release();
  }

  async function publish(): Promise<GenerationInfo> {
    const { database } = await build();
    const identity = nextIdentity(now(), base?.generation);
    const { generation, pointer } = await finishBuilding(options, folder, database, identity);
    await writePointer(dir, pointer);
    await removeGenerations(dir, new Set([generation.id, base?.generation.id]));
    return generation;
  }

  return {
    fingerprints: base?.fingerprints ?? new Map(),
    put: (entry, fingerprint) =>
      attempt(async () => {
        (await build()).articles.put(entry, fingerprint);
        changed = true;
      }),
    remove: (articleId) =>
      attempt(async () => {
        const known = building !== undefined || base?.fingerprints.has(articleId);
        if (known && (await build()).articles.remove(articleId)) changed = true;
      }),
    commit: () =>
      attempt(async () => {
        try {
          return base && !changed ? base.generation : await publish();
        } finally {
          await end();
        }
      }),
    discard: end,
  };
}

/** Ids sort by time even when the clock was set back. */
function nextIdentity(time: Date, previous: GenerationInfo | undefined) {
  const earliest = previous ? Date.parse(previous.createdAt) + 1 : 0;
  const created = new Date(Math.max(time.getTime(), earliest));
  const id = generationId(created, randomBytes(4).toString('hex'));
  return { id, createdAt: created.toISOString() };
}

/** The lock is ours, so whatever is being built here belongs to a process that died. */
async function removeBuildings(dir: string): Promise<void> {
  const stale = (await readdir(dir)).filter((name) => name.startsWith(names.building));
  for (const name of stale) await rm(join(dir, name), { recursive: true, force: true });
}

async function removeGenerations(dir: string, keep: ReadonlySet<string | undefined>): Promise<void> {
  const all = await readdir(join(dir, names.generations));
  const old = all.filter((name) => generationPattern.test(name) && !keep.has(name));
  for (const name of old) {
    // Some systems refuse while a reader has it open; the next ingest tries again.
    await rm(generationFolder(dir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}
