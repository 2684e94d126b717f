import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

import type { RequestLimits } from '../conversation/request-schemas.ts';
import type { Assistant } from '../domain/assistant.ts';
import { type ErrorCode, FootnoteError } from '../domain/errors.ts';

export interface ToolOptions {
  readonly assistant: Pick<Assistant, 'answer' | 'search' | 'article' | 'passage'>;
  readonly limits: RequestLimits & { readonly answerTimeoutMs: number };
  /** Told of every failure that is the server's; callers see none of its details. */
  readonly onError?: (error: unknown) => void;
  /** Awaited by each call before anything else; its failure is the call's. */
  readonly ready?: Promise<unknown>;
}

export type ToolExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** What a tool gives: the same for programs and for readers. */
interface ToolOutput {
  readonly structured: Record<string, unknown>;
  readonly text: string;
}

/** No tool changes anything, and all of them read one closed set of articles. */
export const readOnly = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const;

// The messages of these are written for callers; those of the others are for the operator.
const codesForCallers: ReadonlySet<ErrorCode> = new Set([
  'invalid-request',
  'not-found',
  'unauthorized',
  'forbidden',
  'too-many-requests',
  'timeout',
  'unavailable',
]);
// Of these, the ones that are nobody's failure but the caller's.
const mistakesOfCallers: ReadonlySet<ErrorCode> = new Set([
  'invalid-request',
  'not-found',
  'unauthorized',
  'forbidden',
  'too-many-requests',
]);

/** Runs the work of one call for as long as it is wanted, and turns its failures into tool errors. */
export async function callTool(
  { limits: { answerTimeoutMs }, onError, ready }: ToolOptions,
  extra: Pick<ToolExtra, 'signal'>,
  work: (signal: AbortSignal) => Promise<ToolOutput>,
): Promise<CallToolResult> {
  try {
    const { structured, text } = await whileWanted(extra.signal, async () => {
      await ready;
      return withinTime(extra.signal, answerTimeoutMs, work);
    });
    return { structuredContent: structured, content: [{ type: 'text', text }] };
  } catch (error) {
    return toolError(error, extra.signal.aborted ? undefined : onError);
  }
}

function toolError(error: unknown, onError: ToolOptions['onError']): CallToolResult {
  const isForCaller = error instanceof FootnoteError && codesForCallers.has(error.code);
  if (!isMistakeOfCaller(error)) onError?.(error);
  return { isError: true, content: [{ type: 'text', text: messageFor(error, isForCaller) }] };
}

function isMistakeOfCaller(error: unknown): boolean {
  return error instanceof z.ZodError || (error instanceof FootnoteError && mistakesOfCallers.has(error.code));
}

function messageFor(error: unknown, isForCaller: boolean): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  }
  if (!(error instanceof FootnoteError)) return 'Something went wrong in Footnote. The reason is in its log.';
  if (isForCaller) return error.message;
  return error.code === 'model-failed'
    ? 'The language model failed to answer. The reason is in Footnote’s log.'
    : 'The index of articles cannot be used at the moment. The reason is in Footnote’s log.';
}

async function withinTime<T>(
  signal: AbortSignal,
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const time = new AbortController();
  const timer = setTimeout(() => {
    time.abort(new FootnoteError('timeout', `The time for this call, ${timeoutMs / 1000} s, is up.`));
  }, timeoutMs);
  const wanted = AbortSignal.any([signal, time.signal]);
  try {
    return await whileWanted(wanted, () => work(wanted));
  } finally {
    clearTimeout(timer);
  }
}

/** The result of `work`, or the signal's reason as soon as it is aborted, even when `work` does not heed it. */
function whileWanted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work()
      // Work that heeds the signal fails with an error of its own; why it was aborted is what matters.
      .then(resolve, (error: unknown) => reject(signal.aborted ? signal.reason : error))
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Tells the client how far a call is, where it asked for that; the sender may be called any number of times. */
export function progressSender({ _meta: meta, sendNotification }: ToolExtra) {
  const progressToken = meta?.progressToken;
  let progress = 0;
  return async (message: string): Promise<void> => {
    if (progressToken === undefined) return;
    progress += 1;
    await sendNotification({
      method: 'notifications/progress',
      params: { progressToken, progress, message },
    });
  };
}
