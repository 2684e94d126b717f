import type { Database } from './database.ts';
import { migrate, type MigrateOptions } from './migrate.ts';

/** `database`, with the tables made or brought up to date before the first statement. Tried again with the next where that fails. */
export function migrated(database: Database, options: MigrateOptions): Database {
  let ready: Promise<void> | undefined;

  function tables(): Promise<void> {
    ready ??= migrate(database, options).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  }

  return {
    query: async (...statement) => {
      await tables();
      return database.query(...statement);
    },
    transaction: async (...work) => {
      await tables();
      return database.transaction(...work);
    },
    close: () => database.close(),
  };
}
