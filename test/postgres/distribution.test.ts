import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import type { Database } from '../../src/postgres/database.ts';
import { distribute } from '../../src/postgres/distribute.ts';
import { distributionPlan, distributions } from '../../src/postgres/distribution-plan.ts';
import { projectDir } from '../support/folders.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

const nameRows = z.array(z.object({ name: z.string() }).transform(({ name }) => name));

async function schemaOf(database: Database): Promise<string> {
  const [name = ''] = nameRows.parse(await database.query('SELECT current_schema()::text AS name'));
  return name;
}

async function tablesOf(database: Database): Promise<string[]> {
  return nameRows.parse(
    await database.query(
      `SELECT tablename::text AS name FROM pg_tables
       WHERE schemaname = current_schema() AND tablename <> 'migrations' ORDER BY name`,
    ),
  );
}

/** Functions and catalogs of Citus as far as they are used: calls are recorded, and refused as Citus refuses them. */
async function withCitus(database: Database): Promise<Database> {
  await database.query(
    `CREATE TABLE pg_dist_partition (
       logicalrelid regclass PRIMARY KEY, partkey text NOT NULL, colocated_with text NOT NULL, position serial
     )`,
  );
  await database.query(
    `CREATE FUNCTION create_distributed_table(
       table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash', colocate_with text DEFAULT 'default'
     ) RETURNS void LANGUAGE plpgsql AS $$
     BEGIN
       IF EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = table_name) THEN
         RAISE EXCEPTION 'table "%" is already distributed', table_name;
       END IF;
       IF colocate_with <> 'none'
          AND NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = to_regclass(colocate_with)) THEN
         RAISE EXCEPTION 'relation % is not distributed', colocate_with;
       END IF;
       IF EXISTS (
         SELECT FROM pg_constraint WHERE contype = 'f' AND conrelid = table_name
         AND confrelid NOT IN (
           SELECT logicalrelid FROM pg_dist_partition
           WHERE logicalrelid = to_regclass(colocate_with) OR colocated_with = colocate_with
         )
       ) THEN
         RAISE EXCEPTION 'cannot create foreign key constraint';
       END IF;
       INSERT INTO pg_dist_partition (logicalrelid, partkey, colocated_with)
       VALUES (table_name, distribution_column, colocate_with);
     END $$`,
  );
  return database;
}

