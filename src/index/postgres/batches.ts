import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { whole, wholes } from '../../postgres/rows.ts';
import { indexFormat } from '../manifest.ts';
import { dropConflicts } from './batch-conflicts.ts';
import { type IndexModel, lockState, readState } from './index-state.ts';
import type { Snapshot } from './snapshot.ts';

/** Changes that become visible all at once, as their writer knows them. */
export interface Batch {
  readonly number: number;
  /** Which writer it belongs to at present. */
  readonly owner: string;
  /** What it is built on. */
  readonly base: Snapshot;
}

/** What batches are begun with. */
export interface BatchOptions {
  readonly database: Database;
  readonly embeddings: IndexModel;
  /** Whose work it is: what was interrupted is carried on for the same one. */
  readonly purpose: string;
  /** How long a writer that says nothing counts as alive. */
  readonly leaseMs: number;
}

const numberRow = z.object({ batch: whole });
const adoptedRow = z
  .object({ batch: whole, base_next: whole, base_pending: wholes })
  .transform(({ batch, base_next: next, base_pending: pending }) => ({ batch, base: { next, pending } }));

/** `lease_until`, for a lease in milliseconds: SQL of the parameter. */
const leaseEnd = (parameter: string) =>
  `statement_timestamp() + ${parameter}::double precision * interval '1 millisecond'`;

/** Begins a batch that is built on `base`. */
export async function beginBatch(options: BatchOptions, base: Snapshot): Promise<Batch> {
  const { database, embeddings, purpose, leaseMs } = options;
  const owner = newOwner();
  const number = await database.transaction(async (sql) => {
    const { snapshot } = await lockState(sql, embeddings);
    const [row] = await sql.query("SELECT nextval('batch_numbers') AS batch");
    const { batch } = numberRow.parse(row);
    await sql.query(
      `INSERT INTO batches (shard, batch, purpose, state, owner, lease_until, embedding_model, format,
         base_next, base_pending)
       VALUES (0, $1, $2, 'building', $3, ${leaseEnd('$4')}, $5, $6, $7, $8::bigint[])`,
      [batch, purpose, owner, leaseMs, embeddings.id, indexFormat, base.next, base.pending],
    );
    await sql.query('UPDATE index_state SET next_batch = $1, pending = $2::bigint[] WHERE shard = 0', [
      Math.max(snapshot.next, batch + 1),
      [...snapshot.pending, batch],
    ]);
    return batch;
  });
  return { number, owner, base };
}

/**
 * Takes over the latest interrupted batch for this purpose, model and format, and brings it to the present state of the
 * index: what it says of articles and sources that others have changed since is dropped.
 */
export async function adoptBatch(options: BatchOptions): Promise<Batch | undefined> {
  const { database, embeddings, purpose, leaseMs } = options;
  const owner = newOwner();
  const adopted = await database.transaction(async (sql) => {
    await lockState(sql, embeddings);
    const [row] = await sql.query(
      `SELECT batch, base_next, base_pending FROM batches
       WHERE shard = 0 AND purpose = $1 AND embedding_model = $2 AND format = $3
         AND (state = 'suspended' OR (state = 'building' AND lease_until < clock_timestamp()))
       ORDER BY batch DESC LIMIT 1`,
      [purpose, embeddings.id, indexFormat],
    );
    if (row === undefined) return undefined;
    const found = adoptedRow.parse(row);
    await sql.query(
      `UPDATE batches SET state = 'building', owner = $2, lease_until = ${leaseEnd('$3')}
       WHERE shard = 0 AND batch = $1`,
      [found.batch, owner, leaseMs],
    );
    return found;
  });
  if (!adopted) return undefined;
  const { batch: number } = adopted;
  const base = await database.transaction(async (sql) => {
    await holdBatch(sql, { number, owner });
    const state = await readState(sql);
    if (!state) throw batchLost();
    await dropConflicts(sql, number, adopted.base);
    await sql.query(
      'UPDATE batches SET base_next = $2, base_pending = $3::bigint[] WHERE shard = 0 AND batch = $1',
      [number, state.snapshot.next, state.snapshot.pending],
    );
    return state.snapshot;
  });
  return { number, owner, base };
}

/** Whether somebody has begun or left something that {@link adoptBatch} could take over. */
export async function hasInterrupted({ database, embeddings, purpose }: BatchOptions): Promise<boolean> {
  const rows = await database.query(
    `SELECT batch FROM batches
     WHERE shard = 0 AND purpose = $1 AND embedding_model = $2 AND format = $3
       AND (state = 'suspended' OR (state = 'building' AND lease_until < clock_timestamp())) LIMIT 1`,
    [purpose, embeddings.id, indexFormat],
  );
  return rows.length > 0;
}

/**
 * Keeps the batch from being taken over or collected until the transaction ends. First statement of whatever writes to it.
 *
 * @throws FootnoteError `unavailable` when it belongs to another writer by now.
 */
export async function holdBatch(sql: Sql, { number, owner }: Pick<Batch, 'number' | 'owner'>): Promise<void> {
  const rows = await sql.query(
    `SELECT batch FROM batches WHERE shard = 0 AND batch = $1 AND owner = $2 AND state = 'building' FOR UPDATE`,
    [number, owner],
  );
  if (rows.length === 0) throw batchLost();
}

/** Says that the writer is alive. False when the batch is not its own any more. */
export async function renewLease(
  database: Database,
  { number, owner }: Batch,
  leaseMs: number,
): Promise<boolean> {
  const rows = await database.query(
    `UPDATE batches SET lease_until = ${leaseEnd('$3')}
     WHERE shard = 0 AND batch = $1 AND owner = $2 AND state = 'building' RETURNING batch`,
    [number, owner, leaseMs],
  );
  return rows.length > 0;
}

/**
 * Ends the writer's work on the batch: `suspended` for another to carry on, `discarded` to be removed. False, and nothing happens,
 * when it is not its own any more, or is committed.
 */
export async function leaveBatch(
  database: Database,
  { number, owner }: Batch,
  state: 'suspended' | 'discarded',
): Promise<boolean> {
  const rows = await database.query(
    `UPDATE batches SET state = $3 WHERE shard = 0 AND batch = $1 AND owner = $2 AND state = 'building'
     RETURNING batch`,
    [number, owner, state],
  );
  return rows.length > 0;
}

const newOwner = (): string => randomBytes(12).toString('hex');

function batchLost(): FootnoteError {
  return new FootnoteError(
    'unavailable',
    'Another writer has taken over what this one was writing, because nothing was heard of it for too long.',
    { remedy: 'It is tried again by itself; otherwise run npm run -s ingest again.', retryAfter: 1 },
  );
}
