import { STATUS_CODES } from 'node:http';

import { z } from 'zod';

import { type ErrorCode, FootnoteError } from '../domain/errors.ts';
import type { Problem } from '../domain/problem.ts';

/** What each kind of {@link FootnoteError} means to a caller of the API. */
const statusOfCode: Readonly<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  'not-found': 404,
  timeout: 504,
  unavailable: 503,
  unauthorized: 401,
  forbidden: 403,
  'too-many-requests': 429,
  'index-unusable': 503,
  'model-failed': 502,
  'model-files': 500,
  configuration: 500,
  'unreadable-article': 500,
};

// The messages of these are written for callers; those of the others are for the operator, may name paths
// and settings of the server, and never leave it.
const codesForCallers: ReadonlySet<ErrorCode> = new Set([
  'invalid-request',
  'not-found',
  'timeout',
  'unavailable',
  'unauthorized',
  'forbidden',
  'too-many-requests',
]);

/** What is said instead of a message that stays on the server, or that a library worded. */
const detailOfStatus: Readonly<Record<number, string>> = {
  400: 'The request is malformed.',
  413: 'The body is too large.',
  415: 'The body must be JSON: send it with "content-type: application/json", in UTF-8.',
  500: 'Something went wrong on the server. The reason is in its log.',
  502: 'The language model failed to answer. The reason is in the server log.',
  503: 'The index of articles cannot be used at the moment. The reason is in the server log.',
};

// Express and its body parser throw errors with these members.
const libraryError = z.object({ status: z.int().min(400).max(499), type: z.string().optional() });

/** Problem details with the standard title of `status`. */
export function httpProblem(status: number, detail?: string, members: Partial<Problem> = {}): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(detail !== undefined && { detail }),
    ...members,
  };
}

/** The one place where anything thrown becomes what the caller is told (RFC 9457). */
export function problemOf(error: unknown): Problem {
  if (error instanceof z.ZodError) {
    const errors = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return httpProblem(400, 'The request is not valid.', { type: 'urn:footnote:invalid-request', errors });
  }
  if (error instanceof FootnoteError) {
    const status = statusOfCode[error.code];
    const detail = codesForCallers.has(error.code) ? error.message : detailOfStatus[status];
    return httpProblem(status, detail, { type: `urn:footnote:${error.code}` });
  }
  const known = libraryError.safeParse(error);
  if (!known.success) return httpProblem(500, detailOfStatus[500]);
  const { status, type } = known.data;
  return httpProblem(
    status,
    type === 'entity.parse.failed' ? 'The body is not valid JSON.' : detailOfStatus[status],
  );
}
