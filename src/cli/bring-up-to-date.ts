import process from 'node:process';

import type { LocalAssistant } from '../assistant.ts';
import { FootnoteError } from '../domain/errors.ts';
import { ingestWithProgress } from './ingest-with-progress.ts';

/**
 * Indexes what is new or changed. Another process may be indexing at this moment; what is there already can be served
 * meanwhile.
 */
export async function bringUpToDate(
  assistant: LocalAssistant,
  options: Parameters<typeof ingestWithProgress>[1],
): Promise<void> {
  try {
    await ingestWithProgress(assistant, options);
  } catch (error) {
    if (!(error instanceof FootnoteError && error.code === 'unavailable')) throw error;
    await assistant.generation();
    process.stderr.write(`${error.message} Serving the index as it is.\n`);
  }
}
