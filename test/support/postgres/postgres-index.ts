import { createPostgresIndexHandle } from '../../../src/index/postgres/postgres-index-handle.ts';
import { createPostgresIndexWriter } from '../../../src/index/postgres/postgres-index-writer.ts';
import type { Database } from '../../../src/postgres/database.ts';
import type { ContractIndex } from '../../contracts/index/open-index.ts';
import { dimensions } from '../../index/fixtures.ts';

/** The index in a database of its own, which is closed with it. */
export function postgresIndex(database: Database): ContractIndex {
  const embeddings = { id: 'test:model', dimensions };
  const handle = createPostgresIndexHandle({ database, embeddings });
  return {
    openWriter: () => createPostgresIndexWriter({ database, embeddings, purpose: 'test' }),
    acquire: () => handle.acquire(),
    close: async () => {
      await handle.close();
      await database.close();
    },
  };
}
