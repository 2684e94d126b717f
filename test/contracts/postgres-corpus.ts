import { afterAll, onTestFinished } from 'vitest';
import { z } from 'zod';

import { createDatabaseAdded } from '../../src/ingest/postgres/database-added.ts';
import { createDatabaseEnd } from '../../src/ingest/postgres/database-end.ts';
import { createDatabaseFiles } from '../../src/ingest/postgres/database-files.ts';
import { createDatabaseLooks } from '../../src/ingest/postgres/database-looks.ts';
import { createDatabasePages } from '../../src/ingest/postgres/database-pages.ts';
import { createDatabaseWithdrawn } from '../../src/ingest/postgres/database-withdrawn.ts';
import type { Database } from '../../src/postgres/database.ts';
import { addedStoreContract } from './added-store-contract.ts';
import { copyAddedContract } from './copy-added-contract.ts';
import { corpusFilesContract } from './corpus-files-contract.ts';
import { newDiskEnd } from './disk-end.ts';
import { keptIn } from './kept-files.ts';
import { pageStoreContract } from './page-store-contract.ts';
import { sourceStateContract } from './source-state-contract.ts';
import { withdrawnStoreContract } from './withdrawn-store-contract.ts';

const emptyings = ['files', 'jobs', 'withdrawals', 'source_looks'].map((table) => `DELETE FROM ${table}`);
const countRow = z.object({ count: z.int() });

/** The contracts of all that a corpus is kept in. What a test leaves is emptied for the next one. */
export function postgresCorpusContract(name: string, makeDatabase: () => Promise<Database>): void {
  const free: Database[] = [];
  const newDatabase = async () => {
    const database = free.pop() ?? (await makeDatabase());
    onTestFinished(async () => {
      for (const emptying of emptyings) await database.query(emptying);
      free.push(database);
    });
    return database;
  };
  afterAll(async () => {
    for (const database of free) await database.close();
  });
  const newEnd = async () => createDatabaseEnd({ database: await newDatabase() });

  corpusFilesContract(name, async () => {
    const database = await newDatabase();
    return { files: createDatabaseFiles({ database }), added: createDatabaseEnd({ database }) };
  });
  addedStoreContract(name, async () => {
    const database = await newDatabase();
    return {
      open: (options) => createDatabaseAdded({ database, ...options }),
      kept: () => keptIn(createDatabaseFiles({ database })),
      async waiting() {
        const [row] = await database.query('SELECT count(*)::integer AS count FROM job_files');
        return countRow.parse(row).count;
      },
    };
  });
  withdrawnStoreContract(name, async () => {
    const database = await newDatabase();
    return () => createDatabaseWithdrawn({ database });
  });
  pageStoreContract(name, async () => {
    const database = await newDatabase();
    return {
      open: () => createDatabasePages({ database }),
      files: createDatabaseFiles({ database }),
      remove: (path) => createDatabaseEnd({ database }).remove(path),
    };
  });
  sourceStateContract(name, async () => {
    const database = await newDatabase();
    return () => createDatabaseLooks({ database });
  });
  copyAddedContract(`from the disk into ${name}`, async () => ({
    from: await newDiskEnd(),
    to: await newEnd(),
  }));
  copyAddedContract(`from ${name} to the disk`, async () => ({
    from: await newEnd(),
    to: await newDiskEnd(),
  }));
}
