import { describeIndex } from '../contracts/index-contract.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';
import { postgresIndex } from '../support/postgres/postgres-index.ts';

describeIndex('in PostgreSQL, in process', async () => postgresIndex(await pgliteDatabase()));
