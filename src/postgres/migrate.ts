import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import { errorCode, FootnoteError } from '../domain/errors.ts';
import type { Database, Sql } from './database.ts';
import { whole } from './rows.ts';

/** Beside the sources, from `src/postgres` as from `dist/postgres`. */
const folder = fileURLToPath(new URL('../../src/postgres/migrations/', import.meta.url));

/** Any number that nobody else takes: two processes that start together must not both make the tables. */
const lockNumber = 7_350_274_211;

const appliedRows = z.array(z.object({ version: whole, name: z.string() }));
const currentRow = z.object({ name: z.string().nullable(), user: z.string() });
const dimensionRow = z.object({ dimensions: z.int().nullable() });

/** What {@link migrate} makes tables for. */
export interface MigrateOptions {
  /** Schema of the tables, made where there is none. */
  readonly schema: string;
  /** Length of a vector. */
  readonly dimensions: number;
}

/**
 * Brings the tables to the state that this code needs: the SQL files in `migrations/` that have not been applied, in the
 * order of their numbers, all or none. Whoever comes at the same time waits. To be called with each start.
 *
 * @throws FootnoteError `configuration` when the database lacks pgvector or the right to make tables, was made by a later version, or holds
 *   vectors of another length.
 */
export async function migrate(database: Database, { schema, dimensions }: MigrateOptions): Promise<void> {
  const files = await migrationFiles();
  await database.transaction(
    async (sql) => {
      await sql.query('SELECT pg_advisory_xact_lock($1)', [lockNumber]);
      await prepare(sql, schema);
      const applied = appliedRows.parse(
        await sql.query('SELECT version, name FROM migrations ORDER BY version'),
      );
      const known = new Set(files.map(({ version }) => version));
      const later = applied.find(({ version }) => !known.has(version));
      if (later) {
        throw new FootnoteError(
          'configuration',
          `The tables in the database are of a later version (${later.name}).`,
          {
            remedy: 'Start the version of Footnote that made them, or name another schema with STORE_SCHEMA.',
          },
        );
      }
      const done = new Set(applied.map(({ version }) => version));
      for (const { version, name } of files) {
        if (done.has(version)) continue;
        const text = await readFile(`${folder}${name}`, 'utf8');
        for (const statement of statementsOf(text.replaceAll('{{dimensions}}', String(dimensions)))) {
          await sql.query(statement);
        }
        await sql.query('INSERT INTO migrations (version, name) VALUES ($1, $2)', [version, name]);
      }
      await checkDimensions(sql, dimensions);
    },
    { timeoutMs: 0 },
  );
}

async function migrationFiles() {
  const names = (await readdir(folder)).filter((name) => /^\d{3}-[\w-]+\.sql$/u.test(name)).toSorted();
  return names.map((name) => ({ name, version: Number(name.slice(0, 3)) }));
}

async function prepare(sql: Sql, schema: string): Promise<void> {
  try {
    // With IF NOT EXISTS it asks for the right to make schemas even where there is nothing to be made.
    const [there] = await sql.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
    if (there === undefined) await sql.query(`CREATE SCHEMA ${schema}`);
    await sql.query('CREATE EXTENSION IF NOT EXISTS vector SCHEMA public');
    await checkSearchPath(sql, schema);
    const [table] = await sql.query(
      "SELECT 1 FROM pg_tables WHERE schemaname = $1 AND tablename = 'migrations'",
      [schema],
    );
    if (table === undefined) {
      await sql.query(
        `CREATE TABLE migrations (
           version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now()
         )`,
      );
    }
  } catch (error) {
    throw preparationFailure(error, schema);
  }
}

/** A pooler may keep settings of a connection to itself; without this, tables would be made in another schema. */
async function checkSearchPath(sql: Sql, schema: string): Promise<void> {
  const [row] = await sql.query('SELECT current_schema() AS name, current_user AS user');
  const { name, user } = currentRow.parse(row);
  if (name === schema) return;
  throw new FootnoteError(
    'configuration',
    `Tables are looked up in the schema ${name ?? '(none)'}, not in ${schema}.`,
    {
      remedy:
        `A pooler may keep settings to itself: ALTER ROLE ${user} SET search_path = ${schema}, public; ` +
        '(see "Poolers" in src/postgres/README.md). Or the user may not use that schema.',
    },
  );
}

function preparationFailure(error: unknown, schema: string): unknown {
  const code = errorCode(error);
  if (code === '42501') {
    return new FootnoteError('configuration', 'The database user may not make what Footnote needs.', {
      remedy:
        'Once, as a superuser of that database: CREATE EXTENSION vector; ' +
        `CREATE SCHEMA ${schema} AUTHORIZATION the_user;`,
      cause: error,
    });
  }
  if (code === '58P01' || code === '0A000') {
    return new FootnoteError('configuration', 'The database server has no pgvector.', {
      remedy: 'Install it there, such as with: apt install postgresql-17-pgvector',
      cause: error,
    });
  }
  return error;
}

/** The statements of a file, which has neither functions nor semicolons within texts. */
function statementsOf(text: string): string[] {
  return text
    .replaceAll(/^\s*--.*$/gmu, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

async function checkDimensions(sql: Sql, wanted: number): Promise<void> {
  const [row] = await sql.query(
    `SELECT atttypmod AS dimensions FROM pg_attribute
     WHERE attrelid = 'passage_vectors'::regclass AND attname = 'embedding'`,
  );
  const { dimensions } = dimensionRow.parse(row);
  if (dimensions === wanted) return;
  throw new FootnoteError(
    'configuration',
    `The tables hold vectors of ${dimensions ?? 'unknown'} numbers, and those of the configured embedding model have ${wanted}.`,
    { remedy: 'Name another schema with STORE_SCHEMA and run npm run -s ingest, or set EMBEDDINGS back.' },
  );
}
