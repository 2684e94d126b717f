import { describe, expect, it, onTestFinished } from 'vitest';

import { connect } from '../../../src/postgres/connect.ts';
import { migrate } from '../../../src/postgres/migrate.ts';
import { connectOptions, newSchema } from '../../support/postgres/server-database.ts';

describe('a user who may make no schemas', () => {
  it('is enough where somebody made the schema for it, with each start', async () => {
    const schema = newSchema();
    const owner = connect(connectOptions('public'));
    // `ROLE` is a setting of a connection: what it may do is what the new role may.
    const user = connect({ ...connectOptions(schema), poolSize: 1 });
    onTestFinished(async () => {
      await user.close();
      await owner.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await owner.query(`DROP ROLE IF EXISTS ${schema}`);
      await owner.close();
    });
    await owner.query('CREATE EXTENSION IF NOT EXISTS vector SCHEMA public');
    await owner.query(`CREATE ROLE ${schema}`);
    await user.query(`SET ROLE ${schema}`);
    await expect(migrate(user, { schema, dimensions: 8 })).rejects.toMatchObject({ code: 'configuration' });
    await owner.query(`CREATE SCHEMA ${schema} AUTHORIZATION ${schema}`);
    for (let start = 0; start < 2; start += 1) await migrate(user, { schema, dimensions: 8 });
    expect(await user.query('SELECT count(*)::int AS n FROM articles')).toEqual([{ n: 0 }]);
  });
});
