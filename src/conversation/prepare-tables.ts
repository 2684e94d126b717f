import type Database from 'better-sqlite3';
import { z } from 'zod';

/**
 * Makes the tables of a new file, all or none of them.
 *
 * @param options.format - raised when the tables change in a way that older code cannot read.
 * @param options.tables - SQL that makes them.
 * @throws Error when the file has another format; SQLite's `SQLITE_BUSY` while another process writes it.
 */
export function prepareTables(
  database: Database.Database,
  { format, tables }: { readonly format: number; readonly tables: string },
): void {
  const formatFound = () => z.int().parse(database.pragma('user_version', { simple: true }));
  // Reading waits for nobody who writes.
  if (formatFound() === format) return;
  const create = database.transaction(() => {
    const found = formatFound();
    if (found === format) return;
    if (found !== 0) throw new Error(`it has format ${found}, and this version of Footnote reads ${format}.`);
    database.exec(tables);
    database.pragma(`user_version = ${format}`);
  });
  create.immediate();
}
