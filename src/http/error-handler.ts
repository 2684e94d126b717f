import { randomUUID } from 'node:crypto';

import type { ErrorRequestHandler, Response } from 'express';

import { FootnoteError } from '../domain/errors.ts';
import type { Problem } from '../domain/problem.ts';
import { instanceOf } from './observe/request-id.ts';
import { currentRequest } from './observe/watched.ts';
import { problemOf } from './problems.ts';
import { sendProblem } from './responses.ts';

/** Where a failure happened. */
export interface FailureContext {
  readonly method: string;
  readonly path: string;
  /** The `instance` of the problem that the caller was given, to find one with the other. */
  readonly instance: string;
}

/** Told of every failure that is the server's, with all its details. */
export type OnError = (error: unknown, context: FailureContext) => void;

/** Turns an error into a problem, after reporting it when it is the server's. */
export type FailureReporter = (error: unknown, request: { method: string; path: string }) => Problem;

export function createFailureReporter(onError: OnError): FailureReporter {
  return (error, { method, path }) => {
    const problem = problemOf(error);
    if (problem.status < 500) return problem;
    const instance = instanceOf(currentRequest()?.id ?? randomUUID());
    onError(error, { method, path, instance });
    return { ...problem, instance };
  };
}

/** Says in a header when the same is worth another try, where that is known. */
export function setRetryAfter(response: Response, error: unknown): void {
  const { retryAfter } = error instanceof FootnoteError ? error : {};
  if (retryAfter !== undefined) response.set('retry-after', String(Math.ceil(retryAfter)));
}

/** Express's last resort: every error ends here as a problem. */
export function createErrorHandler(report: FailureReporter): ErrorRequestHandler {
  // Express knows error handlers by their four parameters.
  return (error: unknown, request, response, _next) => {
    // The client left: there is nobody to tell, and nothing went wrong.
    if (response.closed) return;
    const problem = report(error, request);
    if (response.headersSent) response.destroy();
    else {
      setRetryAfter(response, error);
      sendProblem(response, problem);
    }
  };
}
