import { randomBytes } from 'node:crypto';

import { FootnoteError } from '../../domain/errors.ts';
import type { GenerationInfo } from '../../domain/ports.ts';
import type { Database } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { generationId } from '../index-paths.ts';
import { articlesPerStatement, chunksOf, markRemoved } from './article-tables.ts';
import { addContent, readBatchChanges } from './batch-changes.ts';
import { findConflicts } from './batch-conflicts.ts';
import { type Batch, holdBatch } from './batches.ts';
import { changeTerms } from './change-terms.ts';
import { prepareCopyUpdate } from './copies/update-copies.ts';
import { generationInfo, type IndexModel, type IndexState, lockState } from './index-state.ts';
import { isVisible } from './snapshot.ts';

/** For one statement of a commit; waiting for other commits counts. */
const statementTimeoutMs = 600_000;

/** What is committed, with what it makes. */
export interface CommitOptions {
  readonly database: Database;
  readonly embeddings: IndexModel;
  readonly now: () => Date;
}

/**
 * Makes all changes of the batch visible at once, as the next generation. What takes long is worked out before others are
 * kept waiting.
 *
 * @throws FootnoteError `unavailable` when others have changed some of the same articles or sources since the batch was
 *   begun, or have taken it over; nothing is changed then.
 */
export async function commitBatch(
  { database, embeddings, now }: CommitOptions,
  batch: Batch,
): Promise<GenerationInfo> {
  const { number, base } = batch;
  const changes = await readBatchChanges(database, batch);
  const copies = await prepareCopyUpdate(database, number, changes.articles);
  return database.transaction(
    async (sql) => {
      const state = await lockState(sql, embeddings);
      await holdBatch(sql, batch);
      const conflicts = await findConflicts(sql, number, base);
      const [conflict] = [...conflicts.articles, ...conflicts.sources];
      if (conflict !== undefined) throw changedMeanwhile(conflict);
      await markRemoved(sql, changes.articles, number, state.snapshot);
      for (const paths of chunksOf(changes.sources, articlesPerStatement)) {
        await sql.query(
          `UPDATE sources SET removed = $3
           WHERE (shard, path) IN (SELECT shard, path FROM unnest($1::integer[], $2::text[]) AS asked (shard, path))
             AND ${isVisible('sources', '$4', '$5::bigint[]')}`,
          [paths.map(shardOf), paths, number, state.snapshot.next, state.snapshot.pending],
        );
      }
      await changeTerms(sql, changes.terms);
      const next = nextState(state, number, now());
      const committed = { ...next, content: addContent(state.content, changes.content) };
      await copies(sql, committed.snapshot);
      await sql.query(
        `UPDATE index_state SET generation = $1, generation_id = $2, created_at = $3, next_batch = $4,
           pending = $5::bigint[], content = $6 WHERE shard = 0`,
        [
          committed.number,
          committed.id,
          committed.createdAt,
          committed.snapshot.next,
          committed.snapshot.pending,
          JSON.stringify(committed.content),
        ],
      );
      await sql.query(
        `UPDATE batches SET state = 'committed', committed_at = statement_timestamp() WHERE shard = 0 AND batch = $1`,
        [number],
      );
      return generationInfo(committed);
    },
    { timeoutMs: statementTimeoutMs },
  );
}

/** Ids sort by time even where the clocks of two servers differ. */
function nextState(state: IndexState, batch: number, time: Date): IndexState {
  const earliest = state.createdAt === '' ? 0 : Date.parse(state.createdAt) + 1;
  const created = new Date(Math.max(time.getTime(), earliest));
  return {
    ...state,
    number: state.number + 1,
    id: generationId(created, randomBytes(4).toString('hex')),
    createdAt: created.toISOString(),
    snapshot: {
      next: Math.max(state.snapshot.next, batch + 1),
      pending: state.snapshot.pending.filter((other) => other !== batch),
    },
  };
}

function changedMeanwhile(id: string): FootnoteError {
  return new FootnoteError('unavailable', `"${id}" was changed meanwhile by another writer.`, {
    remedy: 'It is tried again by itself; otherwise run npm run -s ingest again.',
    retryAfter: 1,
  });
}
