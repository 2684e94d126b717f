import { describe, expect, it, onTestFinished } from 'vitest';

import { createPostgresAnswerStore } from '../../../src/conversation/postgres/postgres-answer-store.ts';
import { createPostgresConversationStore } from '../../../src/conversation/postgres/postgres-conversation-store.ts';
import { createPostgresIdempotencyStore } from '../../../src/conversation/postgres/postgres-idempotency-store.ts';
import { createPostgresKeyStore } from '../../../src/conversation/postgres/postgres-key-store.ts';
import { createPostgresRequestCounts } from '../../../src/conversation/postgres/postgres-request-counts.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { exchange } from '../../contracts/conversation-store-contract.ts';
import { request } from '../../contracts/idempotency-store-contract.ts';
import { postgresRecordsContract } from '../../contracts/postgres-records.ts';
import { answerFrom, sampleArticle } from '../../conversation/sample-records.ts';
import { connectOptions, newSchema, serverDatabase } from '../../support/postgres/server-database.ts';

async function newDatabase(schema = newSchema()) {
  const database = await serverDatabase({ schema });
  onTestFinished(() => database.close());
  return database;
}

/** What two replicas have, each with a pool of its own; and one of them for each number, in turns. */
async function twoOf<T>(make: (database: Database) => T): Promise<[T, T, (n: number) => T]> {
  const schema = newSchema();
  const first = await newDatabase(schema);
  const second = connect(connectOptions(schema));
  onTestFinished(() => second.close());
  const [one, two] = [make(first), make(second)];
  return [one, two, (n) => (n % 2 === 0 ? one : two)];
}

/** All at once. */
function fifty<T>(work: (n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: 50 }, (_, n) => work(n)));
}

postgresRecordsContract('a PostgreSQL server', () => serverDatabase());

describe('two replicas on one database', () => {
  it('lose none of 50 answers that are added to a conversation at once, and keep each pair together', async () => {
    const [one, two, either] = await twoOf((database) =>
      createPostgresConversationStore({ database, retentionDays: 30 }),
    );
    const { id } = await one.create();
    await fifty((n) => either(n).append(id, exchange(n)));
    const turns = (await one.get(id))?.turns ?? [];
    expect((await two.get(id))?.turns).toEqual(turns);
    expect(new Set(turns.map(({ answerId }) => answerId)).size).toBe(50);
    expect(turns.map(({ role }) => role)).toEqual(
      Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? 'user' : 'assistant')),
    );
    expect(turns.every(({ answerId }, n) => answerId === turns[n - (n % 2)]?.answerId)).toBe(true);
    // What is added after an answer was confirmed stands behind it.
    await one.append(id, exchange(50));
    await two.append(id, exchange(51));
    const last = (await one.get(id))?.turns.slice(-4).map(({ answerId }) => answerId);
    expect(last).toEqual(['answer-50', 'answer-50', 'answer-51', 'answer-51']);
    await Promise.all([one.close(), two.close()]);
  });

  it('begin a request once, of 50 that come at once', async () => {
    const [one, two, either] = await twoOf((database) => createPostgresIdempotencyStore({ database }));
    const states = (await fifty((n) => either(n).begin(request))).map(({ state }) => state);
    expect(states.filter((state) => state === 'new')).toHaveLength(1);
    expect(states.filter((state) => state === 'running')).toHaveLength(49);
    await Promise.all([one.close(), two.close()]);
  });

  it('count together, and each request once', async () => {
    const [, , either] = await twoOf((database) => createPostgresRequestCounts({ database }));
    const counted = await fifty((n) => either(n).count('api key 1', 60_000));
    const totals = counted.map(({ total }) => total).toSorted((one, other) => one - other);
    expect(totals).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    for (const { resetsAt } of counted) {
      expect(resetsAt - Date.now()).toBeGreaterThan(30_000);
      expect(resetsAt - Date.now()).toBeLessThanOrEqual(60_000);
    }
  });

  it('take keys that the other has just made or revoked', async () => {
    const [one, two] = await twoOf((database) => createPostgresKeyStore({ database }));
    const { key, token } = await one.create({ name: 'one', scopes: ['ask'] });
    expect(await two.find(token)).toEqual(key);
    await two.revoke(key.id);
    expect(await one.find(token)).toBeUndefined();
  });

  it('keep every article version that an answer quotes, while others that quote it are removed', async () => {
    const [store, other] = await twoOf((database) =>
      createPostgresAnswerStore({ database, retentionDays: 30 }),
    );
    const text = 'The ferry leaves at four.';
    const shared = sampleArticle('shared', text);
    for (let round = 0; round < 10; round += 1) {
      await store.save(answerFrom(`old-${round}`, `own-${round}`, text), [shared]);
      await Promise.all([
        other.purgeArticle(`own-${round}`),
        store.save(answerFrom(`new-${round}`, 'shared', text), [shared]),
      ]);
      expect(await other.article('shared', shared.version)).toEqual(shared);
      await other.purgeArticle('shared');
      expect(await store.article('shared', shared.version)).toBeUndefined();
    }
    await Promise.all([store.close(), other.close()]);
  });
});
