import { describeIndex } from '../../contracts/index-contract.ts';
import { postgresIndex } from '../../support/postgres/postgres-index.ts';
import { serverDatabase } from '../../support/postgres/server-database.ts';

describeIndex('in PostgreSQL', async () => postgresIndex(await serverDatabase()));
