import { postgresCorpusContract } from '../contracts/postgres-corpus.ts';
import { pgliteDatabase } from '../support/postgres/pglite-database.ts';

postgresCorpusContract('PGlite', () => pgliteDatabase());
