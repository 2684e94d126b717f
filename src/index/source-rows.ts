import type Database from 'better-sqlite3';
import { z } from 'zod';

import type { SourceRecord } from '../domain/ports.ts';
import { readGradually } from './read-gradually.ts';

const strings = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()));
const sourceRow = z.object({ path: z.string(), digest: z.string(), articles: strings, failures: strings });

/** What is known of the files, while it changes. */
export interface SourceWriter {
  get(path: string): SourceRecord | undefined;
  has(path: string): boolean;
  /** Adds or replaces. */
  put(record: SourceRecord): void;
  remove(path: string): void;
}

/** Every file that an article database knows, in the order of the paths; others have their turn meanwhile. */
export async function readSources(database: Database.Database): Promise<SourceRecord[]> {
  const some = database.prepare(
    'SELECT path, digest, articles, failures FROM sources WHERE path > ? ORDER BY path LIMIT ?',
  );
  return readGradually((after: SourceRecord | undefined, limit) =>
    some.all(after?.path ?? '', limit).map(toSource),
  );
}

/** What a row of `sources` says. */
export function toSource(row: unknown): SourceRecord {
  return sourceRow.parse(row);
}

/** Prepares the statements of {@link SourceWriter}. */
export function createSourceWriter(database: Database.Database): SourceWriter {
  const getOne = database.prepare('SELECT path, digest, articles, failures FROM sources WHERE path = ?');
  const removeOne = database.prepare('DELETE FROM sources WHERE path = ?');
  const putOne = database.prepare(
    `INSERT INTO sources (path, digest, articles, failures) VALUES (@path, @digest, @articles, @failures)
     ON CONFLICT DO UPDATE SET digest = @digest, articles = @articles, failures = @failures`,
  );
  return {
    get: (path) => sourceRow.optional().parse(getOne.get(path)),
    has: (path) => getOne.get(path) !== undefined,
    put({ path, digest, articles, failures }) {
      putOne.run({ path, digest, articles: JSON.stringify(articles), failures: JSON.stringify(failures) });
    },
    remove: (path) => void removeOne.run(path),
  };
}
