import { errorCode, errorMessage, FootnoteError, type ErrorCode } from '../domain/errors.ts';
import type { GenerationInfo, SourceRecord } from '../domain/ports.ts';
import type { BuildingOptions } from './building.ts';
import type { PackedArticle } from './packed-article.ts';
import type { VerifiedFile } from './verified-files.ts';

/** What a thread that writes begins with. */
export interface WriterThreadData extends Omit<BuildingOptions, 'verified'> {
  readonly verified: readonly VerifiedFile[];
}

/** What a thread that writes is asked to do, in this order: first to open, last to end in one of three ways. */
export type WriterCall =
  | { readonly call: 'open' }
  /** For the next of what the writer knows at the beginning. */
  | { readonly call: 'content' }
  | { readonly call: 'stored'; readonly articleId: string }
  | { readonly call: 'put'; readonly entry: PackedArticle; readonly fingerprint: string }
  | { readonly call: 'remove'; readonly articleId: string }
  | { readonly call: 'putSource'; readonly record: SourceRecord }
  | { readonly call: 'removeSource'; readonly path: string }
  | { readonly call: 'commit' | 'suspend' | 'discard' };

/** What came of a call. */
export type WriterAnswer =
  | { readonly kind: 'opened'; readonly resumed: boolean }
  | {
      readonly kind: 'content';
      readonly fingerprints: readonly (readonly [articleId: string, fingerprint: string])[];
      readonly sources: readonly SourceRecord[];
      /** Whether there is nothing more. */
      readonly last: boolean;
    }
  | { readonly kind: 'stored'; readonly entry: PackedArticle | undefined }
  | {
      readonly kind: 'committed';
      readonly generation: GenerationInfo;
      readonly verified: readonly VerifiedFile[];
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: PackedError };

/** Calls are answered in their order. */
export interface WriterRequest {
  readonly number: number;
  readonly call: WriterCall;
}

/** The answer to the request of that number. */
export interface WriterReply {
  readonly number: number;
  readonly answer: WriterAnswer;
}

/** An error on its way between threads, which takes its class and its code from it. */
export interface PackedError {
  readonly message: string;
  readonly error?: unknown;
  readonly system?: string;
  readonly footnote?: {
    readonly code: ErrorCode;
    readonly remedy?: string;
    readonly retryAfter?: number;
  };
  readonly cause?: PackedError;
}

/** Packs whatever was thrown. */
export function packError(error: unknown): PackedError {
  const message = errorMessage(error);
  if (!(error instanceof FootnoteError)) {
    const system = errorCode(error);
    const isPlain = error instanceof Error && error.cause === undefined;
    return { message, ...(isPlain && { error }), ...(system !== undefined && { system }) };
  }
  const { code, remedy, retryAfter, cause } = error;
  return {
    message,
    footnote: {
      code,
      ...(remedy !== undefined && { remedy }),
      ...(retryAfter !== undefined && { retryAfter }),
    },
    ...(cause !== undefined && { cause: packError(cause) }),
  };
}

/** What {@link packError} packed. */
export function unpackError({ message, error, system, footnote, cause }: PackedError): Error {
  if (footnote) {
    const { code, ...options } = footnote;
    return new FootnoteError(code, message, { ...options, ...(cause && { cause: unpackError(cause) }) });
  }
  const unpacked = error instanceof Error ? error : new Error(message);
  return system === undefined ? unpacked : Object.assign(unpacked, { code: system });
}
