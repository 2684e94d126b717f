import process from 'node:process';

import type { LocalAssistant } from '../assistant.ts';
import { formatReport } from './format-report.ts';
import { createProgressDisplay } from './progress-display.ts';

/**
 * Brings the index up to date and shows how far it is: a bar on a terminal, plain lines elsewhere, on standard
 * error. The closing summary goes to standard output, unless `quiet`.
 */
export async function ingestWithProgress(
  assistant: LocalAssistant,
  { signal, quiet }: { readonly signal: AbortSignal; readonly quiet: boolean },
): Promise<void> {
  const display = createProgressDisplay(process.stderr);
  try {
    const report = await assistant.ingest({ signal, onProgress: display.show });
    display.stop();
    const summary = formatReport(report);
    if (!quiet) process.stdout.write(summary);
    else if (report.failed.length > 0) process.stderr.write(summary);
  } finally {
    display.stop();
  }
}
