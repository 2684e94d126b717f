import { z } from 'zod';

import { whole, wholes } from '../../postgres/rows.ts';

/** One committed state of the index: what batches below `next` have done, but for those that are `pending`. */
export interface Snapshot {
  readonly next: number;
  readonly pending: readonly number[];
}

/** Columns `next_batch` and `pending`, as a {@link Snapshot}. */
export const snapshotRow = z
  .object({ next_batch: whole, pending: wholes })
  .transform(({ next_batch: next, pending }): Snapshot => ({ next, pending }));

/**
 * The condition that a row of `table` belongs to a snapshot.
 *
 * @param table - alias of a table with the columns `added` and `removed`.
 * @param next - SQL of `Snapshot.next`, such as `$1`. @param pending - SQL of `Snapshot.pending`, such as `$2::bigint[]`.
 */
export function isVisible(table: string, next: string, pending: string): string {
  return `(${hasDone(`${table}.added`, next, pending)} AND (${table}.removed IS NULL OR NOT ${hasDone(`${table}.removed`, next, pending)}))`;
}

function hasDone(batch: string, next: string, pending: string): string {
  return `(${batch} < ${next} AND ${batch} <> ALL (${pending}))`;
}
