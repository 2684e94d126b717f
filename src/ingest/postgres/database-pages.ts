import { z } from 'zod';

import { canonicalJson } from '../../domain/canonical-json.ts';
import type { Database, Sql } from '../../postgres/database.ts';
import { bytes } from '../../postgres/rows.ts';
import { shardOf } from '../../postgres/shard.ts';
import type { Sidecar } from '../added/sidecar.ts';
import { articleExtensions } from '../extract/article-extensions.ts';
import { sourceFile } from '../load/read-source.ts';
import { plainAddress } from '../web/documents/canonical-address.ts';
import { lasting } from '../web/store/page-files.ts';
import { pagePath } from '../web/store/page-path.ts';
import type { PageStore, StoredPage } from '../web/store/page-store.ts';
import { sidecarText, storedSidecar } from './database-files.ts';
import { forgetFile, pageAddress, storeFile } from './stored-files.ts';

/** Any number that nobody else takes for locks of two numbers. */
const pagesLock = 735_027_423;

const pathRows = z.array(z.object({ path: z.string() }));
const bytesRow = z.object({ bytes });
const knownRow = z.object({ digest: z.string(), sidecar: sidecarText.nullable() });

/** The pages that were fetched, in the table `files`. */
export function createDatabasePages({ database }: { readonly database: Database }): PageStore {
  return {
    recover: async () => undefined,
    async find(address) {
      const plain = plainAddress(address);
      const file = (await fileOf(database, pagePath(plain))) ?? (await askedAs(database, plain));
      return file === undefined ? undefined : pageOf(database, file);
    },
    put: ({ address, bytes: content, extension, sidecar }) =>
      database.transaction(async (sql) => {
        const path = pagePath(address);
        const file = `${path}${extension}`;
        await lockPage(sql, path);
        const before = await fileOf(sql, path);
        const known = before === file ? await knownOf(sql, file) : undefined;
        const { digest } = sourceFile(content, sidecar);
        await storeFile(sql, { path: file, bytes: content, sidecar, digest });
        if (before !== undefined && before !== file) await forgetFile(sql, before);
        const isSame = known?.digest === digest && isLike(known.sidecar, sidecar);
        return { file, changed: !isSame };
      }),
    looked: ({ file }, sidecar) =>
      database.transaction(async (sql) => {
        await lockPage(sql, file.slice(0, file.lastIndexOf('.')));
        const known = await knownOf(sql, file);
        if (!known) return;
        const digest = isLike(known.sidecar, sidecar) ? known.digest : await digestWith(sql, file, sidecar);
        await sql.query(
          'UPDATE files SET sidecar = $3, address = $4, digest = $5 WHERE shard = $1 AND path = $2',
          [shardOf(file), file, JSON.stringify(sidecar), pageAddress(file, sidecar), digest],
        );
      }),
  };
}

/** Until the transaction ends, nobody else keeps this page, in whatever format. The path is that without extension. */
async function lockPage(sql: Sql, path: string): Promise<void> {
  await sql.query('SELECT pg_advisory_xact_lock($1::integer, $2::integer)', [pagesLock, shardOf(path)]);
}

/** The file of a page in whatever format, by its path without extension. */
async function fileOf(sql: Sql, path: string): Promise<string | undefined> {
  const candidates = articleExtensions.map((extension) => path + extension);
  const rows = await sql.query(
    `SELECT path FROM files
     WHERE (shard, path) IN (SELECT shard, path FROM unnest($1::integer[], $2::text[]) AS asked (shard, path))`,
    [candidates.map(shardOf), candidates],
  );
  const there = new Set(pathRows.parse(rows).map(({ path: file }) => file));
  return candidates.find((candidate) => there.has(candidate));
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
  const [row] = await sql.query('SELECT digest, sidecar FROM files WHERE shard = $1 AND path = $2', [
    shardOf(file),
    file,
  ]);
  if (row === undefined) return undefined;
  const { digest, sidecar } = knownRow.parse(row);
  return { digest, sidecar: sidecar ?? {} };
}

/** Whether both say the same, but for what changes with every visit. */
function isLike(one: Sidecar, other: Sidecar): boolean {
  return canonicalJson(lasting(one)) === canonicalJson(lasting(other));
}

/** The digest of a page when this is said of it. */
async function digestWith(sql: Sql, file: string, sidecar: Sidecar): Promise<string> {
  const [row] = await sql.query('SELECT bytes FROM files WHERE shard = $1 AND path = $2', [
    shardOf(file),
    file,
  ]);
  return sourceFile(bytesRow.parse(row).bytes, sidecar).digest;
}
