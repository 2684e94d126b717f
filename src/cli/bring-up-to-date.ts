import process from 'node:process';

import type { LocalAssistant } from '../assistant.ts';
import { FootnoteError, messageWithRemedy } from '../domain/errors.ts';
import { ingestWithProgress, type ShownIngest } from './ingest-with-progress.ts';

/**
 * Indexes what is new or changed of the files; nothing on the web is asked for. Another process may be indexing at this
 * moment; what is there already can be served meanwhile.
 */
export async function bringUpToDate(
  assistant: LocalAssistant,
  options: Omit<ShownIngest, 'offline'>,
): Promise<void> {
  try {
    await ingestWithProgress(assistant, { ...options, offline: true });
  } catch (error) {
    if (!(error instanceof FootnoteError && error.code === 'unavailable')) throw error;
    await assistant.generation();
    process.stderr.write(`${error.message} Serving the index as it is.\n`);
  }
}

/**
 * The same while the index is served as it is, which it stays when this fails. Ends with `signal`.
 *
 * @param options.onError - told of failures that nobody expected.
 */
export async function updateBeside(
  assistant: LocalAssistant,
  { signal, onError }: { readonly signal: AbortSignal; readonly onError: (error: unknown) => void },
): Promise<void> {
  try {
    await ingestWithProgress(assistant, { signal, quiet: false, offline: true });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof FootnoteError) {
      process.stderr.write(`${messageWithRemedy(error)}\nServing the index as it is.\n`);
    } else onError(error);
  }
}
