import { z } from 'zod';

import type { DiskUse } from '../../domain/ingest-admin.ts';
import type { Database } from '../../postgres/database.ts';
import { indexTables } from '../../postgres/index-tables.ts';
import { whole } from '../../postgres/rows.ts';

const sizeRow = z.object({ index: whole, corpus: whole });

/** Bytes that the index takes in the database, with what it needs to find things, and those of the files. */
export async function measureDatabase(database: Database): Promise<DiskUse> {
  const [row] = await database.query(
    `SELECT
       (SELECT coalesce(sum(pg_total_relation_size(to_regclass(name))), 0)::bigint
        FROM unnest($1::text[]) AS name) AS index,
       (SELECT coalesce(sum(size), 0)::bigint FROM files) AS corpus`,
    [indexTables],
  );
  return sizeRow.parse(row);
}
