import { z } from 'zod';

import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { Sidecar } from '../added/sidecar.ts';
import { articleExtensions } from '../extract/article-extensions.ts';
import { sourceFile } from '../load/read-source.ts';
import { plainAddress } from '../web/documents/canonical-address.ts';
import { lasting } from '../web/store/page-files.ts';
import { pagePath } from '../web/store/page-path.ts';
import type { PageStore, StoredPage } from '../web/store/page-store.ts';
import { storedSidecar } from './database-files.ts';
import { forgetFile, storeFile } from './stored-files.ts';

const pathRows = z.array(z.object({ path: z.string() }));
const knownRow = z.object({ digest: z.string() });

/** The pages that were fetched, in the table `files`. */
export function createDatabasePages({ database }: { readonly database: Database }): PageStore {
  return {
    recover: async () => undefined,
    async find(address) {
      const plain = plainAddress(address);
      const file = (await fileOf(database, pagePath(plain))) ?? (await askedAs(database, plain));
      return file === undefined ? undefined : pageOf(database, file);
    },
    put: ({ address, bytes, extension, sidecar }) =>
      database.transaction(async (sql) => {
        const path = pagePath(address);
        const file = `${path}${extension}`;
        const before = await fileOf(sql, path);
        const known = before === file ? await knownOf(sql, file) : undefined;
        const { digest } = sourceFile(bytes, sidecar);
        await storeFile(sql, { path: file, bytes, sidecar, digest });
        await setAddress(sql, file, sidecar);
        if (before !== undefined && before !== file) await forgetFile(sql, before);
        const isSame =
          known?.digest === digest &&
          canonicalJson(lasting(known.sidecar)) === canonicalJson(lasting(sidecar));
        return { file, changed: !isSame };
      }),
    async looked({ file }, sidecar) {
      await database.query('UPDATE files SET sidecar = $3 WHERE shard = $1 AND path = $2', [
        shardOf(file),
        file,
        JSON.stringify(sidecar),
      ]);
      await setAddress(database, file, sidecar);
    },
  };
}

/** The file of a page in whatever format, by its path without extension. */
async function fileOf(sql: Sql, path: string): Promise<string | undefined> {
  const candidates = articleExtensions.map((extension) => path + extension);
  const rows = await sql.query(
    `SELECT path FROM files
     WHERE (shard, path) IN (SELECT shard, path FROM unnest($1::integer[], $2::text[]) AS asked (shard, path))`,
    [candidates.map(shardOf), candidates],
  );
  return pathRows.parse(rows)[0]?.path;
}

/** The file of the page that was once asked for by this address. */
async function askedAs(sql: Sql, address: string): Promise<string | undefined> {
  const rows = await sql.query('SELECT path FROM files WHERE address = $1 ORDER BY path LIMIT 1', [address]);
  return pathRows.parse(rows)[0]?.path;
}

async function pageOf(sql: Sql, file: string): Promise<StoredPage> {
  return { file, sidecar: (await storedSidecar(sql, file)) ?? {} };
}

async function knownOf(sql: Sql, file: string): Promise<{ digest: string; sidecar: Sidecar } | undefined> {
  const [row] = await sql.query('SELECT digest FROM files WHERE shard = $1 AND path = $2', [
    shardOf(file),
    file,
  ]);
  if (row === undefined) return undefined;
  return { ...knownRow.parse(row), sidecar: (await storedSidecar(sql, file)) ?? {} };
}

async function setAddress(sql: Sql, file: string, { fetched }: Sidecar): Promise<void> {
  await sql.query('UPDATE files SET address = $3 WHERE shard = $1 AND path = $2', [
    shardOf(file),
    file,
    fetched === undefined ? null : plainAddress(fetched.url),
  ]);
}
