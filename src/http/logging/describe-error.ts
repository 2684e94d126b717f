import { FootnoteError } from '../../domain/errors.ts';

/** Causes of causes that are told. */
const deepestCause = 4;

/** An error as a line of the log tells it. */
export interface DescribedError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/**
 * What is told of an error: none of the other members that libraries put there, such as the headers of a request.
 * Each text has gone through `clean`.
 */
export function describeError(error: unknown, clean: (text: string) => string, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: clean(String(error)) };
  const code = error instanceof FootnoteError ? error.code : undefined;
  return {
    type: error.name,
    message: clean(error.message),
    ...(code !== undefined && { code }),
    ...(error.stack !== undefined && { stack: clean(error.stack) }),
    ...(error.cause !== undefined &&
      depth < deepestCause && { cause: describeError(error.cause, clean, depth + 1) }),
  };
}

/** Removes `secrets`, and what stands after the name of an authorization scheme, from texts. */
export function secretRemover(secrets: readonly (string | undefined)[]): (text: string) => string {
  // What is shorter is no secret, and would stand in ordinary words.
  const known = secrets.filter((secret) => secret !== undefined).filter((secret) => secret.length >= 8);
  return (text) =>
    known
      .reduce((rest, secret) => rest.replaceAll(secret, '[removed]'), text)
      .replace(/\b(Bearer|Basic) +[\w.~+/=-]{8,}/giu, '$1 [removed]');
}
