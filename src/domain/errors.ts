/**
 * Machine-readable reason of a {@link FootnoteError}.
 *
 * - `configuration`: a setting is missing or wrong; the operator must change it.
 * - `index-unusable`: there is no index, or it is damaged or was built with other settings.
 * - `model-files`: the files of an embedding model are missing or are not the expected bytes.
 * - `model-failed`: a chat or embedding model did not answer, or answered nonsense.
 * - `invalid-request`, `not-found`, `timeout`, `unavailable`: for callers of the API.
 * - `unauthorized`, `forbidden`: the caller has no key that is in use, or one without the scope that this needs.
 * - `too-many-requests`: more at a time than a limit allows; `retryAfter` says when to come again.
 * - `unreadable-article`: an article file cannot be turned into text.
 */
export type ErrorCode =
  | 'configuration'
  | 'index-unusable'
  | 'model-files'
  | 'model-failed'
  | 'invalid-request'
  | 'not-found'
  | 'timeout'
  | 'unavailable'
  | 'unauthorized'
  | 'forbidden'
  | 'too-many-requests'
  | 'unreadable-article';

/** An expected failure whose message is written for the person who can mend it. */
export class FootnoteError extends Error {
  override readonly name = 'FootnoteError';
  readonly code: ErrorCode;
  /** The command or step that mends it. */
  readonly remedy: string | undefined;
  /** Seconds after which the same is worth another try. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { remedy?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy;
    this.retryAfter = options.retryAfter;
  }
}

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What happened, with the step that mends it where one is known: one text for a report. */
export function messageWithRemedy(error: unknown): string {
  const remedy = error instanceof FootnoteError ? error.remedy : undefined;
  return remedy === undefined ? errorMessage(error) : `${errorMessage(error)} ${remedy}`;
}

/** `undefined` in place of a result for which there is no index that can be used. */
export async function unlessUnusable<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof FootnoteError && error.code === 'index-unusable') return undefined;
    throw error;
  }
}

/** The code of a system error, such as `ENOENT`; undefined where there is none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether `error` is the rejection of an aborted operation. */
export function isAbortError(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