describe('the plan for Citus', () => {
  it('has every table of the migrations once', async () => {
    const tables = await tablesOf(await pgliteDatabase());
    expect(distributionPlan.flat().toSorted()).toEqual(tables);
  });

  it('finds shard in every table, whole, required and first in each unique index', async () => {
    const database = await pgliteDatabase();
    const columns = await database.query(
      `SELECT table_name::text AS name, data_type::text AS type, is_nullable::text AS nullable
       FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'shard' ORDER BY name`,
    );
    expect(columns).toEqual(
      (await tablesOf(database)).map((name) => ({ name, type: 'integer', nullable: 'NO' })),
    );
    const others = await database.query(
      `SELECT indexrelid::regclass::text AS name FROM pg_index
       JOIN pg_class AS tables ON tables.oid = indrelid
       LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
       WHERE relnamespace = current_schema()::regnamespace AND relname <> 'migrations' AND relkind = 'r'
         AND indisunique AND attname IS DISTINCT FROM 'shard'`,
    );
    expect(others).toEqual([]);
  });

  it('keeps tables together that refer to each other, by shard first, and after what they refer to', async () => {
    const database = await pgliteDatabase();
    const rows = z
      .array(z.object({ from: z.string(), to: z.string(), column: z.string(), other: z.string() }))
      .parse(
        await database.query(
          `SELECT conrelid::regclass::text AS from, confrelid::regclass::text AS to,
                  (SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) AS column,
                  (SELECT attname::text FROM pg_attribute WHERE attrelid = confrelid AND attnum = confkey[1]) AS other
           FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
        ),
      );
    expect(rows.length).toBeGreaterThan(0);
    for (const { from, to, column, other } of rows) {
      const [leader] = distributionPlan.find((group) => group.includes(from)) ?? [];
      expect({ from, column, other, leader }).toEqual({ from, column: 'shard', other: 'shard', leader: to });
    }
  });
});

describe('distribute', () => {
  it('distributes every table by shard, beside the first of its group', async () => {
    const database = await withCitus(await pgliteDatabase());
    const schema = await schemaOf(database);
    const tables = await tablesOf(database).then((all) => all.filter((name) => name !== 'pg_dist_partition'));
    expect(await distribute(database, { schema })).toBe(tables.length);
    const calls = await database.query(
      'SELECT logicalrelid::text AS name, partkey, colocated_with FROM pg_dist_partition ORDER BY position',
    );
    expect(calls).toEqual(
      distributionPlan.flatMap(([leader, ...others]) => [
        { name: leader, partkey: 'shard', colocated_with: 'none' },
        ...others.map((name) => ({ name, partkey: 'shard', colocated_with: `${schema}.${leader}` })),
      ]),
    );
  });

  it('leaves tables alone that are distributed, and goes on where it was interrupted', async () => {
    const database = await withCitus(await pgliteDatabase());
    const schema = await schemaOf(database);
    const stop = new AbortController();
    const first: string[] = [];
    const onTable = (table: string) => {
      first.push(table);
      if (first.length === 3) stop.abort();
    };
    const interrupted = distribute(database, { schema, onTable, signal: stop.signal });
    await expect(interrupted).rejects.toMatchObject({ name: 'AbortError' });

    const told: Record<string, boolean> = {};
    const count = await distribute(database, {
      schema,
      onTable: (table, isNew) => {
        told[table] = isNew;
      },
    });
    expect(count).toBe(distributionPlan.flat().length - 3);
    expect(Object.keys(told).filter((table) => told[table] === false)).toEqual(first);
    expect(await distribute(database, { schema })).toBe(0);
  });

  it('says what to do where there is no Citus, and where there are no tables', async () => {
    const database = await pgliteDatabase();
    const without = distribute(database, { schema: await schemaOf(database) });
    await expect(without).rejects.toMatchObject({
      code: 'configuration',
      remedy: expect.stringContaining('CREATE EXTENSION citus'),
    });
    const elsewhere = distribute(await withCitus(database), { schema: 'nowhere' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'index-unusable' });
  });

  it('names the table that cannot be distributed', async () => {
    const database = await withCitus(await pgliteDatabase());
    await database.query(
      `CREATE OR REPLACE FUNCTION create_distributed_table(
         table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash', colocate_with text DEFAULT 'default'
       ) RETURNS void LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'no worker nodes are available' USING ERRCODE = '55000'; END $$`,
    );
    const failing = distribute(database, { schema: await schemaOf(database) });
    await expect(failing).rejects.toMatchObject({
      code: 'configuration',
      message: 'The table articles cannot be distributed: no worker nodes are available.',
    });
  });

  it('has statements that can be run again, for a file', async () => {
    const database = await withCitus(await pgliteDatabase());
    const statements = distributions(await schemaOf(database)).map(({ statement }) => statement);
    for (const statement of [...statements, ...statements]) await database.query(statement);
    expect(await database.query('SELECT partkey FROM pg_dist_partition')).toHaveLength(statements.length);
  });
});

describe('the statements', () => {
  it('join tables by shard, and change them by nothing that differs from one server to the next', async () => {
    const tables = new Set<string>(distributionPlan.flat());
    const joins: string[] = [];
    const volatile: string[] = [];
    for (const { name, statements } of await statementsInSource()) {
      for (const statement of statements) {
        const text = statement.replaceAll(/\s+/gu, ' ');
        for (const [, table = '', rest = ''] of text.matchAll(/\bJOIN (\w+)\b(.*?)(?=\bJOIN\b|$)/gu)) {
          // Terms that are like others: with values alone, and so on each server for itself.
          if (!tables.has(table) || /^ ON terms\.language = \$\d AND length/u.test(rest)) continue;
          if (!/ ON \w+\.shard = \w+\.shard\b/u.test(rest)) joins.push(`${name}: ${text}`);
        }
        const changes = /^(?:UPDATE|DELETE)\b/u.test(text)
          ? text
          : (/\bDO UPDATE SET\b.*/u.exec(text)?.[0] ?? '');
        if (/\bclock_timestamp\(|\brandom\(|\bgen_random_uuid\(|\bnextval\(/u.test(changes)) {
          volatile.push(`${name}: ${text}`);
        }
        if (/\bDO UPDATE SET\b.*\bnow\(/u.test(text)) volatile.push(`${name}: ${text}`);
      }
    }
    expect({ joins, volatile }).toEqual({ joins: [], volatile: [] });
  });
});

/** Texts of the code that is about PostgreSQL, as far as they look like SQL. */
async function statementsInSource() {
  const src = join(projectDir, 'src');
  const names = (await readdir(src, { recursive: true })).filter((name) => /postgres\/.*\.ts$/u.test(name));
  return Promise.all(
    names.map(async (name) => {
      const text = (await readFile(join(src, name), 'utf8')).replaceAll(/^\s*(?:\/\/|\/?\*).*$/gmu, '');
      const found = text.matchAll(/`([^`]*)`|'([^'\n]*)'|"([^"\n]*)"/gu);
      const statements = Array.from(found, ([, one, two, three]) => (one ?? two ?? three ?? '').trim());
      return {
        name,
        statements: statements.filter((each) => /\b(?:SELECT|UPDATE|DELETE|INSERT|JOIN)\b/u.test(each)),
      };
    }),
  );
}
