import { z } from 'zod';

import type { Database, Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import { nameKey } from '../added/file-name.ts';
import type { Sidecar } from '../added/sidecar.ts';
import { plainAddress } from '../web/documents/canonical-address.ts';
import { pagesPrefix } from '../web/store/page-path.ts';

/** Rows that are read at a time. */
const pageSize = 5_000;

/** A file to be kept in the database. */
export interface FileToStore {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly sidecar?: Sidecar | undefined;
  /** See `SourceRecord.digest`. */
  readonly digest: string;
}

const digestRows = z.array(z.object({ shard: z.int(), path: z.string(), digest: z.string() }));

/** The digests of all files in the database, by path. */
export async function storedDigests(database: Database, signal?: AbortSignal): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  let last: { shard: number; path: string } = { shard: -(2 ** 31), path: '' };
  for (;;) {
    const page = digestRows.parse(
      await database.query(
        `SELECT shard, path, digest FROM files WHERE (shard, path) > ($1::integer, $2::text)
         ORDER BY shard, path LIMIT $3`,
        [last.shard, last.path, pageSize],
        { signal },
      ),
    );
    for (const { path, digest } of page) digests.set(path, digest);
    const end = page.at(-1);
    if (!end || page.length < pageSize) return digests;
    last = end;
  }
}

/** Keeps a file, in place of what was kept under its path. */
export async function storeFile(sql: Sql, { path, bytes, sidecar, digest }: FileToStore): Promise<void> {
  await sql.query(
    `INSERT INTO files (shard, path, name_key, bytes, size, sidecar, digest, address)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (shard, path) DO UPDATE
     SET bytes = EXCLUDED.bytes, size = EXCLUDED.size, sidecar = EXCLUDED.sidecar, digest = EXCLUDED.digest,
         address = EXCLUDED.address, stored_at = EXCLUDED.stored_at`,
    [
      shardOf(path),
      path,
      nameKey(path),
      bytes,
      bytes.length,
      sidecar === undefined ? null : JSON.stringify(sidecar),
      digest,
      pageAddress(path, sidecar),
    ],
  );
}

/** Of a page that was fetched: its address as it was asked for, without what does not count. */
export function pageAddress(path: string, sidecar: Sidecar | undefined): string | null {
  const url = path.startsWith(pagesPrefix) ? sidecar?.fetched?.url : undefined;
  return url === undefined ? null : plainAddress(url);
}

/** Forgets a file; harmless where there is none. */
export async function forgetFile(sql: Sql, path: string): Promise<void> {
  await sql.query('DELETE FROM files WHERE shard = $1 AND path = $2', [shardOf(path), path]);
}
