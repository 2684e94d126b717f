import type { Database } from '../../postgres/database.ts';
import type { AddedEnd } from '../added/added-end.ts';
import { addedParts } from '../added/added-path.ts';
import { sourceFile } from '../load/read-source.ts';
import { createDatabaseFiles } from './database-files.ts';
import { createDatabaseWithdrawn } from './database-withdrawn.ts';
import { forgetFile, storeFile } from './stored-files.ts';

/** What was added through Footnote, in a database, as one end of a copy. */
export function createDatabaseEnd({ database }: { readonly database: Database }): AddedEnd {
  const files = createDatabaseFiles({ database });
  return {
    list: (signal) => files.list(signal),
    read: (path, options) => files.read(path, options),
    withdrawn: createDatabaseWithdrawn({ database }),
    async put(file) {
      addedParts(file.path);
      const { digest } = sourceFile(file.bytes, file.sidecar);
      await storeFile(database, { ...file, digest });
    },
    async remove(path) {
      addedParts(path);
      await forgetFile(database, path);
    },
  };
}
