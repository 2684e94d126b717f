import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { FootnoteError } from '../domain/errors.ts';
import type { GenerationInfo, IndexWriter } from '../domain/ports.ts';
import { beginBuilding, resumeBuilding, type Building, type BuildingOptions } from './building.ts';
import { keepsBuilding, storageError } from './index-errors.ts';
import { generationFolder, generationId, names } from './index-paths.ts';
import { checkIndexedArticle } from './indexed-article-checks.ts';
import { writePointer } from './manifest.ts';
import { clearFolder, removeGenerations } from './stale-files.ts';
import { readIndexed, readWriterBase, type WriterBase } from './writer-base.ts';
import { acquireWriterLock, type WriterLock } from './writer-lock.ts';

/** Settings of {@link createIndexWriter}. */
export interface IndexWriterOptions extends BuildingOptions {
  /** The clock, for generation ids. */
  readonly now?: () => Date;
}

/**
 * Starts the next generation of the index in `dir`, which is made when it does not exist; or carries on one that an
 * interrupted writer left.
 *
 * What the current generation holds is kept, unless it is damaged or of another embedding model: then
 * `fingerprints` is empty and everything is indexed anew. One of `commit`, `suspend` and `discard` must follow.
 *
 * @throws FootnoteError `unavailable` when another writer is at work or the folder cannot be written.
 */
export async function createIndexWriter(options: IndexWriterOptions): Promise<IndexWriter> {
  const { dir } = options;
  let lock: WriterLock | undefined;
  try {
    await mkdir(join(dir, names.generations), { recursive: true });
    lock = await acquireWriterLock(dir);
    const base = await readWriterBase(options);
    const left = await clearFolder(options, base?.generation.id);
    const resumed = left && (await resumeBuilding(options, left, base));
    const content = (await resumed?.content()) ?? base;
    return startWriter(options, lock, { base, resumed, content });
  } catch (error) {
    lock?.release();
    throw storageError(dir, error);
  }
}

function startWriter(
  { now = () => new Date(), ...options }: IndexWriterOptions,
  lock: WriterLock,
  {
    base,
    resumed,
    content: { fingerprints, sources } = { fingerprints: new Map(), sources: new Map() },
  }: {
    readonly base: WriterBase | undefined;
    readonly resumed: Building | undefined;
    /** What there is at the beginning. */
    readonly content: Pick<IndexWriter, 'fingerprints' | 'sources'> | undefined;
  },
): IndexWriter {
  const { dir } = options;
  let building = resumed && Promise.resolve(resumed);
  let changed = base?.complete !== true || resumed !== undefined;
  let ended = false;

  /** The copy is made at the first change: most runs change nothing. */
  function build(): Promise<Building> {
    building ??= begin();
    return building;
  }

  async function begin(): Promise<Building> {
    // Room for three generations at most: the current one, its copy, and what is made of the copy.
    if (base) await removeGenerations(dir, new Set([base.generation.id]));
    return beginBuilding(options, base);
  }

  async function attempt<T>(action: () => Promise<T>): Promise<T> {
    if (ended) throw new TypeError('This index writer has ended; create another one.');
    try {
      return await action();
    } catch (error) {
      const problem = storageError(dir, error);
      // What there is room for again must not be taken by what cannot be finished.
      if (problem instanceof FootnoteError && problem.code === 'unavailable' && !keepsBuilding(error)) {
        await end(false);
      }
      throw problem;
    }
  }

  async function end(keep: boolean): Promise<void> {
    if (ended) return;
    ended = true;
    try {
      const built = await building?.catch(() => undefined);
      if (keep && changed) await keepOrRemove(built);
      else await built?.remove();
    } finally {
      lock.release();
    }
  }

  /** @param removes - whether something goes that must not stay in the file. */
  function change(removes: (built: Building) => boolean, action: (built: Building) => void): Promise<void> {
    return attempt(async () => {
      const built = await build();
      if (removes(built)) await built.noteRemoval();
      built.run(() => action(built));
      changed = true;
    });
  }

  async function removeKnown(
    table: 'articles' | 'sources',
    key: string,
    atBeginning: boolean,
  ): Promise<void> {
    const isThere = building ? (await building)[table].has(key) : atBeginning;
    if (!isThere) return;
    await change(
      () => true,
      (built) => built[table].remove(key),
    );
  }

  async function publish(): Promise<GenerationInfo> {
    const built = await build();
    const { generation, pointer, removals } = await built.finish(nextIdentity(now(), base?.generation));
    await writePointer(dir, pointer);
    // The next writer does it otherwise.
    await rm(join(generationFolder(dir, generation.id), names.state), { force: true }).catch(() => undefined);
    await removeGenerations(dir, new Set([generation.id, ...(removals ? [] : [base?.generation.id])]));
    return generation;
  }

  return {
    fingerprints,
    sources,
    resumed: resumed !== undefined,
    stored: (articleId) =>
      attempt(async () => {
        const { dimensions } = options.embeddings;
        if (building) return (await building).reader.indexed(articleId, dimensions);
        return base?.fingerprints.has(articleId) ? readIndexed(base, articleId, dimensions) : undefined;
      }),
    put: async (entry, fingerprint) => {
      checkIndexedArticle(entry);
      await change(
        ({ articles }) => articles.has(entry.article.id),
        ({ articles }) => articles.put(entry, fingerprint),
      );
    },
    remove: (articleId) => removeKnown('articles', articleId, fingerprints.has(articleId)),
    putSource: async (record) => {
      const known = building ? (await building).sources.get(record.path) : sources.get(record.path);
      if (isDeepStrictEqual(known, record)) return;
      await change(
        () => known !== undefined,
        (built) => built.sources.put(record),
      );
    },
    removeSource: (path) => removeKnown('sources', path, sources.has(path)),
    commit: () =>
      attempt(async () => {
        let keep = false;
        try {
          return base && !changed ? base.generation : await publish();
        } catch (error) {
          keep = keepsBuilding(error);
          throw error;
        } finally {
          await end(keep);
        }
      }),
    suspend: () => end(true),
    discard: () => end(false),
  };
}

/** What could not be kept whole is of no use to the next writer. */
async function keepOrRemove(built: Building | undefined): Promise<void> {
  try {
    built?.keep();
  } catch {
    await built?.remove();
  }
}

/** Ids sort by time even when the clock was set back. */
function nextIdentity(time: Date, previous: GenerationInfo | undefined) {
  const earliest = previous ? Date.parse(previous.createdAt) + 1 : 0;
  const created = new Date(Math.max(time.getTime(), earliest));
  const id = generationId(created, randomBytes(4).toString('hex'));
  return { id, createdAt: created.toISOString() };
}
