import { randomBytes } from 'node:crypto';
import process from 'node:process';

import { connect, type ConnectOptions } from '../../../src/postgres/connect.ts';
import type { Database } from '../../../src/postgres/database.ts';
import { migrate } from '../../../src/postgres/migrate.ts';

/** Address of the server that the integration script started or found. */
export function serverUrl(): string {
  const url = process.env['TEST_POSTGRES_URL'];
  if (url === undefined || url === '') {
    throw new Error('These tests need a PostgreSQL server with pgvector. Run: npm run -s test:postgres');
  }
  return url;
}

/** A name for a schema that nobody else has. */
export function newSchema(): string {
  return `test_${randomBytes(6).toString('hex')}`;
}

/** Connection settings for the schema. */
export function connectOptions(schema: string, overrides: Partial<ConnectOptions> = {}): ConnectOptions {
  return {
    url: serverUrl(),
    schema,
    poolSize: 5,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 30_000,
    searchBreadth: 100,
    ...overrides,
  };
}

/** A schema of its own on that server, with Footnote's tables; removed when it is closed. */
export async function serverDatabase({
  dimensions = 8,
  schema = newSchema(),
  ...overrides
}: Partial<ConnectOptions> & { readonly dimensions?: number } = {}): Promise<Database> {
  const database = connect(connectOptions(schema, overrides));
  await migrate(database, { schema, dimensions });
  return {
    ...database,
    close: async () => {
      await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
      await database.close();
    },
  };
}
