import { describe, expect, it, onTestFinished } from 'vitest';

import { maximumRequests } from '../../src/conversation/idempotency-store.ts';
import { createPostgresAnswerStore } from '../../src/conversation/postgres/postgres-answer-store.ts';
import { createPostgresIdempotencyStore } from '../../src/conversation/postgres/postgres-idempotency-store.ts';
import { createPostgresKeyStore } from '../../src/conversation/postgres/postgres-key-store.ts';
import { createPostgresRequestCounts } from '../../src/conversation/postgres/postgres-request-counts.ts';
import { FootnoteError } from '../../src/domain/errors.ts';
import type { Database } from '../../src/postgres/database.ts';
import { postgresRecordsContract } from '../contracts/postgres-records.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

postgresRecordsContract('PGlite', () => pgliteDatabase());

describe('repeatable requests', () => {
  it('are forgotten where there are too many, the oldest finished ones first', async () => {
    const database = await pgliteDatabase();
    const now = () => 0;
    const store = createPostgresIdempotencyStore({ database, now });
    onTestFinished(() => store.close());
    await database.query(
      `INSERT INTO requests (shard, key, fingerprint, token, expires_at, response)
       SELECT 1, 'old ' || n, 'f', 't', 1000 + n, CASE WHEN n > 10 THEN '{}' END FROM generate_series(1, $1::integer) AS n`,
      [maximumRequests],
    );
    for (let n = 0; n < 100; n += 1) {
      await store.begin({ key: `new ${n}`, fingerprint: 'f', leaseMs: 1_000 });
    }
    const [row] = await database.query(
      `SELECT count(*)::integer AS count, count(*) FILTER (WHERE response IS NULL)::integer AS running,
              min(expires_at) FILTER (WHERE response IS NOT NULL)::integer AS oldest FROM requests`,
    );
    expect(row).toEqual({ count: maximumRequests, running: 110, oldest: 1_111 });
  });
});

describe('request counts', () => {
  it('count each key for itself, and begin anew when the window is over', async () => {
    let now = 1_000_000;
    const counts = createPostgresRequestCounts({ database: await pgliteDatabase(), now: () => now });
    expect(await counts.count('api key 1', 60_000)).toEqual({ total: 1, resetsAt: 1_060_000 });
    now += 59_999;
    expect(await counts.count('api key 1', 60_000)).toEqual({ total: 2, resetsAt: 1_060_000 });
    expect(await counts.count('api key 2', 60_000)).toMatchObject({ total: 1 });
    now += 1;
    expect(await counts.count('api key 1', 60_000)).toEqual({ total: 1, resetsAt: 1_120_000 });
    await counts.reset('api key 1');
    expect(await counts.count('api key 1', 60_000)).toMatchObject({ total: 1 });
  });

  it('do not keep what is over', async () => {
    let now = 0;
    const database = await pgliteDatabase();
    await createPostgresRequestCounts({ database, now: () => now }).count('old', 60_000);
    now = 60_000;
    // A server that starts looks with its first request.
    await createPostgresRequestCounts({ database, now: () => now }).count('new', 60_000);
    await expect.poll(() => database.query('SELECT key FROM request_counts')).toEqual([{ key: 'new' }]);
  });
});

describe('records in a database that cannot be reached', () => {
  const lost = new FootnoteError('unavailable', 'The database cannot be reached at the moment.', {
    remedy: 'connect ECONNREFUSED 10.0.0.7:5432. See that the server runs.',
    retryAfter: 5,
  });
  const database: Database = {
    query: () => Promise.reject(lost),
    transaction: () => Promise.reject(lost),
    close: async () => undefined,
  };

  it('say so, and when to come again; the sweep that could not be done is reported', async () => {
    const failures: unknown[] = [];
    const store = createPostgresAnswerStore({
      database,
      retentionDays: 30,
      onError: (error) => failures.push(error),
    });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable', retryAfter: 5 });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(failures).toEqual([lost]);
    await store.close();
  });

  it('tell callers with keys nothing of the database', async () => {
    const store = createPostgresKeyStore({ database });
    await expect(store.find(`fn_000000000000_${'0'.repeat(64)}`)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The API keys cannot be used at the moment.',
      retryAfter: 5,
    });
    await expect(store.records()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      message: 'The API keys cannot be used at the moment.',
    });
  });
});
