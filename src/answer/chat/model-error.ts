import { z } from 'zod';

import { errorMessage, FootnoteError } from '../../domain/errors.ts';

const httpError = z.object({ status: z.number().int() });

/** What the operator can do about an HTTP status of the model's server. */
const remedies: Readonly<Record<number, string>> = {
  400: 'Check that CHAT_MODEL takes these settings and that the prompt fits its context.',
  401: 'Check the API key of the chat model (OPENAI_API_KEY).',
  403: 'Check that the API key may use CHAT_MODEL.',
  404: 'Check the name in CHAT_MODEL and the address in OPENAI_BASE_URL.',
  429: 'Wait, or raise the quota of the account.',
};

/**
 * What a failed call of the chat model `name` is reported as.
 *
 * @returns FootnoteError `timeout` or `model-failed` with the original error as its cause.
 */
export function modelError(name: string, error: unknown): FootnoteError {
  if (error instanceof FootnoteError) return error;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new FootnoteError('timeout', `The chat model ${name} did not answer in time.`, {
      remedy: 'Raise CHAT_TIMEOUT_MS, or choose a faster model.',
      cause: error,
    });
  }
  const status = httpError.safeParse(error).data?.status;
  return new FootnoteError('model-failed', `The chat model ${name} failed${describe(status, error)}.`, {
    remedy: remedies[status ?? 0] ?? 'Check that the server of the chat model runs and can be reached.',
    cause: error,
  });
}

function describe(status: number | undefined, error: unknown): string {
  // Servers repeat parts of a refused key in their message.
  if (status === 401 || status === 403) return `: HTTP ${status}`;
  const reason = (errorMessage(error).split('\n', 1)[0] ?? '').slice(0, 200).replace(/[.\s]+$/u, '');
  if (status !== undefined && !reason.startsWith(String(status))) return `: HTTP ${status} ${reason}`;
  return reason === '' ? '' : `: ${status === undefined ? '' : 'HTTP '}${reason}`;
}
