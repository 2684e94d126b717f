import { PGlite, type Results, type Transaction } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

import { databaseFailure } from '../../../src/postgres/database-errors.ts';
import type { Database, Sql } from '../../../src/postgres/database.ts';
import { migrate } from '../../../src/postgres/migrate.ts';

let started: Promise<PGlite> | undefined;
let schemas = 0;

/**
 * A PostgreSQL of its own in this process (WebAssembly), with pgvector: one for all tests of a file, since starting it takes
 * seconds, and a schema for each. One statement at a time: what runs side by side elsewhere takes turns here.
 */
export async function pgliteDatabase({ dimensions = 8 } = {}): Promise<Database> {
  started ??= PGlite.create({ extensions: { vector } });
  const lite = await started;
  const schema = `test_${(schemas += 1)}`;
  const database = adapt(lite, schema);
  await migrate(database, { schema, dimensions });
  return database;
}

function adapt(lite: PGlite, schema: string): Database {
  const settings = `SET search_path TO ${schema}, public; SET hnsw.iterative_scan = strict_order`;

  /** All tests share one session, so each transaction begins by choosing its schema. */
  function inSchema<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return lite.transaction(async (transaction) => {
      await transaction.exec(settings);
      return work(transaction);
    });
  }

  return {
    query: (text, values = [], { signal } = {}) =>
      guarded(async () => {
        signal?.throwIfAborted();
        return inSchema(async (transaction) => rowsOf(await transaction.query(text, [...values])));
      }),
    transaction: (work, { signal } = {}) =>
      guarded(async () => {
        signal?.throwIfAborted();
        return inSchema((transaction) => {
          const sql: Sql = {
            query: async (text, values = []) => rowsOf(await transaction.query(text, [...values])),
          };
          return work(sql);
        });
      }),
    // The next test goes on with the same one.
    close: async () => undefined,
  };
}

function rowsOf(results: Results): readonly unknown[] {
  return results.rows;
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseFailure(error);
  }
}
