import { z } from 'zod';

import { errorCode, errorMessage, FootnoteError } from '../domain/errors.ts';
import type { Database } from './database.ts';
import { distributions } from './distribution-plan.ts';

/** Settings of {@link distribute}. */
export interface DistributeOptions {
  /** Of the tables, which must be there. */
  readonly schema: string;
  /** Told of each table when it is done: whether it was distributed now, or before. */
  readonly onTable?: (table: string, isNew: boolean) => void;
  readonly signal?: AbortSignal;
}

const presence = z.object({ present: z.boolean() });

/**
 * Distributes the tables over the servers of a Citus cluster, one after the other; those that are distributed already stay as they
 * are, so that it can be done again after an interruption, and after a new version has added tables. Rows that are there are moved,
 * and who writes to a table meanwhile waits.
 *
 * @returns the number of tables that were not distributed before.
 * @throws FootnoteError `configuration` when the database has no Citus, `index-unusable` when it has no tables.
 */
export async function distribute(
  database: Database,
  { schema, onTable = () => undefined, signal }: DistributeOptions,
): Promise<number> {
  await requireCitus(database);
  let count = 0;
  for (const { table, statement } of distributions(schema)) {
    signal?.throwIfAborted();
    // As long as it takes: its rows go through here.
    const rows = await database
      .transaction((sql) => sql.query(statement), { timeoutMs: 0 })
      .catch((error: unknown) => {
        throw distributionFailure(table, error);
      });
    onTable(table, rows.length > 0);
    count += rows.length;
  }
  return count;
}

async function requireCitus(database: Database): Promise<void> {
  const [row] = await database.query(
    `SELECT EXISTS (
       SELECT FROM pg_proc WHERE proname = 'create_distributed_table' AND pg_function_is_visible(oid)
     ) AS present`,
  );
  if (presence.parse(row).present) return;
  throw new FootnoteError('configuration', 'This database has no Citus.', {
    remedy:
      "On each server of the cluster: shared_preload_libraries = 'citus', and in this database CREATE EXTENSION citus; " +
      'see "More than one database server" in README.md. One server needs none of it.',
  });
}

function distributionFailure(table: string, error: unknown): unknown {
  if (error instanceof FootnoteError) return error;
  // 42501: not the owner; 0A000: what Citus cannot do with a table as it is.
  const code = errorCode(error);
  if (code !== '42501' && code !== '0A000' && code !== '55000') return error;
  return new FootnoteError(
    'configuration',
    `The table ${table} cannot be distributed: ${errorMessage(error)}.`,
    {
      remedy: 'Mend that and run it again; tables that are distributed stay so.',
      cause: error,
    },
  );
}
