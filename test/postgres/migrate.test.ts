import { describe, expect, it } from 'vitest';

import { migrate } from '../../src/postgres/migrate.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

describe('the tables', () => {
  it('carry the distribution column first in every primary key, and within every other unique index', async () => {
    const database = await pgliteDatabase();
    const rows = await database.query(
      `SELECT tables.relname AS name,
              (SELECT attname FROM pg_attribute WHERE attrelid = tables.oid AND attnum = keys.indkey[0]) AS first
       FROM pg_class AS tables
       LEFT JOIN pg_index AS keys ON keys.indrelid = tables.oid AND keys.indisunique
       WHERE tables.relkind = 'r' AND tables.relnamespace = current_schema()::regnamespace
         AND tables.relname <> 'migrations' ORDER BY name`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) expect(row).toMatchObject({ first: 'shard' });
  });

  it('stay as they are when they are there already', async () => {
    const database = await pgliteDatabase();
    const [schema] = await database.query('SELECT current_schema() AS name');
    await migrate(database, { schema: String(Object.values(schema ?? {})[0]), dimensions: 8 });
    expect(await database.query('SELECT version FROM migrations')).toHaveLength(3);
  });

  it('are not made in another schema where the connection was not told of theirs', async () => {
    const database = await pgliteDatabase();
    await expect(migrate(database, { schema: 'public', dimensions: 8 })).rejects.toMatchObject({
      code: 'configuration',
      remedy: expect.stringMatching(/ALTER ROLE \S+ SET search_path = public/u),
    });
  });

  it('are refused for vectors of another length, with what to do', async () => {
    const database = await pgliteDatabase();
    const [schema] = await database.query('SELECT current_schema() AS name');
    const again = migrate(database, { schema: String(Object.values(schema ?? {})[0]), dimensions: 16 });
    await expect(again).rejects.toMatchObject({
      code: 'configuration',
      remedy: expect.stringMatching(/STORE_SCHEMA/u),
    });
  });
});
