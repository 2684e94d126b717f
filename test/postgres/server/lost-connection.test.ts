import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';

import { connect } from '../../../src/postgres/connect.ts';
import { connectOptions, serverUrl } from '../../support/postgres/server-database.ts';
import { createTcpProxy } from '../../support/tcp-proxy.ts';

/** Within what time everything has to be answered, whatever has become of the database, in milliseconds. */
const patience = 6_000;

async function proxied() {
  const proxy = await createTcpProxy(serverUrl());
  onTestFinished(() => proxy.close());
  const database = connect({ ...connectOptions('public', { url: proxy.url }), connectTimeoutMs: 500 });
  onTestFinished(() => database.close());
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  return { proxy, database };
}

const away = { name: 'FootnoteError', code: 'unavailable', retryAfter: 5 };
const one = { timeout: patience, interval: 100 };

describe('a connection that is lost', () => {
  it('ends what is under way, fails what comes, and is used again when it is back', async () => {
    const { proxy, database } = await proxied();
    const underWay = database.query('SELECT pg_sleep(30)').catch((error: unknown) => error);
    const inTransaction = database
      .transaction(async (sql) => {
        await sql.query('SELECT 1');
        await sql.query('SELECT pg_sleep(30)');
      })
      .catch((error: unknown) => error);
    await database.query('SELECT 1');
    await proxy.cut();
    expect(await underWay).toMatchObject(away);
    expect(await inTransaction).toMatchObject(away);
    const begin = Date.now();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await expect(database.query('SELECT 1')).rejects.toMatchObject(away);
    }
    expect(Date.now() - begin).toBeLessThan(patience);
    await proxy.mend();
    await expect.poll(() => database.query('SELECT 2 AS two').catch(() => 'away'), one).toEqual([{ two: 2 }]);
  });

  it('is given up soon when it says nothing any more', async () => {
    const { proxy, database } = await proxied();
    proxy.silence();
    const begin = Date.now();
    // Behind the one that waits on the connection that there is, others ask for new ones.
    const asked = Array.from({ length: 8 }, () =>
      database.query('SELECT 1', [], { signal: AbortSignal.timeout(1_500) }),
    );
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(Date.now() - begin).toBeLessThan(patience);
    await proxy.mend();
    await expect.poll(() => database.query('SELECT 2 AS two').catch(() => 'away'), one).toEqual([{ two: 2 }]);
  });

  it('is used on when it has ended connections that nobody used', async () => {
    const { database } = await proxied();
    const other = connect(connectOptions('public'));
    onTestFinished(() => other.close());
    const [row] = await database.query('SELECT pg_backend_pid() AS pid');
    const { pid } = z.object({ pid: z.int() }).parse(row);
    expect(await other.query('SELECT pg_terminate_backend($1, 5000) AS done', [pid])).toEqual([
      { done: true },
    ]);
    // At most the first is lost with it.
    await expect.poll(() => database.query('SELECT 2 AS two').catch(() => 'away'), one).toEqual([{ two: 2 }]);
  });
});
