import { errorCode, errorMessage, FootnoteError, isAbortError } from '../domain/errors.ts';

/** Seconds after which a database that cannot be reached is worth another try. */
export const retryAfterSeconds = 5;

/** SQLSTATE classes and codes (PostgreSQL, appendix A) of a server that is away, stopping, starting or overloaded. */
const awayStates = /^(?:08...|53...|57P0.|55P03|25006|58...)$/u;

/** Codes of sockets and resolvers. */
const networkCodes =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT|EACCES)$/u;

/** What the driver says without a code. */
const lostMessages =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection error and is not queryable|connection ended|timeout expired|pool after calling end|query read timeout/iu;

/** Whether the connection, and not the statement, is what failed. */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return awayStates.test(code) || networkCodes.test(code) || lostMessages.test(errorMessage(error));
}

/** Whether the transaction would succeed if it were done once more: serialization failure, deadlock. */
export function isConflict(error: unknown): boolean {
  return errorCode(error) === '40001' || errorCode(error) === '40P01';
}

/** What the database or its driver threw, as a failure that says how it is mended. Never holds the address: it has the password. */
export function databaseFailure(error: unknown): unknown {
  if (error instanceof FootnoteError || isAbortError(error)) return error;
  const code = errorCode(error) ?? '';
  const failure = settingFailures[code];
  if (failure)
    return new FootnoteError(failure.code, failure.message, {
      remedy: `${errorMessage(error)}. ${failure.remedy}`,
      cause: error,
    });
  if (code === '57014') {
    return new FootnoteError('unavailable', 'The database took too long.', {
      remedy: 'Look at its load, or raise STORE_STATEMENT_TIMEOUT_MS.',
      retryAfter: retryAfterSeconds,
      cause: error,
    });
  }
  if (!isConnectionLost(error)) return error;
  return new FootnoteError('unavailable', 'The database cannot be reached at the moment.', {
    remedy: `${errorMessage(error)}. It is tried again by itself; see that the server of STORE runs.`,
    retryAfter: retryAfterSeconds,
    cause: error,
  });
}

/**
 * What was thrown while a connection was made: as {@link databaseFailure}, and what neither the server nor the network said is
 * due to the settings, such as a certificate that is not trusted.
 */
export function connectionFailure(error: unknown): unknown {
  const failure = isUnreadableFile(error) ? error : databaseFailure(error);
  if (failure !== error || isAbortError(error)) return failure;
  if (isServerState(error)) return error;
  return new FootnoteError('configuration', 'No connection to the database can be made as STORE says.', {
    remedy: `${errorMessage(error)}. See "TLS" in src/postgres/README.md, and .env.example.`,
    cause: error,
  });
}

/** A certificate or key that the address names. A socket that is not there has the same code, but is not opened. */
function isUnreadableFile(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'open';
}

function isServerState(error: unknown): boolean {
  return error instanceof Error && 'severity' in error;
}

const checkStore = 'Check the address in STORE (see .env.example).';

/** Failures that last until a person changes something, by SQLSTATE. */
const settingFailures: Readonly<
  Record<
    string,
    { readonly code: 'configuration' | 'index-unusable'; readonly message: string; readonly remedy: string }
  >
> = {
  '28P01': { code: 'configuration', message: 'The database refuses the password.', remedy: checkStore },
  '28000': { code: 'configuration', message: 'The database refuses the user.', remedy: checkStore },
  '3D000': {
    code: 'configuration',
    message: 'There is no database of this name.',
    remedy: `Make it with createdb. ${checkStore}`,
  },
  '3F000': {
    code: 'index-unusable',
    message: 'Footnote has no tables in this database yet.',
    remedy: 'npm run -s ingest',
  },
  '42P01': {
    code: 'index-unusable',
    message: 'The tables of Footnote are not in this database, or not all of them.',
    remedy: 'npm run -s ingest',
  },
};
