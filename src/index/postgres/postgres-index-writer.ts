import { isDeepStrictEqual } from 'node:util';

import { FootnoteError } from '../../domain/errors.ts';
import type { GenerationInfo, IndexWriter } from '../../domain/ports.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { checkIndexedArticle } from '../indexed-article-checks.ts';
import { removeOwnArticle } from './article-tables.ts';
import { putSource, removeOwnSource } from './batch-sources.ts';
import { adoptBatch, type Batch, beginBatch, hasInterrupted, holdBatch, leaveBatch } from './batches.ts';
import { commitBatch } from './commit-batch.ts';
import { checkModel, generationInfo, type IndexModel, readState } from './index-state.ts';
import { keepLease } from './keep-lease.ts';
import { articleRows, putArticle } from './put-article.ts';
import { removeBatch } from './remove-batch.ts';
import { readStored, readWriterContent } from './writer-content.ts';

/** Settings of {@link createPostgresIndexWriter}. */
export interface PostgresIndexWriterOptions {
  readonly database: Database;
  readonly embeddings: IndexModel;
  /** Whose work it is, such as a job: what was interrupted is carried on for the same one. */
  readonly purpose: string;
  /** The clock, for generation ids. */
  readonly now?: () => Date;
  /** For how long a writer that was killed counts as alive, in milliseconds. */
  readonly leaseMs?: number;
}

const usualLeaseMs = 60_000;

/**
 * Starts changes to the index in the database, beside those of other writers; or carries on what was interrupted of the same
 * purpose. Nothing is visible before `commit`. One of `commit`, `suspend` and `discard` must follow.
 *
 * `commit` fails with `unavailable` where another writer has changed some of the same articles or sources since; what was
 * built is kept then, but for those, and carried on by the next writer for the purpose.
 *
 * @throws FootnoteError `configuration` when the index is of another embedding model or format.
 */
export async function createPostgresIndexWriter(options: PostgresIndexWriterOptions): Promise<IndexWriter> {
  const { database, embeddings, purpose, now = () => new Date(), leaseMs = usualLeaseMs } = options;
  const batchOptions = { database, embeddings, purpose, leaseMs };
  const current = await readState(database);
  if (current && current.number > 0) checkModel(current, embeddings);
  const adopted = (await hasInterrupted(batchOptions)) ? await adoptBatch(batchOptions) : undefined;
  const base = adopted?.base ?? current?.snapshot ?? { next: 1, pending: [] };
  let lease = adopted && keepLease(database, adopted, leaseMs);
  const content = await readWriterContent(database, { base, batch: adopted?.number ?? 0 }).catch(
    async (error: unknown) => {
      lease?.end();
      throw error;
    },
  );
  const articles = new Set(content.fingerprints.keys());
  const sources = new Map(content.sources);
  let begun = adopted && Promise.resolve(adopted);
  let changed = adopted !== undefined;
  let ended = false;

  /** At the first change: most runs change nothing. */
  function begin(): Promise<Batch> {
    begun ??= beginBatch(batchOptions, base).then(
      (batch) => {
        lease = keepLease(database, batch, leaseMs);
        return batch;
      },
      (error: unknown) => {
        begun = undefined;
        throw error;
      },
    );
    return begun;
  }

  async function attempt<T>(action: () => Promise<T>): Promise<T> {
    if (ended) throw new TypeError('This index writer has ended; create another one.');
    return action();
  }

  async function end(as: 'suspended' | 'discarded'): Promise<void> {
    if (ended) return;
    ended = true;
    lease?.end();
    const batch = await begun?.catch(() => undefined);
    if (!batch) return;
    const state = changed ? as : 'discarded';
    try {
      const isOwn = await leaveBatch(database, batch, state);
      if (isOwn && state === 'discarded') await removeBatch(database, batch.number);
    } catch {
      // The batch is left behind like that of a process that was killed.
    }
  }

  async function publish(): Promise<GenerationInfo> {
    const batch = await begin();
    const generation = await commitBatch({ database, embeddings, now }, batch);
    ended = true;
    lease?.end();
    return generation;
  }

  async function latestGeneration(): Promise<GenerationInfo | undefined> {
    const latest = await readState(database);
    return latest && latest.number > 0 ? generationInfo(latest) : undefined;
  }

  async function change(work: (sql: Sql, batch: number) => Promise<void>): Promise<void> {
    const batch = await begin();
    await database.transaction(async (sql) => {
      await holdBatch(sql, batch);
      await work(sql, batch.number);
    });
    changed = true;
  }

  return {
    fingerprints: content.fingerprints,
    sources: content.sources,
    resumed: adopted !== undefined,
    stored: (articleId) =>
      attempt(async () => {
        if (!articles.has(articleId)) return undefined;
        const batch = await begun;
        return readStored(database, articleId, { base, batch: batch?.number ?? 0 }, embeddings.dimensions);
      }),
    put: (entry, fingerprint) =>
      attempt(async () => {
        checkIndexedArticle(entry);
        const rows = articleRows(entry, fingerprint, embeddings.dimensions);
        await change((sql, batch) => putArticle(sql, rows, batch));
        articles.add(entry.article.id);
      }),
    remove: (articleId) =>
      attempt(async () => {
        if (!articles.has(articleId)) return;
        await change(async (sql, batch) => {
          await removeOwnArticle(sql, articleId, batch);
          await noteRemoval(sql, { batch, kind: 'article', id: articleId });
        });
        articles.delete(articleId);
      }),
    putSource: (record) =>
      attempt(async () => {
        if (isDeepStrictEqual(sources.get(record.path), record)) return;
        await change((sql, batch) => putSource(sql, record, batch));
        sources.set(record.path, record);
      }),
    removeSource: (path) =>
      attempt(async () => {
        if (!sources.has(path)) return;
        await change(async (sql, batch) => {
          await removeOwnSource(sql, path, batch);
          await noteRemoval(sql, { batch, kind: 'source', id: path });
        });
        sources.delete(path);
      }),
    commit: () =>
      attempt(async () => {
        try {
          const same = changed ? undefined : await latestGeneration();
          if (!same) return await publish();
          await end('discarded');
          return same;
        } catch (error) {
          const keep = error instanceof FootnoteError && error.code === 'unavailable';
          await end(keep ? 'suspended' : 'discarded');
          throw error;
        }
      }),
    suspend: () => end('suspended'),
    discard: () => end('discarded'),
  };
}

/** What the batch removes when it is committed. */
async function noteRemoval(
  sql: Sql,
  { batch, kind, id }: { batch: number; kind: 'article' | 'source'; id: string },
): Promise<void> {
  await sql.query(
    'INSERT INTO batch_removals (shard, batch, kind, id) VALUES (0, $1, $2, $3) ON CONFLICT DO NOTHING',
    [batch, kind, id],
  );
}
