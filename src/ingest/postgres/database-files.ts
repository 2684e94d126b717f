import { z } from 'zod';

import { FootnoteError } from '../../domain/errors.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { bytes } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import { type Sidecar, sidecarSchema } from '../added/sidecar.ts';
import type { CorpusFiles, FileDescription } from '../load/corpus-files.ts';
import { fileTooLarge, sourceFile } from '../load/read-source.ts';
import { storedDigests } from './stored-files.ts';

/** Paths that are described at a time. */
const pageSize = 5_000;

/** Bytes of a file that are sent at a time. */
const partBytes = 1_000_000;

/** A sidecar as it is kept in the database. */
export const sidecarText = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(sidecarSchema);
const sizeRow = z.object({ size: z.int() });
const fileRow = z.object({ size: z.int(), bytes: bytes.nullable(), sidecar: z.string().nullable() });
const sidecarRow = z.object({ sidecar: sidecarText.nullable() });
const partRow = z.object({ part: bytes });
const openedRow = z.object({ size: z.int(), stored: z.string() });
const describedRows = z.array(z.object({ path: z.string(), size: z.int(), sidecar: sidecarText.nullable() }));

/** The files of a corpus in the table `files`: whoever shares the database can read all of them. */
export function createDatabaseFiles({ database }: { readonly database: Database }): CorpusFiles {
  return {
    place: 'the database',
    list: async (signal) => ({
      files: [...(await storedDigests(database, signal)).keys()].toSorted(),
      skipped: [],
      failed: [],
    }),
    has: async (path) => (await sizeOf(database, path)) !== undefined,
    async read(path, { maxBytes, signal }) {
      const [row] = await database.query(
        `SELECT size, CASE WHEN size <= $3 THEN bytes END AS bytes, sidecar FROM files
         WHERE shard = $1 AND path = $2`,
        [shardOf(path), path, maxBytes],
        { signal },
      );
      if (row === undefined) throw new FootnoteError('unreadable-article', 'The file is not there any more.');
      const { size, bytes: content, sidecar } = fileRow.parse(row);
      if (content === null) throw fileTooLarge(size, maxBytes);
      return sourceFile(content, sidecar === null ? undefined : sidecarText.parse(sidecar));
    },
    async describe(paths) {
      const described = new Map<string, FileDescription>();
      for (let first = 0; first < paths.length; first += pageSize) {
        for (const [path, known] of await describeSome(database, paths.slice(first, first + pageSize))) {
          described.set(path, known);
        }
      }
      return described;
    },
    async open(path) {
      const [row] = await database.query(
        'SELECT size, stored_at::text AS stored FROM files WHERE shard = $1 AND path = $2',
        [shardOf(path), path],
      );
      if (row === undefined) return undefined;
      const { size, stored } = openedRow.parse(row);
      return { bytes: size, content: contentOf(database, { path, size, stored }) };
    },
  };
}

/** What is said beside the file at this path; undefined where nothing is. */
export async function storedSidecar(sql: Sql, path: string): Promise<Sidecar | undefined> {
  const [row] = await sql.query('SELECT sidecar FROM files WHERE shard = $1 AND path = $2', [
    shardOf(path),
    path,
  ]);
  return row === undefined ? undefined : (sidecarRow.parse(row).sidecar ?? undefined);
}

async function sizeOf(sql: Sql, path: string): Promise<number | undefined> {
  const [row] = await sql.query('SELECT size FROM files WHERE shard = $1 AND path = $2', [
    shardOf(path),
    path,
  ]);
  return row === undefined ? undefined : sizeRow.parse(row).size;
}

async function describeSome(
  database: Database,
  paths: readonly string[],
): Promise<readonly (readonly [string, FileDescription])[]> {
  const rows = await database.query(
    `SELECT path, size, sidecar FROM files
     WHERE (shard, path) IN (SELECT shard, path FROM unnest($1::integer[], $2::text[]) AS asked (shard, path))`,
    [paths.map(shardOf), paths],
  );
  return describedRows.parse(rows).map(({ path, size, sidecar }) => {
    const address = sidecar?.fetched?.finalUrl;
    return [path, { bytes: size, ...(address !== undefined && { address }) }];
  });
}

/** In parts, so that nobody who reads slowly holds all of it in memory; each only while the file is the one that was opened. */
async function* contentOf(
  database: Database,
  { path, size, stored }: { readonly path: string; readonly size: number; readonly stored: string },
): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < size; start += partBytes) {
    const [row] = await database.query(
      `SELECT substring(bytes FROM $3 FOR $4) AS part FROM files
       WHERE shard = $1 AND path = $2 AND stored_at = $5::timestamptz`,
      [shardOf(path), path, start + 1, partBytes, stored],
    );
    if (row === undefined) {
      throw new FootnoteError('unavailable', 'The file changed while it was being read.', {
        remedy: 'Ask for it again.',
      });
    }
    yield partRow.parse(row).part;
  }
}
