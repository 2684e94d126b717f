import { describe, expect, it, onTestFinished } from 'vitest';

import { connect } from '../../../src/postgres/connect.ts';
import { connectOptions, serverDatabase } from '../../support/postgres/server-database.ts';

describe('a connection', () => {
  it('finds the tables, and lets what waits be given up', async () => {
    const database = await serverDatabase();
    onTestFinished(() => database.close());
    expect(await database.query('SELECT count(*)::int AS n FROM articles')).toEqual([{ n: 0 }]);
    const giveUp = AbortSignal.timeout(50);
    await expect(database.query('SELECT pg_sleep(20)', [], { signal: giveUp })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('says that the database is away, without its address, and when to come again', async () => {
    const database = connect(connectOptions('x', { url: 'postgres://user:secret@127.0.0.1:1/none' }));
    onTestFinished(() => database.close());
    const failure = await database.query('SELECT 1').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'unavailable', retryAfter: 5 });
    expect(JSON.stringify([failure, String(failure)])).not.toContain('secret');
  });
});
