import { join } from 'node:path';

import Database from 'better-sqlite3';
import { load as loadExtension } from 'sqlite-vec';
import { z } from 'zod';

import { batchesOf } from '../vectors/vector-set.ts';
import type { CreateAdapter } from '../vectors/vector-store-adapter.ts';

const fileName = 'vectors.db';
const rowsSchema = z.array(z.object({ label: z.number() }));

/** SQLite's vector extension, which compares every vector. */
export const createSqliteVecStore: CreateAdapter = async (dimensions) => {
  const opened: { database?: Database.Database; select?: Database.Statement<[Uint8Array, number]> } = {};

  function open(folder: string): Database.Database {
    const database = new Database(join(folder, fileName));
    opened.database = database;
    loadExtension(database);
    return database;
  }

  function prepare(database: Database.Database): void {
    opened.select = database.prepare(
      'SELECT rowid AS label FROM vectors WHERE vector MATCH ? AND k = ? ORDER BY distance',
    );
  }

  return {
    async build(set, folder) {
      const database = open(folder);
      database.exec(
        `CREATE VIRTUAL TABLE vectors USING vec0(vector float[${dimensions}] distance_metric=cosine)`,
      );
      const insert = database.prepare<[bigint, Uint8Array]>(
        'INSERT INTO vectors (rowid, vector) VALUES (?, ?)',
      );
      for (const { start, end } of batchesOf(set, 10_000)) {
        database.transaction(() => {
          for (let label = start; label < end; label += 1) {
            insert.run(
              BigInt(label),
              bytesOf(set.values.subarray(label * dimensions, (label + 1) * dimensions)),
            );
          }
        })();
      }
      prepare(database);
    },
    search: async (query, k) =>
      rowsSchema.parse(opened.select?.all(bytesOf(Float32Array.from(query)), k)).map(({ label }) => label),
    save: async () => {
      // It is opened by another process next.
      opened.database?.pragma('wal_checkpoint(TRUNCATE)');
    },
    load: async (folder) => prepare(open(folder)),
  };
};

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
