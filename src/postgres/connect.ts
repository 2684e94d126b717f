import { Pool, type PoolClient, type QueryResult } from 'pg';

import { FootnoteError } from '../domain/errors.ts';
import {
  connectionFailure,
  databaseFailure,
  isConflict,
  isConnectionLost,
  retryAfterSeconds,
} from './database-errors.ts';
import type { Database, QueryOptions, Sql, TransactionOptions } from './database.ts';

/** Settings of {@link connect}. Times are in milliseconds. */
export interface ConnectOptions {
  /** `postgres://…`; TLS by `?sslmode=verify-full&sslrootcert=/path/ca.pem`, as node-postgres understands it. */
  readonly url: string;
  /** Schema of Footnote's tables. */
  readonly schema: string;
  /** Most connections at a time. */
  readonly poolSize: number;
  /** For a connection, also for one of the pool to become free. */
  readonly connectTimeoutMs: number;
  /** For a statement. */
  readonly statementTimeoutMs: number;
  /** `hnsw.ef_search`, see pgvector: candidates while walking the graph, 1–1000. */
  readonly searchBreadth: number;
  /** Told when an idle connection fails; the pool makes a new one when it needs one. */
  readonly onError?: (error: unknown) => void;
}

/** Shortest and longest time without another attempt after one has failed. */
const backoff = { shortest: 100, longest: 5_000 };

/** How often a transaction is tried that conflicts with others. */
const attempts = 5;

/** A pool of connections, made as they are needed. No connection is made before the first statement. */
export function connect(options: ConnectOptions): Database {
  const { onError = () => undefined } = options;
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: options.connectTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'footnote',
    statement_timeout: options.statementTimeoutMs,
    // A server that says nothing any more is given up soon after it should have answered.
    query_timeout: options.statementTimeoutMs === 0 ? undefined : options.statementTimeoutMs + 2_000,
    idle_in_transaction_session_timeout: 60_000,
    options: serverOptions(options),
  });
  pool.on('error', onError);
  // One that is lost while it is in use says so to who uses it; an event that nobody hears would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let failures = 0;
  let waitUntil = 0;

  async function connection(): Promise<PoolClient> {
    // Idle connections may well be alive; it is new ones that must not be asked for again and again.
    if (pool.idleCount === 0 && performance.now() < waitUntil) {
      throw new FootnoteError('unavailable', 'The database cannot be reached at the moment.', {
        remedy: 'It is tried again by itself; see that the server of STORE runs.',
        retryAfter: retryAfterSeconds,
      });
    }
    try {
      const client = await pool.connect();
      failures = 0;
      return client;
    } catch (error) {
      waitUntil = performance.now() + Math.min(backoff.longest, backoff.shortest * 2 ** failures);
      failures = Math.min(failures + 1, 16);
      throw connectionFailure(error);
    }
  }

  async function withConnection<T>(
    work: (client: PoolClient) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    signal?.throwIfAborted();
    const client = await connection();
    let isBroken = false;
    try {
      return await unlessAborted(work(client), signal);
    } catch (error) {
      isBroken = signal?.aborted === true || isConnectionLost(error);
      throw error;
    } finally {
      // What is still going on in it would be read by whoever has it next.
      client.release(isBroken);
    }
  }

  async function guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw databaseFailure(error);
    }
  }

  async function transactionOnce<T>(
    work: (sql: Sql) => Promise<T>,
    { timeoutMs, signal }: TransactionOptions,
  ): Promise<T> {
    return withConnection(async (client) => {
      const sql: Sql = {
        query: async (text, values = []) => rowsOf(await client.query(statement(text, values, timeoutMs))),
      };
      await client.query('BEGIN');
      try {
        if (timeoutMs !== undefined)
          await client.query(`SET LOCAL statement_timeout = ${Math.floor(timeoutMs)}`);
        const result = await work(sql);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        if (!isConnectionLost(error)) await client.query('ROLLBACK');
        throw error;
      }
    }, signal);
  }

  return {
    query: (text, values = [], { signal }: QueryOptions = {}) =>
      guarded(() =>
        withConnection(async (client) => rowsOf(await client.query(statement(text, values))), signal),
      ),
    transaction: (work, transactionOptions = {}) =>
      guarded(async () => {
        for (let attempt = 1; ; attempt += 1) {
          try {
            return await transactionOnce(work, transactionOptions);
          } catch (error) {
            if (!isConflict(error) || attempt === attempts) throw error;
          }
        }
      }),
    close: () => pool.end(),
  };
}

/** What each connection is begun with. `strict_order` keeps on walking the graph until enough passes the filters. */
function serverOptions({ schema, searchBreadth }: ConnectOptions): string {
  return [
    `search_path=${schema},public,extensions`,
    'jit=off',
    // So that a statement whose reader has gone is cancelled.
    'client_connection_check_interval=1000',
    `hnsw.ef_search=${searchBreadth}`,
    'hnsw.iterative_scan=strict_order',
  ]
    .map((setting) => `-c ${setting}`)
    .join(' ');
}

function statement(text: string, values: readonly unknown[], timeoutMs?: number) {
  return {
    text,
    values: [...values],
    // Longer than the server's own limit, which ends it in good order.
    ...(timeoutMs !== undefined && { query_timeout: timeoutMs === 0 ? 2 ** 31 - 1 : timeoutMs + 2_000 }),
  };
}

function rowsOf(result: QueryResult<Record<string, unknown>>): readonly unknown[] {
  return result.rows;
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
